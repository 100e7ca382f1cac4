import * as z from "zod";

/** The types that facts can have, each with the description that policy authors read. */
export const text = (description: string) => z.string().nullable().describe(description);
export const flag = (description: string) => z.boolean().describe(description);
export const list = (description: string) => z.array(z.string()).describe(description);
export const count = (description: string) => z.number().describe(description);

const words = new WeakSet<z.ZodType>();

/** A fact whose values are words of ours that say what sort of value stands there, and nothing of the value. */
export function word<T extends z.ZodType>(schema: T): T {
  words.add(schema);
  return schema;
}

export function isWord(schema: z.ZodType): boolean {
  return words.has(schema);
}

/** Facts of the statements of all policy documents. */
export const statementFacts = {
  effect: text("Effect of the statement: Allow or Deny."),
};
