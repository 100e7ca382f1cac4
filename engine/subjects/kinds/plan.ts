import * as z from "zod";
import { flag, text } from "./fact-schemas.ts";

/** The plan as a kind. */
export const planKinds = {
  plan: {
    description: "The plan itself.",
    facts: z.object({
      isErrored: flag("Whether planning ended with errors; false where the plan does not say."),
      isComplete: flag("Whether the plan covers the whole configuration; true where the plan does not say."),
      isApplyable: flag("Whether Terraform would apply the plan; true where the plan does not say."),
      hasChanges: flag("Whether anything would change."),
      hasResourceChanges: flag("Whether the plan lists resources at all."),
      formatMajor: text("Major number of format_version."),
      statesCompleteness: flag(
        "Whether the plan says if it is errored, complete and applyable (Terraform 1.8 and later).",
      ),
    }),
  },
} as const;
