import { count, flag, list, text } from "./fact-schemas.ts";

/** Kinds of where logs are kept. */
export const logKinds = {
  "log-group": {
    description: "A log group of CloudWatch.",
    facts: {
      name: text("Name of the group."),
      isUsed: flag("Whether a build, a function, sessions of ECS Exec or a flow log of the plan write to it."),
      usedBy: list("Their addresses, as far as the plan tells."),
      retentionDays: count("For how many days the logs are kept; 0 for ever."),
    },
  },
} as const;
