import type { Statement, SyntaxNode } from "unbash";
import type { PhaseName } from "./buildspec.ts";
import type { Failure, Run, RunCondition } from "./run.ts";

export const stops: Failure = { kind: "stops" };
export const swallowed = (because: string): Failure => ({ kind: "swallowed", because });
export const unclear = (because: string): Failure => ({ kind: "unclear", because });

/** The state of one shell; a subshell has a copy. `null` is a setting that is not told. */
export interface Shell {
  errexit: boolean | null;
  pipefail: boolean | null;
  /** Whether a trap may change the exit code. */
  hasTrap: boolean;
  readonly variables: Map<string, string | null>;
  readonly setByCommands: Set<string>;
  readonly functions: Map<string, SyntaxNode>;
  /** What becomes of the entry when this shell ends as failed. */
  readonly atExit: Failure;
  /** The text that positions of the syntax tree count in. */
  readonly source: string;
  readonly depth: number;
}

/** What surrounds a part of the syntax tree. */
export interface Frame {
  /** What becomes of its failure, `set -e` aside. */
  readonly failure: Failure;
  /** Whether `set -e` does not count here: in a condition, or left of && and ||. */
  readonly isExempt: boolean;
  /** What becomes of its success, where that is a failure of what `!` stands before. */
  readonly negated: Failure | null;
  readonly conditions: readonly RunCondition[];
}

/** What the walk through a buildspec may still cost: functions that call each other twice would never end. */
export interface Budget {
  /** How many commands may still be walked. */
  commands: number;
  /** How deep the walk is, in nested commands. */
  depth: number;
}

export const shellLimits = { commands: 2000, depth: 500 } as const;

/** What is found on the way through one entry. */
export interface Walk {
  readonly phase: PhaseName;
  readonly isFinally: boolean;
  readonly place: string;
  readonly nextOrder: () => number;
  readonly runs: Run[];
  readonly budget: Budget;
  /** Texts that cannot be understood, by what they are. */
  readonly unread: string[];
  /** Conditions that hold for the rest of the phase. */
  readonly phaseConditions: RunCondition[];
  /** Walks what a command holds or calls. */
  readonly enter: {
    readonly list: (statements: readonly Statement[], shell: Shell, frame: Frame, walk: Walk) => void;
    readonly node: (node: SyntaxNode, shell: Shell, frame: Frame, walk: Walk) => void;
  };
}

/** Whether more commands were met than are walked; the one that was too many has said so. */
export function isSpent({ budget }: Walk): boolean {
  return budget.commands < 0;
}

/** What becomes of the failure of a command at this place. */
export function failureAt(shell: Shell, frame: Frame): Failure {
  const failure = !frame.isExempt && shell.errexit === true ? shell.atExit : frame.failure;
  if (failure.kind === "stops" && shell.hasTrap) return unclear("a trap may change the exit code");
  if (failure.kind === "swallowed" && !frame.isExempt && shell.errexit === null)
    return unclear("a set -e of an earlier command may still hold");
  return failure;
}

/** A copy of a shell, which ends by itself. */
export function subshell(shell: Shell, atExit: Failure, source = shell.source): Shell {
  return {
    ...shell,
    variables: new Map(shell.variables),
    setByCommands: new Set(shell.setByCommands),
    functions: new Map(shell.functions),
    atExit,
    source,
    depth: shell.depth + 1,
  };
}
