import type { PhaseName } from "./buildspec.ts";
import type { Variables, Word } from "./words.ts";

/**
 * What becomes of the failure of a command: `stops` ends the entry as failed, with nothing after it run; `swallowed` lets
 * the entry go on or succeed; `unclear` is where that cannot be told.
 */
export type Failure = { readonly kind: "stops" } | { readonly kind: "swallowed" | "unclear"; readonly because: string };

/**
 * A condition under which a command runs: the same object for all commands under it. `variable` can be set by whoever starts
 * a build, `succeeding` holds while no earlier command has failed, of `other` nothing is known.
 */
export interface RunCondition {
  readonly kind: "variable" | "succeeding" | "maybe-succeeding" | "other";
}

/** One simple command that a buildspec runs. */
export interface Run {
  /** The program as written, `trivy` or `./scan.sh`; null where an expansion makes it. */
  readonly program: string | null;
  readonly words: readonly Word[];
  readonly variables: Variables;
  readonly failure: Failure;
  readonly conditions: readonly RunCondition[];
  readonly phase: PhaseName;
  readonly isFinally: boolean;
  /** Where it stands: `phases.build.commands[1]`. */
  readonly place: string;
  /** Runs with a smaller number start earlier. */
  readonly order: number;
}
