import { isJsonObject } from "../../plan/json.ts";
import type { PlanResource } from "../../plan/read.ts";
import type { Subject } from "../subject.ts";
import { resourceFact } from "./resource-facts.ts";

const deepest = 12;
const plainName = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** A resource with all its attributes as facts, under the paths that policies of resources name them by. */
export function resourceWithAllAttributes({ address, type, action, node }: PlanResource): Subject {
  const paths = isJsonObject(node.value) ? pathsBelow(node.value, node.unknown, "", 0) : [];
  const facts = Object.fromEntries(paths.map((path) => [path, resourceFact(node, path)]));
  return { kind: "resource", type, address, name: null, action, facts };
}

/** Paths of what is no block and no map; what is unknown as a whole is one. */
function pathsBelow(value: unknown, unknown: unknown, path: string, depth: number): string[] {
  if (depth > deepest || unknown === true) return [path];
  if (Array.isArray(value) && value.some((element: unknown) => typeof element === "object" && element !== null)) {
    return value.flatMap((element: unknown, at) =>
      pathsBelow(element, Array.isArray(unknown) ? unknown[at] : undefined, `${path}.${at}`, depth + 1),
    );
  }
  if (!isJsonObject(value)) return [path];
  const mask = isJsonObject(unknown) ? unknown : {};
  const names = [...new Set([...Object.keys(value), ...Object.keys(mask)])].sort();
  return names.flatMap((name) => pathsBelow(value[name], mask[name], below(path, name), depth + 1));
}

function below(path: string, name: string): string {
  if (!plainName.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
