import { formatKey, parseTraversal, type TraversalStep } from "../plan/address.ts";
import { isJsonObject, ownMember } from "../plan/json.ts";
import type { Plan } from "../plan/read.ts";
import { elementNameKeys } from "./source.ts";

/**
 * Makes the paths that `Source.locate` takes: providers sort lists, so an element of a list is named where it has a name
 * that no other one has, `container_definitions["web"].image` for `container_definitions[1].image`.
 */
export function pathNamer(plan: Plan): (address: string, path: string) => string {
  const resources = new Map(plan.resources.filter(({ willExist }) => willExist).map((each) => [each.address, each]));
  const parsed = new Map<string, unknown>();
  const open = (value: unknown) => {
    if (typeof value !== "string") return value;
    if (!parsed.has(value)) parsed.set(value, parseJson(value));
    return parsed.get(value);
  };
  return (address, path) => {
    let value: unknown = resources.get(address)?.node.value;
    let named = "";
    for (const step of parseTraversal(path) ?? []) {
      const { text, below } = stepInto(open(value), step);
      named += text.startsWith("[") || named === "" ? text : `.${text}`;
      value = below;
    }
    return named === "" ? path : named;
  };
}

/** What stands behind a step, and the step with the name of the element. */
function stepInto(value: unknown, step: TraversalStep): { text: string; below: unknown } {
  if ("name" in step) return { text: step.name, below: ownMember(value, step.name) };
  // One statement may stand without its list.
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
  const below = typeof step.key === "number" ? elements[step.key] : undefined;
  const name = nameOf(below);
  const isOnly = name !== null && elements.filter((other) => nameOf(other) === name).length === 1;
  return { text: formatKey(isOnly ? name : step.key), below };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nameOf(element: unknown): string | null {
  if (!isJsonObject(element)) return null;
  const names = elementNameKeys.map((key) => ownMember(element, key));
  const name = names.find((candidate) => typeof candidate === "string" || typeof candidate === "number");
  return name === undefined ? null : String(name);
}
