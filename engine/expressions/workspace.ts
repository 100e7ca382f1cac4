import { isJsonObject, ownMember } from "../plan/json.ts";
import type { Plan } from "../plan/read.ts";
import type { ConfigurationSource } from "../plan/source.ts";
import { workOutBody } from "./body.ts";
import { configurationOf } from "./configuration.ts";
import { moduleAt } from "./modules.ts";
import { unknownWorkspace } from "./names.ts";
import type { Hole, Value } from "./value.ts";

/** So many resources are looked at. */
const mostResources = 2_000;

/**
 * The workspace, which stands nowhere in a plan; but a text that the plan knows, and that is the workspace with nothing but
 * literal text around it, tells it. Null where there is none.
 */
export function workspaceOf(plan: Plan, source: ConfigurationSource): string | null {
  const configuration = configurationOf(plan, source);
  if (configuration === null) return null;
  for (const { willExist, module: path, mode, type, name, key, node } of plan.resources.slice(0, mostResources)) {
    const module = willExist ? moduleAt(configuration, path) : null;
    const block = module?.source.find(mode === "data" ? "data" : "resource", [type, name])?.body;
    if (module === null || block === undefined) continue;
    const found = toldBy(node.value, workOutBody({ configuration, module, instance: { key, block } }, block));
    if (found !== null) return found;
  }
  return null;
}

function toldBy(planned: unknown, value: Value): string | null {
  if (value.kind === "mapping" && isJsonObject(planned))
    return first([...value.entries], ([key, each]) => toldBy(ownMember(planned, key), each));
  // The plan sorts sets: only one element is certain to be the one.
  if (value.kind === "sequence" && Array.isArray(planned) && planned.length === 1 && value.elements.length === 1)
    return first(value.elements, (each) => toldBy(planned[0], each));
  return value.kind === "hole" && typeof planned === "string" ? between(planned, value) : null;
}

function first<T>(all: readonly T[], find: (each: T) => string | null): string | null {
  for (const each of all) {
    const found = find(each);
    if (found !== null) return found;
  }
  return null;
}

/** What stands in a text where the workspace does. */
function between(planned: string, value: Hole): string | null {
  const parts = value.parts ?? [value];
  const holes = parts.filter((part) => typeof part !== "string");
  const [only, ...others] = holes;
  const isWorkspace =
    only?.reason === unknownWorkspace.reason && only.isExact && only.references.length === 0 && others.length === 0;
  if (!isWorkspace) return null;
  const [start, end] = [parts[0], parts.at(-1)].map((part) => (typeof part === "string" ? part : ""));
  const isAround = planned.startsWith(start ?? "") && planned.endsWith(end ?? "");
  const found = planned.slice(start?.length, planned.length - (end?.length ?? 0));
  return isAround && found !== "" ? found : null;
}
