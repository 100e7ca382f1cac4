import type { PlanDocument } from "./envelope.ts";
import { isJsonObject, ownMember } from "./json.ts";

/** What was changed outside of Terraform since the last apply: by address the attributes, or that the object was deleted. */
export type Drift = ReadonlyMap<string, ReadonlySet<string> | "deleted">;

/** Reads `resource_drift`, which compares the last state with what was read back from AWS. */
export function driftOf({ resource_drift: changes = [] }: PlanDocument): Drift {
  return new Map(
    changes.map(({ address, change: { before, after } }) => [
      address,
      isJsonObject(after) ? changedAttributes(before, after) : "deleted",
    ]),
  );
}

function changedAttributes(before: unknown, after: object): ReadonlySet<string> {
  return new Set(
    Object.entries(after)
      .filter(([name, value]) => comparable(ownMember(before, name)) !== comparable(value))
      .map(([name]) => name),
  );
}

/** The provider writes nothing in several ways, and one for another is no change. */
function comparable(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text === '""' || text === "[]" || text === "{}" ? "null" : text;
}
