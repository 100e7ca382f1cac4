import { parseDocument } from "yaml";
import type { PlanJson } from "../check-fixture.ts";

/** A place in the values of a resource, before or after the change, and what puts something else there. */
export interface Leaf {
  readonly address: string;
  readonly type: string;
  /** The attribute that holds it. */
  readonly attribute: string;
  /** For people: `container_definitions{}[0].image`, with `{}` before the path within a text. */
  readonly path: string;
  /** Writes the canary into the plan and marks it as sensitive: the whole attribute, or no more than the value that holds it. */
  readonly plant: (canary: Canary, mark: Mark) => void;
}

export type Mark = "attribute" | "place";

/** What must not be seen again: it has no form of a secret, and no plan holds it. */
export interface Canary {
  readonly text: string;
  readonly number: number;
}

export function canary(at: number): Canary {
  const number = 735_100_000 + at;
  return { text: `cnry${number}x`, number };
}

export function isSeen({ text, number }: Canary, output: string): boolean {
  return output.includes(text) || output.includes(String(number));
}

/** Every text, number and key of a map in the values of the managed resources, those within texts too. */
export function leavesOf(plan: PlanJson): Leaf[] {
  return plan.resource_changes.flatMap(({ address, type, mode, change }) =>
    mode === "managed"
      ? (["after", "before"] as const).flatMap((when) => leavesIn(change, when, { address, type }))
      : [],
  );
}

function leavesIn(change: object, when: "after" | "before", of: { address: string; type: string }): Leaf[] {
  const values: unknown = Reflect.get(change, when);
  if (!isObject(values)) return [];
  const masks = `${when}_sensitive`;
  return Object.keys(values).flatMap((attribute) =>
    within(values[attribute], `${when === "before" ? "before " : ""}${attribute}`).map(({ path, put }) => ({
      ...of,
      attribute,
      path,
      plant: (planted: Canary, mark: Mark) => {
        const { value, mask } = put(planted);
        values[attribute] = value;
        const others: unknown = Reflect.get(change, masks);
        const own = { [attribute]: mark === "attribute" ? true : mask };
        Reflect.set(change, masks, isObject(others) ? { ...others, ...own } : own);
      },
    })),
  );
}

/** A value with the canary in it, and the mask of the plan that marks its place in it. */
interface Planted {
  readonly value: unknown;
  readonly mask: unknown;
}

interface Found {
  readonly path: string;
  readonly put: (canary: Canary) => Planted;
}

function within(value: unknown, path: string, isBlock = false): Found[] {
  if (typeof value === "number") return [{ path, put: ({ number }) => ({ value: number, mask: true }) }];
  if (typeof value === "string")
    return [{ path, put: ({ text }) => ({ value: text, mask: true }) }, ...withinText(value, path)];
  if (Array.isArray(value))
    return value.flatMap((element: unknown, at) =>
      within(element, `${path}[${at}]`, true).map((found) => ({
        path: found.path,
        put: (canary) => {
          const inner = found.put(canary);
          return { value: value.with(at, inner.value), mask: value.map((_, each) => each === at && inner.mask) };
        },
      })),
    );
  return isObject(value) ? withinMembers(value, path, isBlock) : [];
}

function withinMembers(value: Readonly<Record<string, unknown>>, path: string, isBlock: boolean): Found[] {
  return Object.entries(value).flatMap(([key, member]): Found[] => {
    const below = within(member, `${path}.${key}`).map(
      (found): Found => ({
        path: found.path,
        put: (canary) => {
          const inner = found.put(canary);
          return { value: { ...value, [key]: inner.value }, mask: { [key]: inner.mask } };
        },
      }),
    );
    // The members of a block are names of the provider's schema.
    if (isBlock) return below;
    const renamed = (text: string) =>
      Object.fromEntries(Object.entries(value).map(([k, v]) => [k === key ? text : k, v]));
    return [{ path: `${path}.${key}:`, put: ({ text }) => ({ value: renamed(text), mask: true }) }, ...below];
  });
}

/** What stands within a text that is JSON, or the YAML of a buildspec. */
function withinText(text: string, path: string): Found[] {
  const json = parsed(text, (source) => JSON.parse(source));
  const isYaml = json === undefined && /^\s*(?:version|phases):/m.test(text);
  const value = isYaml ? parsed(text, (source) => parseDocument(source).toJS()) : json;
  if (typeof value !== "object" || value === null) return [];
  return within(value, `${path}{}`).map((found) => ({
    path: found.path,
    put: (canary) => ({ value: JSON.stringify(found.put(canary).value), mask: true }),
  }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string, parse: (source: string) => unknown): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
