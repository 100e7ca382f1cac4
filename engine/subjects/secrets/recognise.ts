import { matchesGlob } from "../../glob.ts";
import { writtenAround } from "../../model/assigned.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { highestEntropy } from "../../secrets/entropy.ts";
import { keyIdForm, secretFormsIn } from "../../secrets/forms.ts";
import { jsonLeaves } from "../../secrets/json-leaves.ts";
import { isSecretName } from "../../secrets/names.ts";
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

/** What is recognised in a text under a name, or in a member of a JSON text, that is the name of a secret. */
const namedForm = "value under the name of a secret";

/** The facts that tell which credentials some texts hold, without telling the credentials. */
export function recognisedFacts(given: readonly Candidate[], settings: Settings) {
  const candidates = given.map(withoutAssigned);
  const hasKeyId = candidates.some(
    ({ value }) => typeof value === "string" && secretFormsIn(value).includes(keyIdForm),
  );
  const found = candidates.flatMap(({ path, place, value, name }) =>
    value instanceof Unknown ? [] : formsIn(value, name, hasKeyId, settings).map((form) => ({ form, path, place })),
  );
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
  const written = value instanceof Unknown && name === null ? writtenAround(value, " ") : null;
  return written === null ? candidate : { ...candidate, value: written };
}

function formsIn(value: string, name: string | null, hasKeyId: boolean, settings: Settings): string[] {
  const words = settings.secretValuePatterns.length === 0 ? [] : value.split(/[\s"'`,;=<>()[\]{}]+/);
  const own = settings.secretValuePatterns.filter((pattern) => words.some((word) => matchesGlob(word, pattern)));
  const leaves = [{ name, value }, ...(jsonLeaves(value) ?? [])];
  const isNamed = leaves.some((leaf) => isSecretUnderName(leaf.name, leaf.value, settings));
  return [...secretFormsIn(value, hasKeyId), ...own, ...(isNamed ? [namedForm] : [])];
}

function isSecretUnderName(name: string | null, value: string, settings: Settings): boolean {
  return (
    name !== null &&
    isSecretName(name, settings.secretNamePatterns, settings.secretNameExceptions) &&
    valueKind(value) === "text" &&
    !isPlaceholder(value, settings.placeholders)
  );
}
