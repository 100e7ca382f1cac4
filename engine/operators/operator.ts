import type { FactType } from "../subjects/kinds/fact-schemas.ts";
import type { Truth } from "../three-valued.ts";

/** One operator of the policy language. It answers for every pair of values, unknown ones included. */
export interface Operator {
  readonly facts: readonly FactType[];
  readonly value: "scalar" | "list" | "number" | "boolean" | "string";
  readonly description: string;
  /** How the expectation reads behind a fact: "must be", with the value after it. */
  readonly phrase: string;
  /** How its opposite reads, under `not`. */
  readonly oppositePhrase: string;
  readonly evaluate: (fact: unknown, value: unknown) => Truth;
  /** Loads what it needs; it may be called before. */
  readonly prepare?: () => Promise<void>;
  /** What is wrong with a text of the value, which must be of a form of its own; null where nothing is. */
  readonly mistakeIn?: (text: string) => string | null;
}
