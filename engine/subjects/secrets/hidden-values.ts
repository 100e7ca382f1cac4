import { matchesGlob } from "../../glob.ts";
import { isJsonObject } from "../../plan/json.ts";
import { assignmentsIn } from "../../secrets/assignments.ts";
import { secretFormsIn } from "../../secrets/forms.ts";
import { isSecretName } from "../../secrets/names.ts";
import { valueKind } from "../../secrets/values.ts";
import type { Settings } from "../settings.ts";
import { commandForms, shellForms } from "./recognise.ts";

/** What stands at a place, under the name that its author gave it. */
export interface NamedValue {
  readonly value: unknown;
  readonly name: string | null;
}

/** Members that say nothing of their own: what they hold has the name of what they stand in. */
const unnamed = /^(?:values?|text|content|data|string|default|plain(?:text)?)$/i;

/** A member as its author named it: of `{ name: "DB_PASSWORD", value: "x" }` the value is called DB_PASSWORD. */
export function memberOf({ value: holder, name }: NamedValue, key: string, value: unknown): NamedValue {
  if (!unnamed.test(key)) return { value, name: key };
  const entries = isJsonObject(holder) ? Object.entries(holder) : [];
  if (entries.some(([other, type]) => /^type$/i.test(other) && isNameOfStored(type))) return { value, name: null };
  const own = entries.find(([other, given]) => /^(?:name|key)$/i.test(other) && typeof given === "string")?.[1];
  return { value, name: typeof own === "string" ? own : (name ?? key) };
}

/** The value of a variable that a store fills is the name of what is stored. */
function isNameOfStored(type: unknown): boolean {
  return type === "PARAMETER_STORE" || type === "SECRETS_MANAGER";
}

/** A text may hold a text that holds a text: JSON in JSON, base64 of a script. */
const mostTexts = 4;

interface Part extends NamedValue {
  readonly texts: number;
}

/**
 * Whether a value holds anything that policies would recognise as a secret, at any depth and in the texts within it: by
 * its form, by the name that it stands under, or by the team's own patterns. It errs on the side of hiding.
 * @param hasKeyId whether what belongs to the value holds a key id of AWS
 */
export function holdsSecret(start: NamedValue, hasKeyId: boolean, settings: Settings): boolean {
  const parts: Part[] = [{ ...start, texts: 0 }];
  // A list that grows while it is walked: values may nest deeper than calls can.
  for (const part of parts) {
    const { value, name } = part;
    const isText = typeof value === "string" || typeof value === "number";
    if (isText && isSecret(String(value), name, hasKeyId, settings)) return true;
    if (isCommandWithSecret(value, settings)) return true;
    for (const inner of innerParts(part)) parts.push(inner);
  }
  return false;
}

/** A shell text or the words of a command, with a password among them. */
function isCommandWithSecret(value: unknown, settings: Settings): boolean {
  if (typeof value === "string") return /\s-/.test(value) && shellForms(value, settings).length > 0;
  const words = Array.isArray(value) ? value.filter((word: unknown) => typeof word === "string") : [];
  return words.length > 1 && commandForms(words, settings).length > 0;
}

function innerParts(part: Part): Part[] {
  const { value, name, texts } = part;
  if (typeof value === "string")
    return texts < mostTexts ? partsOf(value).map((inner) => ({ ...inner, texts: texts + 1 })) : [];
  if (Array.isArray(value)) return value.map((element: unknown) => ({ value: element, name, texts }));
  if (!isJsonObject(value)) return [];
  return Object.keys(value).map((key) => ({ ...memberOf(part, key, value[key]), texts }));
}

function isSecret(text: string, name: string | null, hasKeyId: boolean, settings: Settings): boolean {
  if (secretFormsIn(text, hasKeyId).length > 0) return true;
  const { secretNamePatterns, secretNameExceptions, secretValuePatterns } = settings;
  if (name !== null && valueKind(text) === "text" && isSecretName(name, secretNamePatterns, secretNameExceptions))
    return true;
  if (secretValuePatterns.length === 0) return false;
  const words = text.split(/[\s"'`,;=<>()[\]{}]+/);
  return secretValuePatterns.some((pattern) => words.some((word) => matchesGlob(word, pattern)));
}

/** What a text is made of: the value of its JSON, the text of its base64, the values that it gives names to. */
function partsOf(text: string): NamedValue[] {
  const json = jsonIn(text);
  if (json !== undefined) return [{ value: json, name: null }];
  const decoded = decodedBase64(text);
  return decoded === null ? assignmentsIn(text) : [{ value: decoded, name: null }];
}

function jsonIn(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text that base64 stands for; null where it is none, as of a hash. */
function decodedBase64(text: string): string | null {
  const compact = text.replace(/\s/g, "");
  if (compact.length < 16 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null;
  try {
    const bytes = Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
    const decoded = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /^[\t\n\r\x20-\x7e\u00a0-\uffff]*$/.test(decoded) ? decoded : null;
  } catch {
    return null;
  }
}

/** Whether a value holds a key id of AWS at any depth: beside it, a text of forty random characters is its key. */
export function holdsKeyId(value: unknown): boolean {
  const left = [value];
  for (const part of left) {
    if (typeof part === "string" && /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/.test(part)) return true;
    if (typeof part === "object" && part !== null) for (const inner of Object.values(part)) left.push(inner);
  }
  return false;
}
