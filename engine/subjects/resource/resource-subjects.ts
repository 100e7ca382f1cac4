import type { Plan, PlanResource } from "../../plan/read.ts";
import type { Settings } from "../settings.ts";
import { derivedFact, type Fact, type Subject } from "../subject.ts";
import { recogniseIn, resourceFact } from "./resource-facts.ts";

/** The attributes that policies of resources compare, by resource type. */
export type WantedAttributes = ReadonlyMap<string, ReadonlySet<string>>;

/** The managed resources of these types that exist after apply, with the wanted attributes as facts. */
export function resourceSubjects(plan: Plan, wanted: WantedAttributes, settings: Settings): Subject[] {
  return plan.resources.flatMap((resource) => {
    const { address, type, mode, willExist, action, node } = resource;
    const paths = mode === "managed" && willExist ? wanted.get(type) : undefined;
    if (paths === undefined) return [];
    const recognise = recogniseIn(resource, settings);
    const facts = Object.fromEntries(
      [...paths].map((path) => [path, placeFact(resource, path) ?? resourceFact(node, path, recognise)]),
    );
    return [{ kind: "resource" as const, type, address, name: null, action, facts }];
  });
}

/** Where a resource stands, which no attribute of it says; null for an attribute. */
function placeFact({ address, moduleAddress }: PlanResource, path: string): Fact | null {
  if (path === "@address") return derivedFact(address);
  return path === "@module" ? derivedFact(moduleAddress) : null;
}
