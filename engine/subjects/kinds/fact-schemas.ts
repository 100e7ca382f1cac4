import * as z from "zod";

// A schema takes time to make, and every run makes those of all facts: each fact's is a copy of one of these.
const nullableText = z.string().nullable();
const boolean = z.boolean();
const texts = z.array(z.string());
const number = z.number();

/** The types that facts can have, each with the description that policy authors read. */
export const text = (description: string) => nullableText.describe(description);
export const flag = (description: string) => boolean.describe(description);
export const list = (description: string) => texts.describe(description);
export const count = (description: string) => number.describe(description);

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
