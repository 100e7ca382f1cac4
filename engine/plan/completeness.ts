import type { PlanDocument, PlannedModule, ResourceChangeDocument } from "./envelope.ts";
import { malformedPlan } from "./errors.ts";
import { isJsonObject } from "./json.ts";

/**
 * Refuses a plan that lost a part: what is not there would be judged as what is not set.
 * @throws PlanError that names the first address of which something is missing
 */
export function rejectLosses(document: PlanDocument): void {
  for (const change of document.resource_changes ?? []) rejectWithoutObject(change);
  const changes = [
    ...(document.resource_changes ?? []),
    ...(document.deferred_changes ?? []).map(({ resource_change: change }) => change),
  ];
  const listed = new Set(changes.map(({ address }) => address));
  const lost = plannedAddresses(document.planned_values?.root_module).find((address) => !listed.has(address));
  if (lost !== undefined)
    throw malformedPlan(`planned_values holds ${lost} and resource_changes does not, so that nobody could judge it`);
}

/** The changes after which there is no object. */
const takingAway = new Set(["delete", "forget"]);

/** Whether a change takes an object away and makes no new one in its place. */
export function takesAway({ change }: ResourceChangeDocument): boolean {
  return change.actions.length > 0 && change.actions.every((action) => takingAway.has(action));
}

/**
 * Whether there is an object neither before nor after: what Terraform writes with -destroy of one that is gone already.
 * Source: `planDestroy` in Terraform's node_resource_abstract_instance.go.
 */
export function isGoneAlready({ change: { actions, before, after } }: ResourceChangeDocument): boolean {
  return actions.join(",") === "no-op" && before === null && after === null;
}

/** Terraform writes an object wherever a change leaves one, and beside it a mask of what is unknown in it. */
function rejectWithoutObject(document: ResourceChangeDocument): void {
  if (takesAway(document) || isGoneAlready(document)) return;
  const missing = (["after", "after_unknown"] as const).find((name) => !isJsonObject(document.change[name]));
  if (missing !== undefined)
    throw malformedPlan(
      `${document.address} exists after its change, and change.${missing} is no object, so that nobody could judge it`,
    );
}

function plannedAddresses(root: PlannedModule | undefined): string[] {
  const addresses: string[] = [];
  // A list that grows while it is walked: modules may nest.
  const modules = root === undefined ? [] : [root];
  for (const { resources, child_modules: children } of modules) {
    for (const { address } of resources ?? []) addresses.push(address);
    for (const child of children ?? []) modules.push(child);
  }
  return addresses;
}
