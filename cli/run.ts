import yargs from "yargs";
import { severities } from "../engine/index.ts";
import manifest from "../package.json" with { type: "json" };
import { checkCommand } from "./check-command.ts";
import { type ExitCode, exitCodes, InputError, UsageError } from "./exit-codes.ts";
import { factsCommand } from "./facts-command.ts";
import { standardInput } from "./input.ts";
import { internalError } from "./internal-error.ts";
import type { Io } from "./io.ts";
import { formats } from "./reporters/reporters.ts";

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
  const parser = yargs()
    .scriptName("plimsoll")
    .usage("$0 check [plan..]\n\nChecks Terraform plans against the container-security controls of NIST SP 800-190.")
    .locale("en")
    .detectLocale(false)
    .command(
      ["check [plan..]", "$0"],
      "judge plans",
      (command) =>
        command
          .positional("plan", {
            type: "string",
            array: true,
            default: [],
            defaultDescription: ".",
            describe: "plan JSON, saved plans, directories with plans, or - for standard input",
          })
          .options({
            format: {
              type: "string",
              array: true,
              default: ["text"],
              describe: `formats, each with the file to write to unless it is for standard output: sarif=plimsoll.sarif; there are ${formats.join(", ")}`,
            },
            "fail-on": {
              choices: [...severities, "never"] as const,
              default: "high" as const,
              describe: "mildest severity that blocks",
            },
            "on-unknown": {
              choices: ["report", "fail"] as const,
              default: "report" as const,
              describe: "whether what the plan cannot decide blocks",
            },
            select: { type: "string", array: true, default: [], describe: "ids or globs of the policies to run" },
            skip: { type: "string", array: true, default: [], describe: "ids or globs of the policies to leave out" },
            policies: { type: "string", array: true, default: [], describe: "more policy files or folders" },
            all: { type: "boolean", default: false, describe: "list what passes too" },
            source: {
              type: "string",
              requiresArg: true,
              describe: "folder of the Terraform source; the working directory where it has .tf files",
            },
          })
          .check((args) => {
            // yargs makes a list of what is given twice.
            const twice = ["format", "fail-on", "on-unknown", "source"].find((name) => Array.isArray(args[name]));
            if (twice !== undefined) throw new UsageError(`--${twice} is given more than once`);
            return true;
          })
          .epilogue(
            "Exit codes: 0 nothing blocks, 1 blocked by policy, 2 wrong usage or policy file, 3 the plan could not be judged.",
          ),
      (args) => {
        chosen = () => checkCommand(args, io);
      },
    )
    .command(
      "facts <plan> [address]",
      "show what policies see of a plan",
      (command) =>
        command
          .positional("plan", { type: "string", demandOption: true, describe: "as for check" })
          .positional("address", { type: "string", describe: "the resource to show; all where it is left out" })
          .options({
            format: { choices: ["text", "json"] as const, default: "text" as const, describe: "format of the output" },
          }),
      (args) => {
        chosen = () => factsCommand(args, io);
      },
    )
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
