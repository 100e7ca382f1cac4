import type { Argv } from "yargs";
import type { CheckArguments } from "./check-arguments.ts";
import {
  checkOptions,
  diffOptions,
  once,
  reportOptions,
  sourceOption,
  teamOptions,
  verifyOptions,
} from "./check-options.ts";
import { commentOptions } from "./comment/options.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { serveOptions } from "./serve/options.ts";

/** Does what `plimsoll check` is to do. */
export type Check = (args: CheckArguments, io: Io) => Promise<ExitCode>;

/** All commands; each hands over what to do. All but `check` are loaded on demand, as they cost start-up time. */
export function withCommands(
  parser: Argv,
  choose: (command: () => Promise<ExitCode>) => void,
  check: Check,
  io: Io,
): Argv {
  return (
    parser
      .scriptName("plimsoll")
      .usage("$0 check [plan..]\n\nChecks Terraform plans against the container-security controls of NIST SP 800-190.")
      .locale("en")
      .detectLocale(false)
      // `takeColourOptions` reads them before; here they are for the help alone.
      .option("color", { type: "boolean", describe: "colours, also where the output is no terminal" })
      .option("no-color", { type: "boolean", describe: "no colours" })
      .command(
        ["check [plan..]", "$0"],
        "judge plans",
        (command) => checkOptions(command),
        (args) => choose(() => check(args, io)),
      )
      .command(
        "diff <old> <new>",
        "compare two JSON reports",
        (command) => diffOptions(command),
        (args) => choose(async () => (await import("./diff-command.ts")).diffCommand(args, io)),
      )
      .command(
        "report [reports..]",
        "render saved JSON reports, several as one",
        (command) => reportOptions(command),
        (args) => choose(async () => (await import("./report-command.ts")).reportCommand(args, io)),
      )
      .command(
        "verify <report> <plan>",
        "say whether a plan is the one that a report is of, before it is applied",
        (command) => verifyOptions(command),
        (args) => choose(async () => (await import("./verify-command.ts")).verifyCommand(args, io)),
      )
      .command(
        "policies",
        "list the policies",
        (command) =>
          command
            .options({
              ...teamOptions,
              format: {
                choices: ["table", "json", "markdown"] as const,
                default: "table" as const,
                describe: "format of the list",
              },
            })
            .check(once("config", "format")),
        (args) => choose(async () => (await import("./policies-command.ts")).policiesCommand(args, io)),
      )
      .command(
        "waivers [plan..]",
        "list the waivers with their state, and remove or renew them",
        (command) =>
          command
            .positional("plan", {
              type: "string",
              array: true,
              default: [],
              describe: "as for check; they tell what applies and what matches nothing",
            })
            .options({
              ...teamOptions,
              source: sourceOption,
              format: {
                choices: ["table", "json", "markdown"] as const,
                default: "table" as const,
                describe: "format of the list",
              },
              select: { type: "string", array: true, default: [], describe: "ids or globs of policies" },
              prune: {
                type: "boolean",
                default: false,
                describe: "remove those that have expired, and with plans those that match nothing; name all plans",
              },
              renew: {
                type: "string",
                requiresArg: true,
                describe:
                  "new last day, as 2027-06-30, of those that have expired; with --select of all that end before",
              },
            })
            .check(once("config", "format", "source", "renew")),
        (args) => choose(async () => (await import("./waivers/command.ts")).waiversCommand(args, io)),
      )
      .command(
        "explain <id>",
        "explain a policy: what, why, fix, facts, parameters, controls, examples",
        (command) =>
          command
            .positional("id", { type: "string", demandOption: true, describe: "id of a policy" })
            .options(teamOptions)
            .check(once("config")),
        (args) => choose(async () => (await import("./explain-command.ts")).explainCommand(args, io)),
      )
      .command(
        "facts <plan> [address]",
        "show what policies see of a plan",
        (command) =>
          command
            .positional("plan", { type: "string", demandOption: true, describe: "as for check" })
            .positional("address", { type: "string", describe: "the resource to show; all where it is left out" })
            .options({
              ...teamOptions,
              source: sourceOption,
              format: {
                choices: ["text", "json"] as const,
                default: "text" as const,
                describe: "format of the output",
              },
            })
            .check(once("config", "format", "source")),
        (args) => choose(async () => (await import("./facts-command.ts")).factsCommand(args, io)),
      )
      .command(
        "test [path..]",
        "run the examples in policy files",
        (command) =>
          command
            .positional("path", {
              type: "string",
              array: true,
              default: [],
              defaultDescription: "the shipped policies, and those of the configuration",
              describe: "policy files or folders",
            })
            .options({
              config: teamOptions.config,
              format: {
                choices: ["text", "junit"] as const,
                default: "text" as const,
                describe: "format of the results",
              },
            })
            .check(once("config", "format")),
        (args) => choose(async () => (await import("./test-command.ts")).testCommand(args, io)),
      )
      .command(
        "init",
        "write a commented plimsoll.yaml and a first policy",
        (command) => command,
        () => choose(async () => (await import("./init-command.ts")).initCommand(io)),
      )
      .command(
        "schema <of>",
        "print a JSON Schema, for editors and programs",
        (command) =>
          command.positional("of", {
            choices: ["policy", "config", "report"] as const,
            demandOption: true,
            describe: "what it describes",
          }),
        (args) => choose(async () => (await import("./schema-command.ts")).schemaCommand(args.of, io)),
      )
      .command(
        "comment <report>",
        "keep one comment with the report on the change under review",
        (command) => commentOptions(command),
        (args) => choose(async () => (await import("./comment/comment-command.ts")).commentCommand(args, io)),
      )
      .command(
        "serve",
        "answer run tasks of HCP Terraform and Terraform Enterprise",
        (command) => serveOptions(command),
        (args) => choose(async () => (await import("./serve/serve-command.ts")).serveCommand(args, io)),
      )
      .command(
        "completion",
        "print a completion script for bash or zsh",
        (command) => command,
        () => choose(async () => (await import("./completion-command.ts")).completionCommand(io)),
      )
  );
}
