/** What a fact is: its type, and the description that policy authors read. */
export interface FactSchema<T extends FactType> {
  readonly type: T;
  readonly description: string;
  /** Whether its values are words of ours that say what sort of value stands there, and nothing of the value. */
  readonly isWord: boolean;
}

/** The type of a fact, for checking policy files: which operators fit it and which values it can have. */
export type FactType = keyof FactValues;

/** The values of facts by their type. */
export interface FactValues {
  readonly string: string | null;
  readonly boolean: boolean;
  readonly number: number;
  readonly list: string[];
}

export const text = (description: string) => schema("string", description);
export const flag = (description: string) => schema("boolean", description);
export const list = (description: string) => schema("list", description);
export const count = (description: string) => schema("number", description);

function schema<T extends FactType>(type: T, description: string): FactSchema<T> {
  return { type, description, isWord: false };
}

/** A fact whose values are words of ours. */
export function word<T extends FactType>(fact: FactSchema<T>): FactSchema<T> {
  return { ...fact, isWord: true };
}

/** Facts of the statements of all policy documents. */
export const statementFacts = {
  effect: text("Effect of the statement: Allow or Deny."),
};
