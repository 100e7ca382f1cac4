import type { Expression } from "./syntax.ts";
import type { Value } from "./value.ts";

/** One step behind the first name of a traversal. */
export type Step = { readonly name: string } | { readonly key: Value };

/** A value, and how many of the steps behind the first name lead to it. */
export interface Resolved {
  readonly value: Value;
  readonly taken: number;
}

/** What the names of an expression mean. */
export interface Environment {
  /** The value of a first name with as many of the steps behind it as it takes; null where there is no such name. */
  resolve(root: string, steps: readonly Step[]): Resolved | null;
  /** The expression that a text is as a template; `line` is that on which it begins. */
  template(text: string, line: number): Expression;
  /** The text of a file, by its path from where Terraform runs; null where it cannot be read. */
  file(path: string): string | null;
  /** The paths of all files in a folder and below, from that folder; null where not all can be told. */
  filesIn(directory: string): readonly string[] | null;
  readonly budget: Budget;
}

/** How much work is left, and how often a hole may have hidden an error. */
export interface Budget {
  steps: number;
  depth: number;
  risks: number;
}

/** Works out an expression. */
export type Evaluate = (expression: Expression, context: Context) => Value;

/** Thrown where an expression takes more work than any that people write. */
export class OverBudget extends Error {}

/** An environment, and the names that `for` and templates give within an expression. */
export interface Context {
  readonly environment: Environment;
  readonly names: ReadonlyMap<string, Value>;
  /** What a splat applies to. */
  readonly item: Value | null;
}
