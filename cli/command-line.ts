import { commandNames } from "./command-names.ts";
import { UsageError } from "./exit-codes.ts";

/** No word of a command line has this character: what begins with it is a name, whatever it looks like. */
const mark = "\0";

/** Stands for `--`: an option without a value, so that a list of values before it ends there. */
export const endOfOptions = mark;

/** Options without a value; yargs takes all but `true` for false. */
const switches =
  /^--(?:all|quiet|prune|hide-waived|hideWaived|open-saved|openSaved|allow-http|allowHttp|when-clean|whenClean)=(?!(?:true|false)$)/;

/**
 * The words as yargs is to read them. It drops what stands behind `--`, takes names that begin with dashes for options and a
 * lone `-` for one without a name, and a folder that is called like a command for that command.
 * @throws UsageError where an option has a value that takes none
 */
export function markWords(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const before = end === -1 ? argv : argv.slice(0, end);
  const wrong = before.find((word) => switches.test(word));
  if (wrong !== undefined) throw new UsageError(`${wrong}: takes no value; write ${wrong.replace(/=.*/s, "")}`);
  const behind = end === -1 ? [] : [`--${endOfOptions}`, ...argv.slice(end + 1).map((word) => mark + word)];
  const isCheck = before[0] === "check";
  const isName = (word: string, at: number) => word === "-" || (isCheck && at > 0 && commandNames.has(word));
  const words = before.map((word, at) => (isName(word, at) ? mark + word : word));
  // The default command is run as such: for a named one yargs lays out its help at every run.
  return [...(isCheck && !before.includes("--help") ? words.slice(1) : words), ...behind];
}

/** Takes the marks off again, from names and from values alike. */
export function unmarkWords(args: Record<string, unknown>): void {
  const unmarked = (value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? value.slice(mark.length) : value;
  for (const [key, value] of Object.entries(args)) {
    args[key] = Array.isArray(value) ? value.map(unmarked) : unmarked(value);
  }
}
