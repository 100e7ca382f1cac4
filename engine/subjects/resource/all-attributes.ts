import { isJsonObject, ownMember } from "../../plan/json.ts";
import type { PlanResource } from "../../plan/read.ts";
import type { Settings } from "../settings.ts";
import type { Subject } from "../subject.ts";
import { recogniseIn, resourceFact } from "./resource-facts.ts";

const deepest = 12;
const plainName = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** A resource with all its attributes as facts, under the paths that policies of resources name them by. */
export function resourceWithAllAttributes(resource: PlanResource, settings: Settings): Subject {
  const { address, type, action, node } = resource;
  const paths = isJsonObject(node.value)
    ? pathsBelow({ value: node.value, unknown: node.unknown, sensitive: node.sensitiveMask }, "", 0)
    : [];
  const recognise = recogniseIn(resource, settings);
  const facts = Object.fromEntries(paths.map((path) => [path, resourceFact(node, path, recognise)]));
  return { kind: "resource", type, address, name: null, action, facts };
}

/** A place with its masks. */
interface Masked {
  readonly value: unknown;
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

/** Paths of leaf attributes. A block that is unknown or sensitive as a whole is a leaf: its keys could leak what it holds. */
function pathsBelow(at: Masked, path: string, depth: number): string[] {
  const { value, unknown, sensitive } = at;
  if (depth > deepest || unknown === true || sensitive === true) return [path];
  if (Array.isArray(value) && value.some((element: unknown) => typeof element === "object" && element !== null))
    return value.flatMap((_, index) => pathsBelow(memberOf(at, index), `${path}.${index}`, depth + 1));
  if (!isJsonObject(value)) return [path];
  const names = [...new Set([...Object.keys(value), ...Object.keys(isJsonObject(unknown) ? unknown : {})])].sort();
  return names.flatMap((name) => pathsBelow(memberOf(at, name), below(path, name), depth + 1));
}

function memberOf({ value, unknown, sensitive }: Masked, key: string | number): Masked {
  const member = (of: unknown) =>
    typeof key === "string" ? ownMember(of, key) : Array.isArray(of) ? of[key] : undefined;
  return { value: member(value), unknown: member(unknown), sensitive: member(sensitive) };
}

function below(path: string, name: string): string {
  if (!plainName.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
