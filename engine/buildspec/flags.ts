import type { Run } from "./run.ts";
import type { Word } from "./words.ts";

/**
 * The value of a flag: `--exit-code 1`, `--exit-code=1`, `-c 1`, `-c1`. Undefined where the flag is not there, null where its
 * value is not told; an empty text where it has none.
 */
export function flagValue(words: readonly Word[], names: readonly string[]): string | null | undefined {
  for (const [at, word] of words.entries()) {
    for (const name of names) {
      const value = valueAt(words, at, word, name);
      if (value !== undefined) return value;
    }
  }
  return undefined;
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

/** Whether a flag without a value is set: `--push`, `--push=true`; null where that is not told. */
export function hasFlag(words: readonly Word[], names: readonly string[]): boolean | null {
  for (const { text, value } of words) {
    for (const name of names) {
      if (text === name) return true;
      if (text.startsWith(`${name}=`))
        return value === null ? null : !/^(?:0|f|false)$/i.test(value.slice(name.length + 1));
    }
  }
  return false;
}

/** The value of a flag, or of the variable that stands for it. */
export function setting(run: Run, names: readonly string[], variable: string): string | null | undefined {
  const flag = flagValue(run.words, names);
  return flag === undefined ? run.variables.get(variable) : flag;
}

/** Whether a variable among the words may hold flags: by its name, or because it is a list. */
export function mayHoldFlags(words: readonly Word[]): boolean {
  return words.some(({ isOpen, text }) => isOpen && /(?:opt|arg|flag|param)|\$[@*]|\[[@*]\]/i.test(text));
}

/** The words that are no flags. A flag's value is taken for one; who asks looks for what no value can be. */
export function plainWords(words: readonly Word[]): string[] {
  return words.flatMap(({ value }) => (value === null || value.startsWith("-") ? [] : [value]));
}
