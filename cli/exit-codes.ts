/** What the command ends with; a failure is not a finding. */
export const exitCodes = {
  /** Nothing blocks. */
  clean: 0,
  /** A policy blocks. */
  blocked: 1,
  /** Wrong usage, configuration or policy file. */
  usage: 2,
  /** The plan could not be judged: unreadable, not a plan, errored, incomplete; or what was found could not be written. */
  notJudged: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Wrong usage; each line is one sentence for the user. */
export class UsageError extends Error {
  readonly lines: readonly string[];

  constructor(...lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "UsageError";
    this.lines = lines;
  }
}

/** The plan could not be read; `message` is one sentence for the user. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InputError";
  }
}

/** A report could not be written; `message` is one sentence for the user. */
export class OutputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "OutputError";
  }
}
