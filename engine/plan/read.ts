import type * as z from "zod/mini";
import { compareText } from "../compare-text.ts";
import type { Action } from "./action.ts";
import type { InstanceKey, ModuleStep } from "./address.ts";
import { rejectLosses } from "./completeness.ts";
import { configResource, rootScope } from "./configuration.ts";
import { type ReadBack, withoutCopies } from "./copies.ts";
import { type Drift, driftOf } from "./drift.ts";
import { type PlanDocument, planDocument } from "./envelope.ts";
import { malformedPlan, PlanError, showCommand } from "./errors.ts";
import { hiddenUses } from "./hidden-uses.ts";
import { type Instances, indexInstances } from "./instances.ts";
import { isJsonObject, ownMember } from "./json.ts";
import type { PlanNode } from "./node.ts";
import { plannedInstances } from "./planned.ts";
import { providerKeys } from "./provider-keys.ts";
import { providerRegions } from "./provider-regions.ts";
import { moduleReader, readResource } from "./read-resource.ts";
import type { Removal } from "./removal.ts";
import {
  type ProviderConfiguration,
  providerConfigurations,
  type RootOutput,
  type RootVariable,
  rootOutputs,
  rootVariables,
} from "./root-values.ts";
import { sensitiveStrings } from "./sensitive.ts";
import { holdsManaged, type StateData, stateData } from "./state-data.ts";
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

/** A plan as the following steps see it. */
export interface Plan {
  readonly formatVersion: string;
  readonly terraformVersion: string | null;
  /** When it was made, `2026-01-01T00:00:00Z`; null before Terraform 1.5. */
  readonly timestamp: string | null;
  /** Null where the Terraform that wrote the plan did not know the flag. */
  readonly errored: boolean | null;
  readonly complete: boolean | null;
  readonly applyable: boolean | null;
  /** Whether the plan lists the resources that exist; true where there are none. */
  readonly hasResourceChanges: boolean;
  /** The names of the root outputs that the plan changes. */
  readonly changedOutputs: ReadonlySet<string>;
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
  return readDocument(openDocument(json));
}

/**
 * Checks the envelope of a decoded plan.
 * @throws PlanError as `readPlan` does
 */
export function openDocument(json: unknown): PlanDocument {
  const version = ownMember(json, "format_version");
  if (typeof version === "string" && !/^[01]\.\d{1,4}$/.test(version)) {
    const major = /^\d{1,4}(?=\.|$)/.exec(version)?.[0] ?? "of another form";
    throw new PlanError(
      "unsupported-format",
      `the plan has format_version ${major}, and this plimsoll reads 0.x and 1.x; install a newer version of plimsoll`,
    );
  }
  return checkEnvelope(json);
}

/**
 * Reads the resources of a plan.
 * @throws PlanError where it lost a part
 */
export function readDocument(document: PlanDocument): Plan {
  rejectLosses(document);
  const { planned, keysOf } = plannedInstances(document.resource_changes ?? []);
  const root = rootScope(document.configuration?.root_module ?? {}, {
    ...planned,
    hidesUse: hiddenUses(document, planned.isKnown),
  });
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
  const variables = { root, given: document.variables };
  const resources = withoutCopies(
    all.map((resource) => withWrittenTwin(resource, variables)),
    variables,
  );
  return {
    formatVersion: document.format_version,
    terraformVersion: document.terraform_version ?? null,
    timestamp: document.timestamp ?? null,
    errored: document.errored ?? null,
    complete: document.complete ?? null,
    applyable: document.applyable ?? null,
    hasResourceChanges:
      document.resource_changes !== undefined || !holdsManaged(document.prior_state?.values?.root_module),
    changedOutputs: changedOutputs(document.output_changes),
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
    variables,
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
function changedOutputs(outputs: unknown): Set<string> {
  const changes = Object.entries(isJsonObject(outputs) ? outputs : {}).filter(([, change]) => {
    const actions = ownMember(change, "actions");
    return !(Array.isArray(actions) && actions.length === 1 && actions[0] === "no-op");
  });
  return new Set(changes.map(([name]) => name));
}

function checkEnvelope(json: unknown): PlanDocument {
  try {
    const found = planDocument.safeParse(json);
    if (!found.success) throw malformed(found.error);
    return found.data;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PlanError(
      "malformed-plan",
      `the JSON nests modules deeper than any Terraform configuration; run again: ${showCommand}`,
    );
  }
}

/** Names the first place that is wrong, never what stands there. */
function malformed(error: z.core.$ZodError): PlanError {
  const issue = error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? "the plan" : issue.path.map(String).join(".");
  return malformedPlan(`${place} has the wrong type`);
}

/** Whether the configuration orders one resource behind another by depends_on; both stand in one module. */
export function dependsOn({ node, mode, type, name, moduleAddress }: PlanResource, other: PlanResource): boolean {
  if (node.context === null || moduleAddress !== other.moduleAddress) return false;
  const config = configResource(node.context.scope, mode, type, name);
  return config?.depends_on?.includes(`${other.type}.${other.name}`) ?? false;
}
