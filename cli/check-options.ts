import type { Argv } from "yargs";
import { severities } from "../engine/index.ts";
import { UsageError } from "./exit-codes.ts";
import { formats } from "./reporters/reporters.ts";

/** Refuses what is given twice, of which yargs makes a list. */
export function once(...names: readonly string[]): (args: Readonly<Record<string, unknown>>) => true {
  return (args) => {
    const twice = names.find((name) => Array.isArray(args[name]));
    if (twice !== undefined) throw new UsageError(`--${twice} is given more than once`);
    return true;
  };
}

export const sourceOption = {
  type: "string",
  requiresArg: true,
  describe: "folder of the Terraform source; the working directory where it has .tf files",
} as const;

const formatOption = {
  type: "string",
  array: true,
  default: ["text"],
  describe: `formats, each with the file to write to unless it is for standard output: sarif=plimsoll.sarif; there are ${formats.join(", ")}`,
} as const;

const blockOption = {
  choices: ["all", "introduced"],
  defaultDescription: "all",
  describe: "what blocks: all findings, or only those that the plan introduces or makes worse",
} as const;

const listOption = {
  choices: ["causes", "instances"],
  default: "causes",
  describe:
    "findings that one change puts an end to as one, or each instance for itself; json, sarif, csv and ocsf list each",
} as const;

const showOption = {
  choices: [...severities, "blocking"],
  defaultDescription: "all",
  describe:
    "list only what is at least as severe, or only what blocks; json, sarif, csv and ocsf list all, and the counts hold all",
} as const;

const hideWaivedOption = {
  type: "boolean",
  default: false,
  describe: "count what is waived and do not list it; json, sarif, csv and ocsf list it all the same",
} as const;

/** The options of `diff`. */
export function diffOptions(command: Argv) {
  return command
    .positional("old", { type: "string", demandOption: true, describe: "the earlier JSON report" })
    .positional("new", { type: "string", demandOption: true, describe: "the later one, by the same policies" })
    .options({
      format: formatOption,
      list: listOption,
      show: showOption,
      block: { ...blockOption, default: "introduced" as const, defaultDescription: "introduced" },
      quiet: { type: "boolean", default: false, describe: "print nothing where nothing blocks" },
    })
    .check(once("block", "list", "show"));
}

/** The options of `report`. */
export function reportOptions(command: Argv) {
  return command
    .positional("reports", {
      type: "string",
      array: true,
      default: [],
      describe: "JSON reports of plimsoll check --format json=<file>, on one plan or on several",
    })
    .options({
      format: formatOption,
      list: listOption,
      show: showOption,
      quiet: { type: "boolean", default: false, describe: "print nothing where nothing blocks" },
      "hide-waived": hideWaivedOption,
    })
    .check(once("list", "show"));
}

/** Where the configuration and the policies of a team are. */
export const teamOptions = {
  config: {
    type: "string",
    requiresArg: true,
    describe: "configuration file; the nearest plimsoll.yaml at or above the working directory",
  },
  policies: { type: "string", array: true, default: [], describe: "more policy files or folders" },
} as const;

/** The configuration that decides alone, as the change under review is of somebody else. */
const trustedConfigOption = {
  type: "string",
  requiresArg: true,
  describe:
    "configuration file that decides alone, for changes of others: other configurations and waivers in comments are listed and do not count, and no saved plan is opened",
} as const;

/** The options of `check`; also `plain-check.ts` reads them. */
export const checkOptionTable = {
  format: formatOption,
  "fail-on": {
    choices: [...severities, "never"],
    defaultDescription: "high",
    describe: "lowest severity that fails the run",
  },
  "on-unknown": {
    choices: ["report", "fail"],
    defaultDescription: "report",
    describe: "whether what the plan cannot decide blocks",
  },
  block: blockOption,
  select: { type: "string", array: true, default: [], describe: "ids or globs of the policies to run" },
  control: {
    type: "string",
    array: true,
    default: [],
    describe: "controls whose policies are to run: nist-800-190:4.1.1, security-hub:ECS.5, cis-aws:3.6",
  },
  skip: { type: "string", array: true, default: [], describe: "ids or globs of the policies to leave out" },
  title: { type: "string", requiresArg: true, describe: "what reports call the run" },
  all: { type: "boolean", default: false, describe: "list what passes too" },
  quiet: { type: "boolean", default: false, describe: "print nothing where nothing blocks" },
  "hide-waived": hideWaivedOption,
  list: listOption,
  show: showOption,
  source: sourceOption,
  waivers: {
    choices: ["config", "all"],
    defaultDescription: "all",
    describe: "whose waivers count: those of the configuration alone, or those in comments of the source too",
  },
  "trusted-config": trustedConfigOption,
  "open-saved": {
    type: "boolean",
    default: false,
    describe: "open saved plans that are only found too, which runs the provider programs of their folders",
  },
  "write-waivers": {
    type: "string",
    requiresArg: true,
    describe: "file to write waivers for all present failures to, instead of a report",
  },
  by: {
    choices: ["instance", "cause"],
    defaultDescription: "instance",
    describe: "one waiver for each failure, or for each policy and place to change, for --write-waivers",
  },
  reason: { type: "string", requiresArg: true, describe: "why the failures may stay, for --write-waivers" },
  owner: { type: "string", requiresArg: true, describe: "who answers for them, for --write-waivers" },
  expires: { type: "string", requiresArg: true, describe: "the last day of the waivers, for --write-waivers" },
  ...teamOptions,
} as const;

/** Given once for each parameter, as it takes one word: plans may follow. */
const setOption = {
  type: "string",
  array: true,
  nargs: 1,
  default: [],
  describe: "a parameter: account_ids=111122223333,444455556666, or ECR-005.max_images=50 of one policy",
} as const;

const judgingNames = ["fail-on", "on-unknown", "block", "waivers"] as const;

/** The options of `verify`: what decides what blocks, as it was given to `check`. */
export function verifyOptions(command: Argv) {
  const { select, skip, "fail-on": failOn, "on-unknown": onUnknown, block, waivers } = checkOptionTable;
  return command
    .positional("report", {
      type: "string",
      demandOption: true,
      describe: "the JSON report of plimsoll check --format json=<file>",
    })
    .positional("plan", { type: "string", demandOption: true, describe: "the plan to apply, saved or as JSON" })
    .options({
      "fail-on": failOn,
      "on-unknown": onUnknown,
      block,
      select,
      skip,
      waivers,
      source: sourceOption,
      "trusted-config": trustedConfigOption,
      ...teamOptions,
      set: setOption,
    })
    .check(once(...judgingNames, "source", "trusted-config", "config"));
}

/** How many values an option of `check` takes. */
export function valuesOf(option: (typeof checkOptionTable)[keyof typeof checkOptionTable]): "none" | "one" | "many" {
  if ("array" in option) return "many";
  return "type" in option && option.type === "boolean" ? "none" : "one";
}

export function checkOptions(command: Argv) {
  const single = Object.entries(checkOptionTable).filter(([, option]) => valuesOf(option) === "one");
  return command
    .positional("plan", {
      type: "string",
      array: true,
      default: [],
      defaultDescription: ".",
      describe: "plan JSON, saved plans, directories with plans, or - for standard input",
    })
    .options(checkOptionTable)
    .option("set", setOption)
    .check(once(...single.map(([name]) => name)))
    .epilogue(
      "-- ends the options: what follows are plans, whatever they are called.\n\n" +
        "Exit codes: 0 nothing blocks, 1 blocked by policy, 2 wrong usage, configuration or policy file, 3 a plan could not be judged, or a report not be written.",
    );
}
