import { programs, type SecretOption, secretNamers } from "./command-options.ts";
import { jsonLeaves } from "./json-leaves.ts";
import { later, shellCommands } from "./shell-words.ts";

/** A value in a command line. */
export interface CommandValue {
  /** What the command calls it, without dashes; null where its option means a secret, whatever it is called. */
  readonly name: string | null;
  readonly value: string;
  /** Which of the command's words it stands in. */
  readonly at: number;
}

type Named = Pick<CommandValue, "name" | "value">;

/** A shell text may hold a command that holds a shell text. */
const deepest = 4;

/** The values that a shell text names: `export NAME=value`, `NAME=value command`, `command --name value`, `-u user:value`. */
export function shellValues(text: string, depth = 0): Named[] {
  return depth > deepest ? [] : shellCommands(text).flatMap((words) => commandValues(words, depth));
}

/** The values that options name in a text that is no command, but holds options of one: `JAVA_OPTS`. */
export function optionValues(text: string): Named[] {
  if (!/(?:^|\s)-{1,2}[A-Za-z]/.test(text)) return [];
  return shellCommands(text).flatMap((words) => words.flatMap((_, at) => optionAt(words, at)));
}

/** The values that the words of one command name. */
export function commandValues(words: readonly string[], depth = 0): CommandValue[] {
  return words.flatMap((word, at) => {
    // `sh -c "…"`, `echo "…" > file`.
    const inShell = /\S\s+\S/.test(word) ? shellValues(word, depth + 1) : [];
    const read = new Set(inShell.map(({ name }) => name));
    const within = [
      // Where the shell reads an assignment, its value ends with the word: `NAME=$OTHER command`.
      ...assignmentsIn(word).filter(({ name }) => !read.has(name)),
      ...(jsonLeaves(word) ?? []).filter(({ name }) => name !== null),
      ...inShell,
    ];
    return [
      ...within.map(({ name, value }) => ({ name, value, at })),
      ...optionAt(words, at),
      ...settingAt(words, at),
      ...programValues(words, at),
    ];
  });
}

/** `NAME=value`, one or several (`a=b&c=d`), also as the value of an option: `--env=NAME=value`. */
function assignmentsIn(word: string, isInner = false): Named[] {
  return word.split(/[&,;]/).flatMap((part) => {
    const match = /^(-{0,2})([A-Za-z_][\w.-]{0,200})=(.*)$/s.exec(part);
    if (match === null) return [];
    const [, dashes, name = "", value = ""] = match;
    return [...(dashes === "" ? [{ name, value }] : []), ...(isInner ? [] : assignmentsIn(value, true))];
  });
}

/** Options that only turn something on or off; what follows is not theirs. */
const switches =
  /^(?:no|disable|enable|skip|require|use|allow|show|print|generate|rotate|validate|check|verify|ask|prompt|refresh|get)-/;

/** `--name=value`, `--name value`, `-Dname=value`. */
function optionAt(words: readonly string[], at: number): CommandValue[] {
  const match = /^--?(?:[DP](?=[A-Za-z_][\w.-]*=))?([A-Za-z_][\w.-]{0,200})(?:=(.*))?$/s.exec(words[at] ?? "");
  if (match === null) return [];
  const [, name = "", value] = match;
  if (name === "secret" && words.some((each) => secretNamers.test(each.replace(/^.*\//, "")))) return [];
  if (value !== undefined) return [{ name, value, at }];
  const next = words[at + 1];
  return next === undefined || next.startsWith("-") || switches.test(name) ? [] : [{ name, value: next, at: at + 1 }];
}

/** `aws configure set NAME value`, `npm config set NAME value`. */
function settingAt(words: readonly string[], at: number): CommandValue[] {
  const [before, set, name, value] = words.slice(at, at + 4);
  if (set !== "set" || name === undefined || value === undefined || !/^config(?:ure)?$/.test(before ?? "")) return [];
  return [{ name, value, at: at + 3 }];
}

/** More arguments than people write would take time out of proportion, where many words are programs. */
const mostArguments = 100;

/** What options hold that are named otherwise, where the word is a program that has such. */
function programValues(words: readonly string[], at: number): CommandValue[] {
  const base = (words[at] ?? "").replace(/^.*\//, "");
  const program = programs.find(({ names }) => names.test(base));
  if (program === undefined) return [];
  const { command, options } = program;
  if (command !== undefined && !words.slice(at + 1, at + 4).includes(command)) return [];
  return words
    .slice(at + 1, at + 1 + mostArguments)
    .flatMap((word, offset) =>
      options.flatMap((option) => secretOf(option, word, words[at + offset + 2], at + offset + 1)),
    );
}

/** The secret that a word gives to an option, or the next word does. */
function secretOf({ option, form }: SecretOption, word: string, next: string | undefined, at: number): CommandValue[] {
  const given = (value: string, place: number) => secretIn(form, value).map((named) => ({ ...named, at: place }));
  if (word === option) return form === "joined" || next === undefined ? [] : given(next, at + 1);
  if (option.startsWith("--")) return word.startsWith(`${option}=`) ? given(word.slice(option.length + 1), at) : [];
  return option.length === 2 && word.startsWith(option) ? given(word.slice(2), at) : [];
}

function secretIn(form: SecretOption["form"], value: string): Named[] {
  switch (form) {
    case "joined":
    case "value":
      return [{ name: null, value }];
    case "login": {
      const colon = value.indexOf(":");
      return colon === -1 ? [] : [{ name: null, value: value.slice(colon + 1) }];
    }
    case "header": {
      const [, name = "", text = ""] = /^([\w-]+)\s*:\s*(.*)$/s.exec(value) ?? [];
      if (!/^(?:proxy-)?authorization$/i.test(name)) return name === "" ? [] : [{ name, value: text }];
      return [{ name: null, value: text.replace(/^(?:basic|bearer|token|apikey|digest)\s+/i, "") }];
    }
    case "source":
      return value.startsWith("pass:") ? [{ name: null, value: value.slice("pass:".length) }] : [];
  }
}

/**
 * Whether a value is put in when the command runs, or says where the secret is: `$NAME`, `$(…)`, `{{…}}`, `%NAME%`,
 * `/run/secrets/…`, `@file`, `file:…`, `env:NAME`.
 */
export function isElsewhere(value: string): boolean {
  const text = value.trim();
  if (text.includes(later) || text === "" || text === "-") return true;
  return (
    /^(?:\$[A-Za-z_]\w*|\$\{[^{}]*\}|\$\([^()]*\)|\{\{.*\}\}|%\w+%)$/s.test(text) ||
    /^(?:\/(?:var\/)?run\/secrets\/|\/proc\/|\/dev\/|\/mnt\/|\/etc\/|@|file:|env:|fd:)/.test(text)
  );
}
