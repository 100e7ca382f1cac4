import * as z from "zod";
import { compareText } from "../compare-text.ts";
import type { Action } from "./action.ts";
import { formatModule, type InstanceKey, type ModuleStep, parseModule } from "./address.ts";
import { isGoneAlready, rejectLosses, takesAway } from "./completeness.ts";
import {
  configResource,
  constantOf,
  type Keys,
  type Repetition,
  rootScope,
  type Scope,
  scopeOf,
} from "./configuration.ts";
import { type ReadBack, withoutCopies } from "./copies.ts";
import { type Drift, driftOf } from "./drift.ts";
import {
  type ConfigResource,
  type PlanDocument,
  planDocument,
  type ResourceChangeDocument,
  type StateModule,
} from "./envelope.ts";
import { malformedPlan, PlanError, showCommand } from "./errors.ts";
import { type Instances, indexInstances } from "./instances.ts";
import { isJsonObject, ownMember } from "./json.ts";
import type { PlanNode } from "./node.ts";
import { plannedInstances } from "./planned.ts";
import { providerKeys } from "./provider-keys.ts";
import { type Removal, removalOf } from "./removal.ts";
import {
  type ProviderConfiguration,
  providerConfigurations,
  type RootOutput,
  type RootVariable,
  rootOutputs,
  rootVariables,
} from "./root-values.ts";
import { sensitiveStrings } from "./sensitive.ts";
import { withWrittenTwin } from "./twin-arguments.ts";
import type { VariableValues } from "./variables.ts";

/** One entry of `resource_changes`: a resource instance with its full address. */
export interface PlanResource {
  /** Exactly as in the plan; with `deposed` the identity of the entry. */
  readonly address: string;
  readonly deposed: string | null;
  /** The address that the state has for it, where the plan moves it. */
  readonly previousAddress: string | null;
  readonly module: readonly ModuleStep[];
  /** `module` as text, for comparing. */
  readonly moduleAddress: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey | null;
  /** Whether the type is one of hashicorp/aws, whatever registry it came from. */
  readonly isAws: boolean;
  readonly action: Action;
  /** Whether the object exists after apply: false for delete, forget, deposed and deferred ones. */
  readonly willExist: boolean;
  readonly providerKey: string | null;
  /** Its own `region` (provider 6) or that of its provider configuration, where the plan tells it. */
  readonly region: string | null;
  /** The root of its planned values. */
  readonly node: PlanNode;
  /** The paths of what the plan does not know and the source tells. */
  readonly workedOut: readonly string[];
  /** What goes at apply; null where the object stays, where there is none, and where the change is put off. */
  readonly removal: Removal | null;
  /** Its values before the change; null where it does not exist yet. */
  readonly before: unknown;
  /** What of it stands in AWS without an expression of the configuration and belongs to no other resource of the plan. */
  readonly readBack: readonly ReadBack[];
}

/** A data source that was read at plan time. */
interface StateData {
  readonly address: string;
  /** Without the key of its instance. */
  readonly resourceAddress: string;
  readonly type: string;
  readonly providerKey: string | null;
  readonly values: unknown;
  /** The mask of what is sensitive in the values. */
  readonly sensitive: unknown;
}

/** A plan as the following steps see it. */
export interface Plan {
  readonly formatVersion: string;
  readonly terraformVersion: string | null;
  /** Null where the Terraform that wrote the plan did not know the flag. */
  readonly errored: boolean | null;
  readonly complete: boolean | null;
  readonly applyable: boolean | null;
  /** Whether the plan lists the resources that exist; true where there are none. */
  readonly hasResourceChanges: boolean;
  readonly hasOutputChanges: boolean;
  /** Whether Terraform puts changes off to a later plan. */
  readonly hasDeferredChanges: boolean;
  /** Whether the plan holds the configuration, without which no reference of one resource to another is known. */
  readonly hasConfiguration: boolean;
  readonly resources: readonly PlanResource[];
  readonly drift: Drift;
  readonly instances: Instances<PlanResource>;
  /** Of the resources that will exist. */
  readonly existing: Instances<PlanResource>;
  readonly stateData: readonly StateData[];
  readonly providers: readonly ProviderConfiguration[];
  readonly rootVariables: readonly RootVariable[];
  readonly outputs: readonly RootOutput[];
  readonly sensitive: ReadonlySet<string>;
  readonly variables: VariableValues;
}

/**
 * Checks the envelope of a decoded plan and reads its resources.
 * @throws PlanError where the JSON is not shaped as a plan, or its format has an unknown major version
 */
export function readPlan(json: unknown): Plan {
  const version = ownMember(json, "format_version");
  if (typeof version === "string" && !/^[01]\.\d{1,4}$/.test(version)) {
    const major = /^\d{1,4}(?=\.|$)/.exec(version)?.[0] ?? "of another form";
    throw new PlanError(
      "unsupported-format",
      `the plan has format_version ${major}, and this plimsoll reads 0.x and 1.x; install a newer plimsoll: npm install --save-dev plimsoll@latest`,
    );
  }
  const document = checkEnvelope(json);
  rejectLosses(document);
  const { planned, keysOf } = plannedInstances(document.resource_changes ?? []);
  const root = rootScope(document.configuration?.root_module ?? {}, planned);
  const hasConfiguration = document.configuration?.root_module !== undefined;
  const context = {
    moduleAt: moduleReader(hasConfiguration ? root : null),
    regions: providerRegions(document),
    keysOf,
    providerOf: providerKeys(document),
  };
  const all = [
    ...(document.resource_changes ?? []).map((change) => readResource(change, { ...context, deferred: false })),
    ...(document.deferred_changes ?? []).map(({ resource_change: change }) =>
      readResource(change, { ...context, deferred: true }),
    ),
  ];
  // In one order, whatever the plan's: no report may depend on it.
  all.sort(
    (one, other) => compareText(one.address, other.address) || compareText(one.deposed ?? "", other.deposed ?? ""),
  );
  const resources = withoutCopies(all.map(withWrittenTwin));
  return {
    formatVersion: document.format_version,
    terraformVersion: document.terraform_version ?? null,
    errored: document.errored ?? null,
    complete: document.complete ?? null,
    applyable: document.applyable ?? null,
    hasResourceChanges:
      document.resource_changes !== undefined || !holdsManaged(document.prior_state?.values?.root_module),
    hasOutputChanges: changesOutputs(document.output_changes),
    hasDeferredChanges: (document.deferred_changes ?? []).length > 0,
    hasConfiguration,
    resources,
    drift: driftOf(document),
    instances: indexInstances(resources, (resource) => resource),
    existing: indexInstances(
      resources.filter(({ willExist }) => willExist),
      (resource) => resource,
    ),
    providers: providerConfigurations(document),
    rootVariables: rootVariables(document),
    outputs: rootOutputs(document, root),
    stateData: [...stateData(document.prior_state?.values?.root_module, root, context.providerOf)],
    sensitive: sensitiveStrings(document),
    variables: { root, given: document.variables },
  };
}

/** The plan with its resources as something else has told more of them. */
export function withResources(plan: Plan, resources: readonly PlanResource[]): Plan {
  return {
    ...plan,
    resources,
    instances: indexInstances(resources, (resource) => resource),
    existing: indexInstances(
      resources.filter(({ willExist }) => willExist),
      (resource) => resource,
    ),
  };
}

/** Outputs that stay as they are may be listed too, as `no-op`. */
function changesOutputs(outputs: unknown): boolean {
  return Object.values(isJsonObject(outputs) ? outputs : {}).some((change) => {
    const actions = ownMember(change, "actions");
    return !(Array.isArray(actions) && actions.length === 1 && actions[0] === "no-op");
  });
}

function checkEnvelope(json: unknown): PlanDocument {
  try {
    return planDocument.parse(json);
  } catch (error) {
    if (error instanceof z.ZodError) throw malformed(error);
    if (!(error instanceof RangeError)) throw error;
    throw new PlanError(
      "malformed-plan",
      `the JSON nests modules deeper than any Terraform configuration; run again: ${showCommand}`,
    );
  }
}

/** Names the first place that is wrong, never what stands there. */
function malformed(error: z.ZodError): PlanError {
  const issue = error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? "the plan" : issue.path.map(String).join(".");
  return malformedPlan(`${place} has the wrong type`);
}

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
function moduleReader(root: Scope | null): (text: string | undefined) => Module | null {
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

interface ReadContext {
  readonly moduleAt: (text: string | undefined) => Module | null;
  readonly regions: ReadonlyMap<string, string>;
  readonly keysOf: (change: ResourceChangeDocument) => Keys;
  readonly providerOf: (key: string | undefined) => string | null;
  /** Whether the change is one that Terraform puts off to a later plan. */
  readonly deferred: boolean;
}

function readResource(
  change: ResourceChangeDocument,
  { moduleAt, regions, keysOf, providerOf, deferred }: ReadContext,
): PlanResource {
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

/** Whether the configuration orders one resource behind another by depends_on; both stand in one module. */
export function dependsOn({ node, mode, type, name, moduleAddress }: PlanResource, other: PlanResource): boolean {
  if (node.context === null || moduleAddress !== other.moduleAddress) return false;
  const config = configResource(node.context.scope, mode, type, name);
  return config?.depends_on?.includes(`${other.type}.${other.name}`) ?? false;
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
    context: scope === null ? null : { scope, repetition },
    ignoreCase: false,
    isWritten: false,
  };
}

/** Whether a state holds a resource that Terraform manages. */
function holdsManaged(root: StateModule | undefined): boolean {
  // A list that grows while it is walked: modules may nest.
  const modules = root === undefined ? [] : [root];
  for (const { resources, child_modules: children } of modules) {
    if (resources?.some(({ mode }) => mode === "managed") === true) return true;
    for (const child of children ?? []) modules.push(child);
  }
  return false;
}

function* stateData(
  module: StateModule | undefined,
  root: Scope,
  providerOf: ReadContext["providerOf"],
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

/** The region of each provider configuration: a literal, or a root variable with a known value. */
function providerRegions(document: PlanDocument): Map<string, string> {
  const regions = new Map<string, string>();
  for (const [key, provider] of Object.entries(document.configuration?.provider_config ?? {})) {
    const expression = ownMember(provider.expressions, "region");
    const references = ownMember(expression, "references");
    const variable =
      Array.isArray(references) && references.length === 1
        ? /^var\.(\w+)$/.exec(String(references[0]))?.[1]
        : undefined;
    const region =
      variable === undefined ? constantOf(expression) : ownMember(ownMember(document.variables, variable), "value");
    if (typeof region === "string") regions.set(key, region);
  }
  return regions;
}
