import { once } from "../once.ts";
import { type InstanceKey, type ModuleStep, parseTraversal, type TraversalStep } from "./address.ts";
import type { ConfigModule, ConfigResource, ModuleCall } from "./envelope.ts";
import { isJsonObject, ownMember } from "./json.ts";

/** A module of the configuration on the path to one module instance; `call` is what its parent calls it with. */
export interface Scope {
  readonly path: readonly ModuleStep[];
  readonly module: ConfigModule;
  readonly parent: { readonly scope: Scope; readonly call: ModuleCall } | null;
}

/** The instance whose expression is read: what `each` and `count` mean in it. */
export interface Repetition {
  readonly key: InstanceKey | null;
  readonly forEach: unknown;
}

export function rootScope(module: ConfigModule): Scope {
  return { path: [], module, parent: null };
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
  return { path: [...scope.path, step], module: call.module, parent: { scope, call } };
}

/** What the configuration says of a resource of this module. */
export function configResource(scope: Scope, mode: string, type: string, name: string): ConfigResource | null {
  return resourcesOf(scope.module).get(`${mode} ${type} ${name}`) ?? null;
}

/** The resources of a module by mode, type and name, of two alike the first. */
const resourcesOf = once((module: ConfigModule): ReadonlyMap<string, ConfigResource> => {
  const entries = (module.resources ?? []).map(
    (resource) => [`${resource.mode} ${resource.type} ${resource.name}`, resource] as const,
  );
  return new Map(entries.reverse());
});

/**
 * An expression of the configuration: `{constant_value}`, `{references}`, both (JSON syntax, where `constant_value` is
 * the raw text), or `{}` for a call of functions on literals.
 */
export function isExpression(node: unknown): node is { constant_value?: unknown; references?: unknown } {
  if (!isJsonObject(node)) return false;
  const keys = Object.keys(node);
  return keys.length === 0 || keys.every((key) => key === "constant_value" || key === "references");
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
}

/**
 * The traversals that an expression makes. Terraform lists each in full, then each shorter prefix of it, then the
 * resource without its index; only the full ones are kept. Source: `marshalExpression` in Terraform's jsonconfig.
 */
export function traversalsOf(expression: unknown): Traversal[] {
  const references = ownMember(expression, "references");
  if (!Array.isArray(references)) return [];
  const found: Traversal[] = [];
  for (const text of references) {
    if (typeof text !== "string") continue;
    const steps = parseTraversal(text);
    if (steps === null) continue;
    const last = found.at(-1);
    if (last !== undefined && isShorterForm(steps, last.steps)) continue;
    if (!found.some((traversal) => traversal.text === text)) found.push({ text, steps });
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
