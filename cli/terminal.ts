import type { WriteStream } from "node:tty";
import { UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";

type Environment = Io["env"];

/**
 * Whether the environment wants colours: Node asks FORCE_COLOR, NO_COLOR and CI of a terminal; of a pipe, as the log of a CI
 * system is one, FORCE_COLOR alone decides.
 * @param terminal null where the output is a file or a pipe
 */
export function wantsColours(terminal: WriteStream | null, env: Environment): boolean {
  if (terminal !== null) return terminal.hasColors();
  const { FORCE_COLOR: force } = env;
  return force !== undefined && force !== "0" && force !== "false";
}

/**
 * The width of a terminal, or COLUMNS where somebody has set it. What else goes to a file or a pipe has sentences of a usual
 * width, and addresses in one piece, which other programs look for.
 */
export function widthOfOutput(
  terminal: WriteStream | null,
  { COLUMNS: given = "" }: Environment,
): Pick<Io, "columns" | "breaksLines"> {
  const columns = terminal?.columns ?? (/^[1-9]\d{1,4}$/.test(given) ? Number(given) : null);
  return { columns: columns ?? 100, breaksLines: columns !== null };
}

/** A line that is written anew: a CI system keeps each of them, whatever it says it is. */
export function showsProgress(terminal: WriteStream | null, { CI: ci }: Environment): boolean {
  return terminal !== null && (ci === undefined || ci === "" || ci === "false");
}

const colourOptions: Readonly<Record<string, boolean>> = { "--color": true, "--no-color": false };

/**
 * Takes `--color` and `--no-color` out of the command line of any command. The last one counts.
 * @returns the other words, and whether there are colours; null where neither option stands there
 * @throws UsageError where one has a value
 */
export function takeColourOptions(argv: readonly string[]): { words: readonly string[]; colours: boolean | null } {
  if (!argv.some((word) => /^--(?:no-)?color/.test(word))) return { words: argv, colours: null };
  const end = argv.indexOf("--");
  const options = end === -1 ? argv : argv.slice(0, end);
  const valued = options.find((word) => /^--(?:no-)?color=/.test(word));
  if (valued !== undefined) throw new UsageError(`${valued}: takes no value; write --color or --no-color`);
  const given = options.flatMap((word) => colourOptions[word] ?? []);
  const words = options.filter((word) => colourOptions[word] === undefined);
  return { words: end === -1 ? words : [...words, ...argv.slice(end)], colours: given.at(-1) ?? null };
}
