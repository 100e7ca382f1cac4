/** The key of an instance: a number under `count`, a string under `for_each`. */
export type InstanceKey = string | number;

/** One step of a module path: `module.name` or `module.name["key"]`. */
export interface ModuleStep {
  readonly name: string;
  readonly key: InstanceKey | null;
}

/** One step of a traversal: a name after a dot, or a key in brackets. */
export type TraversalStep = { readonly name: string } | { readonly key: InstanceKey };

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const integer = /\d+/y;
const simpleEscapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/**
 * Splits an address or a reference into its steps: names, and keys in brackets. Keys in quotes may hold dots,
 * brackets, quotes and HCL's escapes. Returns null where the text is no traversal.
 * Source: the HCL specification, "Template Literals" and "Traversal".
 */
export function parseTraversal(text: string): TraversalStep[] | null {
  const steps: TraversalStep[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === "[") {
      const key = readKey(text, at + 1);
      if (key === null || steps.length === 0 || text[key.end] !== "]") return null;
      steps.push({ key: key.value });
      at = key.end + 1;
      continue;
    }
    if (steps.length > 0) {
      if (text[at] !== ".") return null;
      at += 1;
    }
    identifier.lastIndex = at;
    const name = identifier.exec(text)?.[0] ?? readLegacyIndex(text, at);
    if (name === undefined) return null;
    steps.push({ name });
    at += name.length;
  }
  return steps.length > 0 ? steps : null;
}

/** `list.0.attr`: the index form that Terraform 0.12 still accepts. */
function readLegacyIndex(text: string, at: number): string | undefined {
  if (at === 0) return undefined;
  integer.lastIndex = at;
  return integer.exec(text)?.[0];
}

function readKey(text: string, start: number): { value: InstanceKey; end: number } | null {
  if (text[start] !== '"') {
    integer.lastIndex = start;
    const digits = integer.exec(text)?.[0];
    return digits === undefined ? null : { value: Number(digits), end: start + digits.length };
  }
  let value = "";
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    const piece = readCharacter(text, at);
    if (piece === null) return null;
    value += piece.value;
    at = piece.end;
  }
  return at < text.length ? { value, end: at + 1 } : null;
}

function readCharacter(text: string, at: number): { value: string; end: number } | null {
  if (text.startsWith("$${", at) || text.startsWith("%%{", at))
    return { value: text.slice(at + 1, at + 3), end: at + 3 };
  if (text[at] !== "\\") return { value: text.charAt(at), end: at + 1 };
  const letter = text.charAt(at + 1);
  const simple = Object.hasOwn(simpleEscapes, letter) ? simpleEscapes[letter] : undefined;
  if (simple !== undefined) return { value: simple, end: at + 2 };
  const digits = letter === "u" ? 4 : letter === "U" ? 8 : 0;
  const hex = text.slice(at + 2, at + 2 + digits);
  const code = Number.parseInt(hex, 16);
  if (digits === 0 || !/^[0-9a-fA-F]+$/.test(hex) || hex.length !== digits || code > 0x10ffff) return null;
  return { value: String.fromCodePoint(code), end: at + 2 + digits };
}

/** A key in the form that Terraform prints: `[0]` or `["a.b"]`. */
export function formatKey(key: InstanceKey | null): string {
  if (key === null) return "";
  if (typeof key === "number") return `[${key}]`;
  const escaped = key
    .replace(/[\\"]/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t")
    .replace(/([$%])\{/g, "$1$1{");
  return `["${escaped}"]`;
}

/** `module.a.module.b["k"]`; empty for the root module. */
export function formatModule(path: readonly ModuleStep[]): string {
  return path.map((step) => `module.${step.name}${formatKey(step.key)}`).join(".");
}

/** The module path of a `module_address`; null where the text is none. */
export function parseModule(text: string): ModuleStep[] | null {
  const steps = parseTraversal(text);
  if (steps === null) return null;
  const path: ModuleStep[] = [];
  for (let at = 0; at < steps.length; ) {
    const word = steps[at];
    const name = steps[at + 1];
    const key = steps[at + 2];
    if (word === undefined || !("name" in word) || word.name !== "module") return null;
    if (name === undefined || !("name" in name)) return null;
    const hasKey = key !== undefined && "key" in key;
    path.push({ name: name.name, key: hasKey ? key.key : null });
    at += hasKey ? 3 : 2;
  }
  return path;
}
