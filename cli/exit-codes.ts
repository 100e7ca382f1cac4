/** What the command ends with; a failure is not a finding. */
export const exitCodes = {
  /** Nothing blocks. */
  clean: 0,
  /** A policy blocks. */
  blocked: 1,
  /** Wrong usage, configuration or policy file. */
  usage: 2,
  /** The plan could not be judged: unreadable, not a plan, errored, incomplete. */
  notJudged: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Wrong usage; `message` is one sentence for the user. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** The plan could not be read; `message` is one sentence for the user. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InputError";
  }
}
