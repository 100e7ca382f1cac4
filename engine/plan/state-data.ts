import { formatModule, parseModule } from "./address.ts";
import { configResource, type Scope, scopeOf } from "./configuration.ts";
import type { StateModule } from "./envelope.ts";

/** A data source that was read at plan time. */
export interface StateData {
  readonly address: string;
  /** Without the key of its instance. */
  readonly resourceAddress: string;
  readonly type: string;
  readonly providerKey: string | null;
  readonly values: unknown;
  /** The mask of what is sensitive in the values. */
  readonly sensitive: unknown;
}

/** Whether a state holds a resource that Terraform manages. */
export function holdsManaged(root: StateModule | undefined): boolean {
  // A list that grows while it is walked: modules may nest.
  const modules = root === undefined ? [] : [root];
  for (const { resources, child_modules: children } of modules) {
    if (resources?.some(({ mode }) => mode === "managed") === true) return true;
    for (const child of children ?? []) modules.push(child);
  }
  return false;
}

/** The data sources that were read at plan time, of a module and of those within. */
export function* stateData(
  module: StateModule | undefined,
  root: Scope,
  providerOf: (key: string | undefined) => string | null,
): Generator<StateData> {
  const path = module?.address === undefined ? [] : parseModule(module.address);
  const scope = path === null ? null : scopeOf(root, path);
  for (const { mode, type, name, address, values, sensitive_values: sensitive } of module?.resources ?? []) {
    if (mode !== "data") continue;
    const config = scope === null ? null : configResource(scope, mode, type, name);
    const base = path === null || path.length === 0 ? "" : `${formatModule(path)}.`;
    const resourceAddress = `${base}data.${type}.${name}`;
    yield { address, resourceAddress, type, providerKey: providerOf(config?.provider_config_key), values, sensitive };
  }
  for (const child of module?.child_modules ?? []) yield* stateData(child, root, providerOf);
}
