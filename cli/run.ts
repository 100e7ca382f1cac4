import { checkCommand } from "./check-command.ts";
import { completionsArgument } from "./completion-command.ts";
import { type ExitCode, exitCodes, InputError, OutputError, UsageError } from "./exit-codes.ts";
import { internalError } from "./internal-error.ts";
import type { Io } from "./io.ts";
import { readPlainCheck } from "./plain-check.ts";
import { removeStaleReports } from "./stale-reports.ts";
import { tell } from "./tell.ts";
import { takeColourOptions } from "./terminal.ts";

/** Runs the command line and returns its exit code; all that it prints goes through `io`. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await follow(argv, io);
  } catch (error) {
    if (error instanceof UsageError) {
      tell(io, ...error.lines);
      return exitCodes.usage;
    }
    tell(io, ...(error instanceof InputError || error instanceof OutputError ? [error.message] : internalError(error)));
    return exitCodes.notJudged;
  }
}

async function follow(all: readonly string[], given: Io): Promise<ExitCode> {
  if (all[0] === completionsArgument)
    return (await import("./any-command-line.ts")).completeCommandLine(all.slice(1), given);
  const { words: argv, colours } = takeColourOptions(all);
  const io = colours === null ? given : { ...given, colours };
  removeStaleReports(argv, io);
  const plain = readPlainCheck(argv);
  if (plain !== null) return checkCommand(plain, io);
  return (await import("./any-command-line.ts")).runCommandLine(argv, checkCommand, io);
}
