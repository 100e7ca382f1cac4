import * as z from "zod";

/** The types that facts can have, each with the description that policy authors read. */
export const text = (description: string) => z.string().nullable().describe(description);
export const flag = (description: string) => z.boolean().describe(description);
export const list = (description: string) => z.array(z.string()).describe(description);
export const count = (description: string) => z.number().describe(description);

/** Facts of the statements of all policy documents. */
export const statementFacts = {
  effect: text("Effect of the statement: Allow or Deny."),
};
