import { type Assignment, type Command, type ParsedScript, parse } from "unbash";
import type { RunCondition } from "./run.ts";
import { type Frame, failureAt, isSpent, type Shell, subshell, swallowed, type Walk } from "./shell.ts";
import { expandWord, keptValue, literalOf, substitutionsIn, type Word } from "./words.ts";

/** Walks one simple command: its substitutions, what it changes in the shell, and what it runs. */
export function walkSimpleCommand(command: Command, shell: Shell, frame: Frame, walk: Walk): void {
  walkSubstitutions(command, shell, frame, walk);
  const assignments = command.prefix.filter((part) => part.type === "Assignment");
  if (command.name === undefined) {
    for (const assignment of assignments) assign(assignment, shell, frame.conditions);
    return;
  }
  const own = new Map(shell.variables);
  for (const { name, value } of assignments)
    own.set(name, value.type === "Word" ? keptValue(literalOf(value, shell.variables)) : null);
  const argumentWords = command.args.filter((part) => part.type === "Word");
  const words = [command.name, ...argumentWords].flatMap((word) => expandWord(word, shell.variables));
  // The old way to sign in: the output is a `docker login`.
  if (/^(?:\$\(|`)\s*aws\s+(?:\S+\s+)*?ecr\s+get-login\s/.test(command.name.text)) return;
  if (changesShell(command, words, shell, frame, walk)) return;
  runWords(words, { ...shell, variables: own }, shell, frame, walk);
}

/** The exit code of a substitution counts where it is all that a command is made of: `X=$(command)`. */
function walkSubstitutions(command: Command, shell: Shell, frame: Frame, walk: Walk): void {
  const values = command.prefix.flatMap((part) =>
    part.type === "Assignment" && part.value.type === "Word" ? [part.value] : [],
  );
  const suffix = command.suffix.flatMap((part) => {
    if (part.type === "Word") return [part];
    return part.type === "Assignment" && part.value.type === "Word" ? [part.value] : [];
  });
  const words = [...(command.name === undefined ? [] : [command.name]), ...values, ...suffix];
  const last = command.name === undefined ? values.at(-1) : undefined;
  for (const word of words) {
    for (const script of substitutionsIn(word)) {
      if (isSpent(walk)) return;
      const outer =
        word === last
          ? frame
          : { ...frame, failure: swallowed("its output is used, not its exit code"), isExempt: true };
      walkScript(script, subshell(shell, failureAt(shell, outer), script.source), { ...outer, negated: null }, walk);
    }
  }
}

function walkScript(script: ParsedScript, shell: Shell, frame: Frame, walk: Walk): void {
  if (script.errors !== undefined) walk.unread.push("its text cannot be parsed");
  walk.enter.list(script.commands, shell, frame, walk);
}

/** Sets a variable for all that follows; under a condition it may keep what it was. */
function assign({ name, value, append }: Assignment, shell: Shell, conditions: readonly RunCondition[]): void {
  const told = value.type === "Word" && append !== true ? keptValue(literalOf(value, shell.variables)) : null;
  const isSure = conditions.length === 0 || shell.variables.get(name) === told;
  shell.variables.set(name, isSure ? told : null);
  shell.setByCommands.add(name);
}

/** Commands that change the shell itself; true where that is all they do. */
function changesShell(command: Command, words: readonly Word[], shell: Shell, frame: Frame, walk: Walk): boolean {
  const [program, ...args] = words.map(({ value }) => value);
  switch (program) {
    case "set":
      changeOptions(args, shell, frame.conditions.length > 0);
      return true;
    case "trap":
      shell.hasTrap = true;
      return true;
    case "export":
    case "declare":
    case "typeset":
    case "local":
    case "readonly":
      for (const argument of command.args)
        if (argument.type === "Assignment") assign(argument, shell, frame.conditions);
      return true;
    case "unset":
      for (const name of args)
        if (typeof name === "string" && frame.conditions.length === 0) shell.variables.delete(name);
      return true;
    case "eval": {
      const text = args.every((part) => part !== null) ? args.join(" ") : null;
      if (text === null) walk.unread.push("eval runs a text that is unknown");
      else walkScript(parse(text), { ...shell, source: text, depth: shell.depth + 1 }, frame, walk);
      return true;
    }
    default:
      return false;
  }
}

/** `set -e`, `set +e`, `set -euo pipefail`, `set -o errexit`. */
function changeOptions(args: readonly (string | null)[], shell: Shell, isConditional: boolean): void {
  for (const [at, argument] of args.entries()) {
    const found = /^([-+])([a-zA-Z]+)$/.exec(argument ?? "");
    if (found === null) continue;
    const [, sign, letters = ""] = found;
    const value = isConditional ? null : sign === "-";
    if (letters.includes("e")) shell.errexit = value;
    const option = letters.endsWith("o") ? args[at + 1] : undefined;
    if (option === "errexit") shell.errexit = value;
    if (option === "pipefail") shell.pipefail = value;
  }
}

/** Runs words as a command: a function of the text, a shell with a text of its own, or a program. */
function runWords(words: readonly Word[], own: Shell, shell: Shell, frame: Frame, walk: Walk): void {
  const { words: inner, assigned } = unwrap(words);
  const [program, ...args] = inner;
  if (program === undefined) return;
  const body = program.value === null ? undefined : shell.functions.get(program.value);
  if (body !== undefined) {
    walk.enter.node(body, { ...shell, depth: shell.depth + 1 }, frame, walk);
    return;
  }
  const script = program.value === null ? null : shellText(program.value, args);
  if (script !== null) {
    const failure = failureAt(shell, frame);
    const nested: Shell = {
      ...subshell(own, failure, script.text),
      errexit: script.errexit,
      pipefail: script.pipefail,
      hasTrap: false,
    };
    walkScript(parse(script.text), nested, { ...frame, failure, isExempt: false, negated: null }, walk);
    return;
  }
  walk.runs.push({
    program: program.value,
    words: args,
    variables: new Map([...own.variables, ...assigned]),
    failure: failureAt(shell, frame),
    conditions: frame.conditions,
    phase: walk.phase,
    isFinally: walk.isFinally,
    place: walk.place,
    order: walk.nextOrder(),
  });
}

/** The text that `bash -c` and the like run. */
function shellText(program: string, args: readonly Word[]) {
  if (!/^(?:.*\/)?(?:ba|da|a|z|k)?sh$/.test(program)) return null;
  const at = args.findIndex(({ value }) => value !== null && /^-[a-z]*c[a-z]*$/.test(value));
  const text =
    at === -1 ? null : (args.slice(at + 1).find(({ value }) => value === null || !/^[-+]/.test(value))?.value ?? null);
  if (text === null) return null;
  const flags = args.slice(0, at + 1);
  return {
    text,
    errexit: flags.some(({ value }) => /^-[a-z]*e/.test(value ?? "")),
    pipefail: args.some(({ value }) => value === "pipefail"),
  };
}

/** How many words behind a program that runs another one belong to itself, beside its flags. */
const runners: Readonly<Record<string, { readonly valueFlags: string; readonly ownWords: number }>> = {
  sudo: { valueFlags: "ugChp", ownWords: 0 },
  env: { valueFlags: "uC", ownWords: 0 },
  nice: { valueFlags: "n", ownWords: 0 },
  ionice: { valueFlags: "cn", ownWords: 0 },
  timeout: { valueFlags: "ks", ownWords: 1 },
  nohup: { valueFlags: "", ownWords: 0 },
  command: { valueFlags: "", ownWords: 0 },
  builtin: { valueFlags: "", ownWords: 0 },
  exec: { valueFlags: "a", ownWords: 0 },
  stdbuf: { valueFlags: "ioe", ownWords: 0 },
  xargs: { valueFlags: "ILnPsdEa", ownWords: 0 },
};

/** The command behind `sudo`, `env`, `timeout` and the like, with the variables that `env` sets. */
function unwrap(words: readonly Word[]): { words: readonly Word[]; assigned: Map<string, string | null> } {
  const assigned = new Map<string, string | null>();
  let start = 0;
  for (let runner = runnerAt(words, start); runner !== null; runner = runnerAt(words, start)) {
    let at = start + 1;
    for (let word = words[at]; word?.text.startsWith("-") === true; word = words[at]) {
      // `command -v trivy` looks for it and runs nothing.
      if (words[start]?.value === "command" && /^-[vV]/.test(word.text)) return { words: words.slice(start), assigned };
      at += word.text.length === 2 && runner.valueFlags.includes(word.text.charAt(1)) ? 2 : 1;
    }
    at += runner.ownWords;
    for (let found = assignmentIn(words[at]); found !== null; found = assignmentIn(words[at])) {
      assigned.set(found.name, found.value);
      at += 1;
    }
    if (words[at] === undefined) break;
    start = at;
  }
  return { words: words.slice(start), assigned };
}

function runnerAt(words: readonly Word[], at: number) {
  const name = words[at]?.value ?? "";
  return words.length > at + 1 && Object.hasOwn(runners, name) ? (runners[name] ?? null) : null;
}

function assignmentIn(word: Word | undefined): { name: string; value: string | null } | null {
  const found = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(word?.value ?? word?.text ?? "");
  return found === null ? null : { name: found[1] ?? "", value: word?.value === null ? null : (found[2] ?? "") };
}
