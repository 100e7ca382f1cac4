import type { ReportRun } from "../engine/index.ts";
import type { CheckArguments } from "./check-arguments.ts";
import type { PlanOutcome } from "./plan-outcome.ts";

/** What the command needs of its process; tests hand in their own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: () => Promise<Uint8Array>;
  readonly out: (text: string) => void;
  /** Writes a long text to the same place, no faster than it is taken there. */
  readonly print: (pieces: Iterable<string>) => Promise<void>;
  readonly error: (text: string) => void;
  /** The day in UTC, `2026-11-24`. */
  readonly today: string;
  /** What git says of a folder; null where it says nothing. */
  readonly revision: (folder: string) => ReportRun["revision"];
  /** Whether the output is a terminal that shows colours. */
  readonly colours: boolean;
  /** Width of the output in columns. */
  readonly columns: number;
  /** Whether no line of text is wider: on a terminal, where somebody reads it and no program. */
  readonly breaksLines: boolean;
  /** Shows how far a long run is, on a line that each call writes anew; null where nobody watches. */
  readonly progress: ((text: string) => void) | null;
  /** Threads that check plans beside this one; null where there are none. */
  readonly threads: PlanThreads | null;
}

interface PlanThreads {
  /** What a process that judges for the service begins with: the command's own file, so that it has the code cache too. */
  readonly judge: { readonly file: string; readonly argument: string };
  /** How many run at once. */
  readonly most: () => Promise<number>;
  readonly start: (args: CheckArguments) => Promise<PlanThread>;
}

/** A thread that checks one plan after the other. */
export interface PlanThread {
  /** @throws where the thread ended before it had an answer; it has no further ones then */
  readonly check: (plan: string) => Promise<PlanOutcome>;
  readonly end: () => Promise<unknown>;
}
