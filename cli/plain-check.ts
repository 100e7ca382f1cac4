import type { CheckArguments } from "./check-arguments.ts";
import { checkOptionTable, valuesOf } from "./check-options.ts";
import { commandNames } from "./command-names.ts";

/**
 * The arguments of a `check` whose command line is a usual one: each option written out and given once. Null for what yargs is to read, which takes a tenth of a small check: other commands, help, whatever is wrong,
 * and words in which yargs may see more than a name.
 */
export function readPlainCheck(argv: readonly string[]): CheckArguments | null {
  const [command, ...words] = argv;
  const sorted = command === "check" ? sortWords(words) : null;
  if (sorted === null) return null;
  const { plan, given } = sorted;
  const value = (option: keyof typeof checkOptionTable) => given.get(option)?.[0];
  const list = (option: "control" | "format" | "policies" | "select" | "skip") =>
    given.get(option) ?? [...checkOptionTable[option].default];
  const { block, waivers, by } = checkOptionTable;
  return {
    plan,
    policies: list("policies"),
    // What has the option is read by yargs.
    set: [],
    config: value("config"),
    format: list("format"),
    failOn: oneOf(checkOptionTable["fail-on"].choices, value("fail-on")),
    onUnknown: oneOf(checkOptionTable["on-unknown"].choices, value("on-unknown")),
    block: oneOf(block.choices, value("block")),
    select: list("select"),
    control: list("control"),
    skip: list("skip"),
    title: value("title"),
    all: given.has("all"),
    quiet: given.has("quiet"),
    hideWaived: given.has("hide-waived"),
    list: oneOf(checkOptionTable.list.choices, value("list")) ?? checkOptionTable.list.default,
    show: oneOf(checkOptionTable.show.choices, value("show")),
    source: value("source"),
    waivers: oneOf(waivers.choices, value("waivers")),
    trustedConfig: value("trusted-config"),
    openSaved: given.has("open-saved"),
    writeWaivers: value("write-waivers"),
    by: oneOf(by.choices, value("by")),
    reason: value("reason"),
    owner: value("owner"),
    expires: value("expires"),
  };
}

/** The plans, and the values by option. */
interface SortedWords {
  readonly plan: readonly string[];
  readonly given: ReadonlyMap<string, readonly string[]>;
}

const options = new Map(Object.entries(checkOptionTable));

/** Null where a word or its place is not a usual one. */
function sortWords(words: readonly string[]): SortedWords | null {
  const plan: string[] = [];
  const given = new Map<string, string[]>();
  let open: string[] = plan;
  let room = Number.POSITIVE_INFINITY;
  for (const word of words) {
    if (!word.startsWith("--")) {
      if (!isName(word)) return null;
      (open.length < room ? open : plan).push(word);
      continue;
    }
    const [, name = "", value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    const option = options.get(name);
    if (option === undefined || given.has(name)) return null;
    if (value !== undefined && (valuesOf(option) === "none" || !isName(value))) return null;
    open = value === undefined ? [] : [value];
    room = { none: 0, one: 1, many: Number.POSITIVE_INFINITY }[valuesOf(option)];
    given.set(name, open);
  }
  return [...given].every(([name, values]) => isWhole(name, values)) ? { plan, given } : null;
}

/** Whether an option has the values that it needs. */
function isWhole(name: string, [first]: readonly string[]): boolean {
  const option = options.get(name);
  if (option === undefined || valuesOf(option) === "none") return option !== undefined;
  if (first === undefined) return false;
  return !("choices" in option) || oneOf(option.choices, first) !== undefined;
}

function oneOf<Choice extends string>(choices: readonly Choice[], value: string | undefined): Choice | undefined {
  return choices.find((choice) => choice === value);
}

/** Names of files and policies as most are: yargs takes off quotes, and reads numbers and truth values. */
function isName(word: string): boolean {
  return /^[A-Za-z_./~*][^"'\0]*$/.test(word) && word !== "true" && word !== "false" && !commandNames.has(word);
}
