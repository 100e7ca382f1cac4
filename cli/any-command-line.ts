import { resolve } from "node:path";
import yargs from "yargs";
import { unknownName } from "../engine/index.ts";
import manifest from "../package.json" with { type: "json" };
import { checkOptionTable } from "./check-options.ts";
import { endOfOptions, markWords, unmarkWords } from "./command-line.ts";
import { commandNames } from "./command-names.ts";
import { type Check, withCommands } from "./commands.ts";
import { entryAt } from "./entry.ts";
import { type ExitCode, exitCodes, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** Reads any command line, and does what it says. */
export async function runCommandLine(argv: readonly string[], check: Check, io: Io): Promise<ExitCode> {
  refuseMistypedCommand(argv[0] ?? "", io);
  // Handlers only choose: yargs prepares its help for those that return a promise.
  let chosen: () => Promise<ExitCode> = async () => exitCodes.clean;
  const choose = (command: () => Promise<ExitCode>) => {
    chosen = command;
  };
  const parser = withCommands(configured(), choose, check, io)
    .option(endOfOptions, { type: "boolean", hidden: true })
    .middleware(unmarkWords, true)
    .strict()
    .version(manifest.version)
    .help()
    .fail((message, error) => {
      // What yargs itself finds wrong is wrong usage, whether it comes as a message or as an error of its own.
      if (error && error.name !== "YError") throw error;
      const said = (message ?? error?.message ?? "wrong usage").replace(/\s*\n\s*/g, " ");
      throw new UsageError(`${said}${nearOption(said)}; see: plimsoll check --help`);
    });
  await parser.parseAsync(markWords(argv), {}, (_error, _args, output) => {
    if (output !== "") io.out(`${output}\n`);
  });
  return chosen();
}

/** The first word may be a plan; what is none, and nearly a command, is meant as that command. */
function refuseMistypedCommand(word: string, io: Io): void {
  if (!/^[a-zA-Z]+$/.test(word) || commandNames.has(word) || entryAt(resolve(io.cwd, word)).is !== "none") return;
  const message = unknownName("command", word, [...commandNames]);
  if (message.includes("did you mean")) throw new UsageError(`${message} See: plimsoll --help`);
}

/** The option of `check` that is nearly what yargs does not know. */
function nearOption(said: string): string {
  const [, name = ""] = /^Unknown arguments?: ([A-Za-z-]+)/.exec(said) ?? [];
  const [, near] = /did you mean "([^"]*)"/.exec(unknownName("option", name, Object.keys(checkOptionTable))) ?? [];
  return name === "" || near === undefined ? "" : `; did you mean --${near}`;
}

/** Options are written out in full and once: `--no-source` and `--source.x` are none. */
function configured() {
  return yargs().parserConfiguration({ "boolean-negation": false, "dot-notation": false }).exitProcess(false);
}

/** Prints what may stand next on the command line: commands, and the options that the help of a command lists. */
export async function completeCommandLine(words: readonly string[], io: Io): Promise<ExitCode> {
  const current = words.at(-1) ?? "";
  if (!current.startsWith("-") && words.length > 1) return exitCodes.clean;
  let help = "";
  await withCommands(
    configured(),
    () => {},
    async () => exitCodes.clean,
    io,
  )
    .help()
    .version(manifest.version)
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
