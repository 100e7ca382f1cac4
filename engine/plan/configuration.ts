import { once } from "../once.ts";
import { formatModule, type InstanceKey, type ModuleStep, parseTraversal, type TraversalStep } from "./address.ts";
import type { ConfigModule, ConfigResource, ModuleCall } from "./envelope.ts";
import { isJsonObject, ownMember } from "./json.ts";

/** A module of the configuration on the path to one module instance; `call` is what its parent calls it with. */
export interface Scope {
  readonly path: readonly ModuleStep[];
  /** `path` as text. */
  readonly address: string;
  readonly module: ConfigModule;
  readonly parent: { readonly scope: Scope; readonly call: ModuleCall } | null;
  readonly planned: Planned;
}

/** The attribute of a resource that an expression names. */
export interface NamedAttribute {
  readonly module: readonly ModuleStep[];
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** The instance key that the expression names; null where it names none. */
  readonly key: InstanceKey | null;
  /** The attribute's path, empty where the plan does not tell it. */
  readonly attribute: string;
}

/** What the plan tells of the instances of resources and module calls, beside the configuration. */
export interface Planned {
  /** The keys of the instances of each module call, by `callOf`. */
  readonly callKeys: ReadonlyMap<string, Keys>;
  /** Whether an attribute of a resource is known when the plan is made, of all its instances. */
  readonly isKnown: (named: NamedAttribute) => boolean;
  /** Whether a resource of a module may use what is decided at apply and no expression shows it (`hidden-uses.ts`). */
  readonly hidesUse: (module: readonly ModuleStep[], resource: string) => boolean;
}

const nothingPlanned: Planned = { callKeys: new Map(), isKnown: () => false, hidesUse: () => false };

/** The instance whose expression is read: what `each` and `count` mean in it. */
export interface Repetition {
  readonly key: InstanceKey | null;
  /** The keys of all instances of the same resource or module call. */
  readonly keys: Keys;
  readonly forEach: unknown;
}

/** The keys of the instances of a resource or of a module call; a resource without count and for_each has none. */
export type Keys = ReadonlySet<InstanceKey | null>;

/** A module call, without the key of an instance of it. */
export function callOf(parentAddress: string, name: string): string {
  return `${parentAddress} ${name}`;
}

/** What is not repeated has no key. */
export const unrepeated: Repetition = { key: null, keys: new Set([null]), forEach: undefined };

export function rootScope(module: ConfigModule, planned: Planned = nothingPlanned): Scope {
  return { path: [], address: "", module, parent: null, planned };
}

/** The scope of one module instance; null where the configuration has no such module. */
export function scopeOf(root: Scope, path: readonly ModuleStep[]): Scope | null {
  let scope: Scope | null = root;
  for (const step of path) scope = scope === null ? null : childScope(scope, step);
  return scope;
}

export function childScope(scope: Scope, step: ModuleStep): Scope | null {
  const calls = scope.module.module_calls;
  const call = calls !== undefined && Object.hasOwn(calls, step.name) ? calls[step.name] : undefined;
  if (call?.module === undefined) return null;
  const address = `${scope.address === "" ? "" : `${scope.address}.`}${formatModule([step])}`;
  const { planned } = scope;
  return { path: [...scope.path, step], address, module: call.module, parent: { scope, call }, planned };
}

/** What the configuration says of a resource of this module. */
export function configResource(scope: Scope, mode: string, type: string, name: string): ConfigResource | null {
  return resourceIn(scope.module, mode, type, name);
}

export function resourceIn(module: ConfigModule, mode: string, type: string, name: string): ConfigResource | null {
  return resourcesOf(module).get(resourceKey(mode, type, name)) ?? null;
}

/** The resources of a module, of two alike the first. */
const resourcesOf = once((module: ConfigModule): ReadonlyMap<string, ConfigResource> => {
  const entries = (module.resources ?? []).map(
    (resource) => [resourceKey(resource.mode, resource.type, resource.name), resource] as const,
  );
  return new Map(entries.reverse());
});

function resourceKey(mode: string, type: string, name: string): string {
  return JSON.stringify([mode, type, name]);
}

/**
 * An expression of the configuration: `{constant_value}`, `{references}`, both (JSON syntax, where `constant_value` is
 * the raw text), or `{}` for a call of functions on literals. A later Terraform may write more about it. A block has
 * members under the names of its attributes, each an expression or a list.
 */
export function isExpression(node: unknown): node is { constant_value?: unknown; references?: unknown } {
  if (!isJsonObject(node)) return false;
  const references = ownMember(node, "references");
  if (Array.isArray(references) && (references.length === 0 || typeof references[0] === "string")) return true;
  const others = Object.keys(node).filter((key) => key !== "constant_value" && key !== "references");
  if (others.length === 0) return true;
  if (Object.hasOwn(node, "constant_value")) return !isExpression(node["constant_value"]);
  return others.every((key) => typeof node[key] !== "object" || node[key] === null);
}

/** Whether an expression neither refers to anything nor has a literal: it calls functions, or is a block without members. */
export function isBare(expression: unknown): boolean {
  return !(
    isJsonObject(expression) &&
    (Object.hasOwn(expression, "references") || Object.hasOwn(expression, "constant_value"))
  );
}

/** The literal of an expression; undefined where it refers to anything or its text holds a template. */
export function constantOf(expression: unknown): unknown {
  if (!isExpression(expression) || ownMember(expression, "references") !== undefined) return undefined;
  const value = ownMember(expression, "constant_value");
  return typeof value === "string" && value.includes("${") ? undefined : value;
}

/** One traversal of an expression, as text and as steps. */
export interface Traversal {
  readonly text: string;
  readonly steps: readonly TraversalStep[];
  /** How often the expression makes it. */
  readonly times: number;
}

/**
 * The traversals that an expression makes. Terraform lists each in full, then each shorter prefix of it, then the
 * resource without its index; only the full ones are kept, each once. Source: `marshalExpression` in Terraform's
 * jsonconfig.
 */
export function traversalsOf(expression: unknown): readonly Traversal[] {
  const references = ownMember(expression, "references");
  return Array.isArray(references) ? traversalsIn(references) : [];
}

/** Once for all instances of a module, which have their expressions in common. */
const traversalsIn = once((references: readonly unknown[]): readonly Traversal[] => {
  const found = new Map<string, Traversal>();
  let last: Traversal | null = null;
  for (const text of references) {
    if (typeof text !== "string") continue;
    const before = found.get(text);
    const steps = before?.steps ?? parseTraversal(text);
    if (steps === null || (last !== null && isShorterForm(steps, last.steps))) continue;
    last = { text, steps, times: (before?.times ?? 0) + 1 };
    found.set(text, last);
  }
  return [...found.values()];
});

/** The expressions in what stands in the place of one: a block or a list holds an expression for each of its parts. */
export function expressionsIn(node: unknown): unknown[] {
  const found: unknown[] = [];
  // A stack of our own: a configuration may nest deeper than calls can.
  const left = [node];
  while (left.length > 0) {
    const part = left.pop();
    if (isExpression(part)) found.push(part);
    else if (typeof part === "object" && part !== null)
      for (const inner of Object.values(part).reverse()) left.push(inner);
  }
  return found;
}

function isShorterForm(steps: readonly TraversalStep[], full: readonly TraversalStep[]): boolean {
  if (steps.length >= full.length) return false;
  return steps.every((step, at) => {
    const other = full[at];
    if (other === undefined) return false;
    return "name" in step ? "name" in other && step.name === other.name : "key" in other && step.key === other.key;
  });
}
