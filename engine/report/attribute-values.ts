import { ownMember } from "../plan/json.ts";
import type { Plan } from "../plan/read.ts";

/** The values of the resources that will exist, walked by the steps of a path. Texts of JSON are opened, each once. */
export interface AttributeValues {
  /** The root of a resource's values; undefined where there is no such resource. */
  readonly of: (address: string) => unknown;
  /** The value, with a text of JSON as what it holds. */
  readonly opened: (value: unknown) => unknown;
}

export function attributeValues(plan: Plan): AttributeValues {
  const resources = new Map(plan.resources.filter(({ willExist }) => willExist).map((each) => [each.address, each]));
  const parsed = new Map<string, unknown>();
  return {
    of: (address) => resources.get(address)?.node.value,
    opened: (value) => {
      if (typeof value !== "string") return value;
      if (!parsed.has(value)) parsed.set(value, parseJson(value));
      return parsed.get(value);
    },
  };
}

/** The elements of a value that stands for a list: one statement may stand without its list. */
export function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** The name by which an element is told from the others of its list; null where it has none. */
export function elementName(element: unknown, keys: readonly string[]): string | null {
  const names = keys.map((key) => ownMember(element, key));
  const name = names.find((candidate) => typeof candidate === "string" || typeof candidate === "number");
  return name === undefined ? null : String(name);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
