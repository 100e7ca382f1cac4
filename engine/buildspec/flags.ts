import type { Run } from "./run.ts";
import type { Word } from "./words.ts";

/**
 * The value of a flag: `--exit-code 1`, `--exit-code=1`, `-c 1`, `-c1`; of one that is given several times the last, as
 * programs take it. Undefined where the flag is not there, null where its value is not told; an empty text where it has none.
 */
export function flagValue(words: readonly Word[], names: readonly string[]): string | null | undefined {
  return flagValues(words, names).at(-1)?.value;
}

interface GivenFlag {
  readonly at: number;
  readonly value: string | null;
}

/** Each time that a flag is given, in order. */
function flagValues(words: readonly Word[], names: readonly string[]): GivenFlag[] {
  return words.flatMap((word, at) =>
    names.flatMap((name) => {
      const value = valueAt(words, at, word, name);
      return value === undefined ? [] : [{ at, value }];
    }),
  );
}

/** The values of a flag that adds to a list each time it is given; null where one of them is not told. */
export function listedValues(words: readonly Word[], names: readonly string[]): string | null | undefined {
  const values = flagValues(words, names).map(({ value }) => value);
  if (values.length === 0) return undefined;
  return values.includes(null) ? null : values.join(",");
}

function valueAt(words: readonly Word[], at: number, { text, value }: Word, name: string): string | null | undefined {
  if (text === name || value === name) {
    const next = words[at + 1];
    return next === undefined || next.text.startsWith("-") ? "" : next.value;
  }
  if (text.startsWith(`${name}=`)) return value === null ? null : value.slice(name.length + 1);
  const isJoined = name.length === 2 && value !== null && value.startsWith(name) && /^-[a-zA-Z]\d+$/.test(value);
  return isJoined ? value.slice(2) : undefined;
}

/** Whether a flag without a value is set: `--push`, `--push=true`, the last time that it is given; null where that is not told. */
export function hasFlag(words: readonly Word[], names: readonly string[]): boolean | null {
  let found: boolean | null = false;
  for (const { text, value } of words) {
    for (const name of names) {
      if (text === name) found = true;
      else if (text.startsWith(`${name}=`))
        found = value === null ? null : !/^(?:0|f|false)$/i.test(value.slice(name.length + 1));
    }
  }
  return found;
}

/** The value of a flag, or of the variable that stands for it; null where what follows the flag may give it another. */
export function setting(run: Run, names: readonly string[], variable: string): string | null | undefined {
  const flag = flagValues(run.words, names).at(-1);
  if (flag === undefined) return run.variables.get(variable);
  return mayHoldFlags(run.words.slice(flag.at + 1)) ? null : flag.value;
}

/** Whether a variable among the words may hold flags: by its name, or because it is a list. */
export function mayHoldFlags(words: readonly Word[]): boolean {
  return words.some(({ isOpen, text }) => isOpen && /(?:opt|arg|flag|param)|\$[@*]|\[[@*]\]/i.test(text));
}

/** The words that are no flags. A flag's value is taken for one; who asks looks for what no value can be. */
export function plainWords(words: readonly Word[]): string[] {
  return words.flatMap(({ value }) => (value === null || value.startsWith("-") ? [] : [value]));
}
