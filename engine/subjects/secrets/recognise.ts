import { matchesGlob } from "../../glob.ts";
import { writtenAround } from "../../plan/assigned.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import {
  type CommandValue,
  commandValues,
  isElsewhere,
  optionValues,
  shellValues,
} from "../../secrets/command-values.ts";
import { highestEntropy } from "../../secrets/entropy.ts";
import { keyIdForm, secretFormsIn } from "../../secrets/forms.ts";
import { jsonLeaves } from "../../secrets/json-leaves.ts";
import { isSecretName } from "../../secrets/names.ts";
import { later } from "../../secrets/shell-words.ts";
import { isPlaceholder, valueKind } from "../../secrets/values.ts";
import type { Settings } from "../settings.ts";
import { derivedFact } from "../subject.ts";

/** A text that may hold a secret. */
export interface Candidate {
  readonly path: string;
  /** Where it stands, for people. */
  readonly place: string;
  readonly value: Maybe<string>;
  /** The name that its author gave it, where only the name may tell that it is a secret. */
  readonly name: string | null;
}

/** What is recognised in a command whose option means a secret: `-u user:…`, `mysql -p…`. */
const optionForm = "password in a command";

/** What is recognised in a text under a name, or in a member of a JSON text, that is the name of a secret. */
const namedForm = "value under the name of a secret";

/** The facts that tell which credentials some texts hold, without telling the credentials. */
export function recognisedFacts(given: readonly Candidate[], settings: Settings) {
  const candidates = given.map(withoutAssigned);
  const hasKeyId = candidates.some(
    ({ value }) => typeof value === "string" && secretFormsIn(value).includes(keyIdForm),
  );
  const inCommands = formsByWord(candidates, settings);
  const found = candidates.flatMap((candidate) => {
    const { path, place, value, name } = candidate;
    if (value instanceof Unknown) return [];
    const forms = [...formsIn(value, name, hasKeyId, settings), ...(inCommands.get(candidate) ?? [])];
    return [...new Set(forms)].map((form) => ({ form, path, place }));
  });
  const unknown = candidates.map(({ value }) => value).filter((value) => value instanceof Unknown);
  const forms: Maybe<string>[] = [...new Set(found.map(({ form }) => form)), ...unknown.slice(0, 1)];
  const hidden = candidates.find(({ value }) => value instanceof Unknown);
  const path = found[0]?.path ?? hidden?.path ?? null;
  const note = found.map(({ form, place }) => `${form} in ${place}`).join(", ");
  const entropies = candidates.map(({ value }) => (value instanceof Unknown ? 0 : highestEntropy(value)));
  const highest = entropies.reduce((most, entropy) => Math.max(most, entropy), 0);
  const mostRandom = candidates[entropies.indexOf(highest)];
  return {
    secretForms: derivedFact(forms, { path, note: note === "" ? null : note }),
    highestEntropy: derivedFact(unknown[0] ?? highest, {
      path: hidden?.path ?? (highest === 0 ? null : (mostRandom?.path ?? null)),
    }),
  };
}

/** What AWS assigns is no credential: only what is written around it counts. A name may still be that of a secret. */
function withoutAssigned(candidate: Candidate): Candidate {
  const { value, name } = candidate;
  const written = value instanceof Unknown && name === null ? writtenAround(value, ` ${later} `) : null;
  return written === null ? candidate : { ...candidate, value: written };
}

/** What is recognised in a text: the names of the forms of its credentials. */
export function formsIn(value: string, name: string | null, hasKeyId: boolean, settings: Settings): string[] {
  const words = settings.secretValuePatterns.length === 0 ? [] : value.split(/[\s"'`,;=<>()[\]{}]+/);
  const own = settings.secretValuePatterns.filter((pattern) => words.some((word) => matchesGlob(word, pattern)));
  const leaves = [{ name, value }, ...(jsonLeaves(value) ?? [])];
  const isNamed = leaves.some((leaf) => isSecretUnderName(leaf.name, leaf.value, settings));
  const forms = [...secretFormsIn(value, hasKeyId), ...own, ...(isNamed ? [namedForm] : [])];
  return [...forms, ...valueForms(optionValues(value), settings)];
}

/** What is recognised in the commands among some texts, by the word that holds it: entryPoint and command are one. */
function formsByWord(candidates: readonly Candidate[], settings: Settings): ReadonlyMap<Candidate, string[]> {
  const at = (place: RegExp) => candidates.filter((candidate) => place.test(candidate.place));
  const commands = [[...at(/^entryPoint\[\d+\]$/i), ...at(/^command\[\d+\]$/i)], at(/^healthCheck\.command\[\d+\]$/i)];
  const found = new Map<Candidate, string[]>();
  for (const parts of commands) {
    const words = parts.map(({ value }) => (value instanceof Unknown ? later : value));
    for (const each of commandValues(words)) {
      const part = parts[each.at];
      if (part !== undefined) found.set(part, [...(found.get(part) ?? []), ...valueForms([each], settings)]);
    }
  }
  return found;
}

/** What is recognised in the words of a command. */
export function commandForms(words: readonly string[], settings: Settings): string[] {
  return valueForms(commandValues(words), settings);
}

/** What is recognised in the commands of a shell text. */
export function shellForms(text: string, settings: Settings): string[] {
  return valueForms(shellValues(text), settings);
}

function valueForms(values: readonly Pick<CommandValue, "name" | "value">[], settings: Settings): string[] {
  return values.flatMap(({ name, value }) => {
    if (isElsewhere(value)) return [];
    if (name !== null) return isSecretUnderName(name, value, settings) ? [namedForm] : [];
    return valueKind(value) === "empty" || isPlaceholder(value, settings.placeholders) ? [] : [optionForm];
  });
}

function isSecretUnderName(name: string | null, value: string, settings: Settings): boolean {
  return (
    name !== null &&
    isSecretName(name, settings.secretNamePatterns, settings.secretNameExceptions) &&
    valueKind(value, name) === "text" &&
    !isPlaceholder(value, settings.placeholders)
  );
}
