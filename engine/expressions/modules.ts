import { formatKey, type InstanceKey, type ModuleStep } from "../plan/address.ts";
import type { Body, ConfigurationSource, SourceModule } from "../plan/source.ts";
import type { Budget, Context } from "./context.ts";
import type { PlannedValues } from "./planned.ts";
import type { Expression } from "./syntax.ts";
import { hole, type Value } from "./value.ts";

/** An instance of a module: the source, the way to it, and what was worked out in it. */
export interface ModuleInstance {
  readonly path: readonly ModuleStep[];
  readonly address: string;
  readonly source: SourceModule;
  readonly parent: ModuleInstance | null;
  /** Variables, locals, outputs, resources, and what blocks are repeated over; null while one is being worked out. */
  readonly known: Map<string, Value | null>;
}

/** The configuration with the values that the plan gives it. */
export interface Configuration {
  readonly source: ConfigurationSource;
  readonly root: ModuleInstance;
  readonly planned: PlannedValues;
  /** The values of the root module's variables, as the plan has them. */
  readonly given: ReadonlyMap<string, unknown>;
  /** Whether the plan holds all instances, as one with `-target` does not. */
  readonly isComplete: boolean;
  readonly budget: Budget;
  readonly modules: Map<string, ModuleInstance | null>;
  readonly workOut: WorkOut;
  /** Which workspace it is; null where nothing tells. */
  readonly workspace: () => string | null;
}

/** Works out an expression of a module on its own; an error and too much work make a hole. */
export type WorkOut = (
  expression: Expression,
  module: ModuleInstance,
  instance: Instance | null,
  names?: Context["names"],
) => Value;

/** Of a block the instance that is looked at: what `each` and `count` mean. */
export interface Instance {
  readonly key: InstanceKey | null;
  readonly block: Body;
}

export function rootInstance(source: SourceModule): ModuleInstance {
  return { path: [], address: "", source, parent: null, known: new Map() };
}

/** The instance of a module at the end of a path; null where its source is not at hand. */
export function moduleAt(configuration: Configuration, path: readonly ModuleStep[]): ModuleInstance | null {
  let at: ModuleInstance | null = configuration.root;
  for (const step of path) at = at === null ? null : childOf(configuration, at, step);
  return at;
}

/** The instance of a module that a call leads to; null where its source is not at hand. */
export function childOf({ modules }: Configuration, parent: ModuleInstance, step: ModuleStep): ModuleInstance | null {
  const address = `${parent.address === "" ? "" : `${parent.address}.`}module.${step.name}${formatKey(step.key)}`;
  const known = modules.get(address);
  if (known !== undefined) return known;
  const source = parent.source.child(step.name);
  const path = [...parent.path, step];
  const made = source === null ? null : { path, address, source, parent, known: new Map<string, Value | null>() };
  modules.set(address, made);
  return made;
}

/** Works out what has a name in a module once. A circle, which Terraform does not have, ends. */
export function once(module: ModuleInstance, name: string, find: () => Value): Value {
  const known = module.known.get(name);
  if (known !== undefined) return known ?? hole("dynamic", { reason: `${name} refers to itself` });
  module.known.set(name, null);
  try {
    const value = find();
    module.known.set(name, value);
    return value;
  } finally {
    if (module.known.get(name) === null) module.known.delete(name);
  }
}
