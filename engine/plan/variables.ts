import { constantOf, type Scope, scopeOf, traversalsOf } from "./configuration.ts";
import { ownMember } from "./json.ts";
import type { VariableEnd } from "./references.ts";
import { type Maybe, Unknown } from "./unknown.ts";

/** Where the values of variables stand: those of the root module in the plan, the defaults in the configuration. */
export interface VariableValues {
  readonly root: Scope;
  readonly given: unknown;
}

/** What a variable holds. Its value may be a secret: it is for comparing only. */
interface Variable {
  /** Undefined where the plan does not tell it, as of a call of functions. */
  readonly value: unknown;
  /** What it is declared with; undefined where that is nothing. */
  readonly byDefault: unknown;
  /** Whether the configuration writes the value: as the variable's default, or in the call of its module. */
  readonly isWritten: Maybe<boolean>;
}

export function variableAt({ root, given }: VariableValues, { module, name }: VariableEnd): Variable {
  const scope = scopeOf(root, module);
  const variables = scope?.module.variables;
  const declared = variables !== undefined && Object.hasOwn(variables, name) ? variables[name] : undefined;
  const written = declared?.default;
  const hasDefault = written !== undefined && written !== null;
  const call = ownMember(scope?.parent?.call.expressions, name);
  if (call !== undefined)
    return { value: constantOf(call), byDefault: written, isWritten: readsFile(call) ? fromFile : true };
  if (module.length > 0) return { value: written, byDefault: written, isWritten: hasDefault };
  const value = ownMember(ownMember(given, name), "value");
  const isWritten = hasDefault && (value === undefined || sameJson(value, written));
  return { value: value === undefined ? written : value, byDefault: written, isWritten };
}

const fromFile = new Unknown("no-join", [], "it may be read from a file beside the configuration");

/** `file("${path.module}/key")` refers to the path; whether the file is kept with the configuration nothing tells. */
export function readsFile(expression: unknown): boolean {
  return traversalsOf(expression).some(({ text }) => text.startsWith("path."));
}

/** A default is kept as written, before it is converted to the variable's type: `1` and `"1"` are the same. */
function sameJson(one: unknown, other: unknown): boolean {
  // A stack of our own: a value may nest deeper than calls can.
  const left: [unknown, unknown][] = [[one, other]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [ours, theirs] = next;
    if (isCollection(ours) && isCollection(theirs)) {
      const keys = Object.keys(ours);
      if (keys.length !== Object.keys(theirs).length) return false;
      for (const key of keys) left.push([ownPart(ours, key), ownPart(theirs, key)]);
    } else if (isCollection(ours) || isCollection(theirs) || String(ours) !== String(theirs)) return false;
  }
  return true;
}

function isCollection(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function ownPart(value: object, key: string): unknown {
  return Array.isArray(value) ? value[Number(key)] : ownMember(value, key);
}
