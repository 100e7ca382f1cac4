import type { PlanDocument, ResourceChangeDocument } from "./envelope.ts";
import { isJsonObject } from "./json.ts";

/**
 * What stands before the plan, as a plan that changes nothing: each object that exists, those to be destroyed among them,
 * under the address that it has after the plan. Null where nothing stands yet.
 *
 * The configuration is that of today: what was written before, no plan tells. It decides little where all values are known.
 */
export function priorDocument(document: PlanDocument): PlanDocument | null {
  const changes = (document.resource_changes ?? []).flatMap(priorChange);
  if (changes.length === 0) return null;
  const { format_version, terraform_version, variables, prior_state, configuration } = document;
  return {
    format_version,
    resource_changes: changes,
    ...(terraform_version === undefined ? {} : { terraform_version }),
    ...(variables === undefined ? {} : { variables }),
    ...(prior_state === undefined ? {} : { prior_state }),
    ...(configuration === undefined ? {} : { configuration }),
  };
}

/** Whether a plan leaves all that it lists as it is. */
export function changesNothing({ resource_changes: changes = [], output_changes: outputs }: PlanDocument): boolean {
  return (
    changes.every(({ change, previous_address: moved, deposed }) => {
      const [action, ...more] = change.actions;
      return (
        more.length === 0 && (action === "no-op" || action === "read") && moved === undefined && deposed === undefined
      );
    }) && Object.values(isJsonObject(outputs) ? outputs : {}).every(isNoChange)
  );
}

function isNoChange(change: unknown): boolean {
  return isJsonObject(change) && JSON.stringify(change["actions"]) === '["no-op"]';
}

/** An object that a failed replacement left over is no resource of its own: another one stands at its address. */
function priorChange(document: ResourceChangeDocument): ResourceChangeDocument[] {
  const { before, before_sensitive: mask } = document.change;
  if (document.mode !== "managed" || document.deposed !== undefined || !isJsonObject(before)) return [];
  const change = {
    actions: ["no-op"],
    before,
    after: before,
    after_unknown: {},
    before_sensitive: mask,
    after_sensitive: mask,
  };
  return [{ ...document, change }];
}
