import yargs from "yargs";
import manifest from "../package.json" with { type: "json" };
import { withCommands } from "./commands.ts";
import { completionsArgument } from "./completion-command.ts";
import { type ExitCode, exitCodes, InputError, UsageError } from "./exit-codes.ts";
import { standardInput } from "./input.ts";
import { internalError } from "./internal-error.ts";
import type { Io } from "./io.ts";

/** Runs the command line and returns its exit code; all that it prints goes through `io`. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await parse(argv, io);
  } catch (error) {
    if (error instanceof UsageError) {
      for (const line of error.message.split("\n")) io.error(`plimsoll: ${line}\n`);
      return exitCodes.usage;
    }
    if (error instanceof InputError) {
      io.error(`plimsoll: ${error.message}\n`);
      return exitCodes.notJudged;
    }
    io.error(internalError(error));
    return exitCodes.notJudged;
  }
}

async function parse(argv: readonly string[], io: Io): Promise<ExitCode> {
  // Handlers only choose: yargs prepares its help for those that return a promise.
  let chosen: () => Promise<ExitCode> = async () => exitCodes.clean;
  const choose = (command: () => Promise<ExitCode>) => {
    chosen = command;
  };
  if (argv[0] === completionsArgument) return complete(argv.slice(1), io);
  const parser = withCommands(yargs(), choose, io)
    .strict()
    .version(manifest.version)
    .help()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(`${message.replace(/\s*\n\s*/g, " ")}; see: plimsoll check --help`);
    });
  // The default command is run as such: for a named one yargs lays out its help at every run.
  const words = argv[0] === "check" && !argv.includes("--help") ? argv.slice(1) : argv;
  // yargs takes a lone "-" for an option without a name and drops it.
  const args = words.map((argument) => (argument === "-" ? standardInput : argument));
  await parser.parseAsync(args, {}, (_error, _args, output) => {
    if (output !== "") io.out(`${output}\n`);
  });
  return chosen();
}

/** Prints what may stand next on the command line: commands, and the options that the help of a command lists. */
async function complete(words: readonly string[], io: Io): Promise<ExitCode> {
  const current = words.at(-1) ?? "";
  if (!current.startsWith("-") && words.length > 1) return exitCodes.clean;
  let help = "";
  await withCommands(yargs(), () => {}, io)
    .help()
    .version(manifest.version)
    .exitProcess(false)
    .parseAsync(
      [...words.slice(0, -1).filter((word) => !word.startsWith("-")), "--help"],
      {},
      (_error, _args, output) => {
        help = output;
      },
    );
  const found = help.matchAll(current.startsWith("-") ? /^\s+(--[a-z-]+)/gm : /^\s+plimsoll ([a-z]+)/gm);
  io.out([...found].map(([, completion]) => `${completion}\n`).join(""));
  return exitCodes.clean;
}
