import type { Action } from "./action.ts";
import { formatModule, type ModuleStep, parseModule } from "./address.ts";
import { isGoneAlready, takesAway } from "./completeness.ts";
import { resourceNameOf } from "./config-uses.ts";
import { configResource, type Keys, type Repetition, type Scope, scopeOf } from "./configuration.ts";
import type { ConfigResource, ResourceChangeDocument } from "./envelope.ts";
import { malformedPlan } from "./errors.ts";
import { ownMember } from "./json.ts";
import type { PlanNode } from "./node.ts";
import { removalOf } from "./removal.ts";

const actionNames: Readonly<Record<string, Action>> = {
  create: "create",
  update: "update",
  "no-op": "no-op",
  read: "read",
  delete: "delete",
  forget: "forget",
  "delete,create": "replace",
  "create,delete": "replace",
  "create,forget": "replace",
  "forget,create": "replace",
};

/** One module instance. */
interface Module {
  readonly path: readonly ModuleStep[];
  /** `path` as text, for comparing. */
  readonly address: string;
  /** Null where the configuration has no such module. */
  readonly scope: Scope | null;
}

/** Reads module addresses, each once for all resources of the module; null for a text that is none. */
export function moduleReader(root: Scope | null): (text: string | undefined) => Module | null {
  const known = new Map<string | undefined, Module | null>();
  return (text) => {
    const module = known.get(text);
    if (module !== undefined) return module;
    const path = text === undefined ? [] : parseModule(text);
    const read =
      path === null ? null : { path, address: formatModule(path), scope: root === null ? null : scopeOf(root, path) };
    known.set(text, read);
    return read;
  };
}

/** What a change is read with. */
interface ReadContext {
  readonly moduleAt: (text: string | undefined) => Module | null;
  readonly regions: ReadonlyMap<string, string>;
  readonly keysOf: (change: ResourceChangeDocument) => Keys;
  readonly providerOf: (key: string | undefined) => string | null;
  /** Whether the change is one that Terraform puts off to a later plan. */
  readonly deferred: boolean;
}

/** A resource as the plan alone has it. */
export function readResource(
  change: ResourceChangeDocument,
  { moduleAt, regions, keysOf, providerOf, deferred }: ReadContext,
) {
  const module = moduleAt(change.module_address);
  if (module === null) throw malformedPlan(`${change.address} has no readable module_address`);
  const { scope } = module;
  const key = change.index ?? null;
  const config = scope === null ? null : configResource(scope, change.mode, change.type, change.name);
  const providerKey = providerOf(config?.provider_config_key);
  const region = ownMember(change.change.after, "region");
  const actions = change.change.actions.join(",");
  const action = Object.hasOwn(actionNames, actions) ? (actionNames[actions] ?? "other") : "other";
  const gone = takesAway(change) || isGoneAlready(change) || change.deposed !== undefined || deferred;
  return {
    address: change.address,
    deposed: change.deposed ?? null,
    previousAddress: change.previous_address ?? null,
    module: module.path,
    moduleAddress: module.address,
    mode: change.mode,
    type: change.type,
    name: change.name,
    key,
    isAws: isAwsProvider(change.provider_name),
    action,
    willExist: !gone,
    providerKey,
    region: typeof region === "string" ? region : (regions.get(providerKey ?? "") ?? null),
    node: rootNode(change, scope, config, { key, keys: keysOf(change), forEach: config?.for_each_expression }),
    workedOut: [],
    before: change.change.before,
    removal: deferred ? null : removalOf(change),
    readBack: [],
  };
}

/** `registry.terraform.io/hashicorp/aws`, OpenTofu's and a mirror's form of it, and `aws` of Terraform 0.12. */
function isAwsProvider(name: string | undefined): boolean {
  return (
    name === undefined ||
    name === "aws" ||
    name.endsWith("/hashicorp/aws") ||
    name === "hashicorp/aws" ||
    name.endsWith("/-/aws")
  );
}

function rootNode(
  change: ResourceChangeDocument,
  scope: Scope | null,
  config: ConfigResource | null,
  repetition: Repetition,
): PlanNode {
  return {
    path: "",
    value: change.change.after,
    unknown: change.change.after_unknown,
    sensitive: change.change.after_sensitive === true,
    sensitiveMask: change.change.after_sensitive,
    expressions: config === null ? null : [config.expressions ?? {}],
    maybeDynamic: false,
    among: null,
    context: scope === null ? null : { scope, repetition, resource: resourceNameOf(change) },
    ignoreCase: false,
    isWritten: false,
  };
}
