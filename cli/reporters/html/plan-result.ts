import type { Report } from "../../../engine/index.ts";

/** A plan with its report, or with the sentence that says why it could not be judged. */
export type PlanResult =
  | { readonly file: string; readonly report: Report }
  | { readonly file: string; readonly failure: string };
