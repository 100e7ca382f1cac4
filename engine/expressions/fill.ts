import { append } from "../lists.ts";
import { isJsonObject, ownMember } from "../plan/json.ts";
import { holdsTrue } from "../plan/node.ts";
import { compareWithPlan } from "./agreement.ts";
import { sensitiveMask, toPlan } from "./to-plan.ts";
import { isKnown, type Value } from "./value.ts";

/** A planned value with its masks, after what the source tells of it. */
export interface Filled {
  readonly value: unknown;
  readonly unknown: unknown;
  readonly sensitive: unknown;
  /** Whether anything of it is not as it was. */
  readonly isChanged: boolean;
  /** The paths of what is known now. */
  readonly paths: readonly string[];
}

/** What is unknown in a planned value is filled with what was worked out; what the plan knows stays. */
export function fill(
  planned: unknown,
  unknown: unknown,
  sensitive: unknown,
  value: Value | null,
  path: string,
): Filled {
  const unchanged = { value: planned, unknown, sensitive, isChanged: false, paths: [] };
  if (value === null || !holdsTrue(unknown)) return unchanged;
  if (unknown === true) return tells(value) ? workedOut(value, sensitive, path) : unchanged;
  if (Array.isArray(planned)) return fillList(planned, unknown, sensitive, value, path) ?? unchanged;
  // A block that may stand once is an object in the plan.
  const single = value.kind === "sequence" && value.elements.length === 1 ? value.elements[0] : value;
  return single?.kind === "mapping" ? fillObject(planned, unknown, sensitive, single, path) : unchanged;
}

/** Whether a value says more than that it is not known. */
function tells(value: Value): boolean {
  return value.kind !== "hole" || value.references.length > 0 || value.parts !== null || value.json !== null;
}

function workedOut(value: Value, sensitive: unknown, path: string): Filled {
  const isTold = value.kind !== "hole" || value.parts !== null || value.json !== null;
  return {
    value: toPlan(value),
    unknown: undefined,
    sensitive: sensitive === true ? true : sensitiveMask(value),
    isChanged: true,
    // Of a hole only what it waits on is told.
    paths: isTold ? [path] : [],
  };
}

function fillObject(
  planned: unknown,
  unknown: unknown,
  sensitive: unknown,
  { entries }: Value & { kind: "mapping" },
  path: string,
): Filled {
  const keys = new Set([...keysOf(planned), ...keysOf(unknown)]);
  const paths: string[] = [];
  let isChanged = false;
  const [values, unknowns, marks] = [record(), record(), record()];
  for (const key of keys) {
    const inner = path === "" ? key : `${path}.${key}`;
    const own = entries.get(key) ?? null;
    const filled = fill(ownMember(planned, key), ownMember(unknown, key), maskAt(sensitive, key), own, inner);
    if (filled.value !== undefined) values[key] = filled.value;
    if (filled.unknown !== undefined) unknowns[key] = filled.unknown;
    if (filled.sensitive !== undefined) marks[key] = filled.sensitive;
    append(paths, filled.paths);
    isChanged ||= filled.isChanged;
  }
  return { value: values, unknown: unknowns, sensitive: sensitive === true ? true : marks, isChanged, paths };
}

function keysOf(value: unknown): string[] {
  return isJsonObject(value) ? Object.keys(value) : [];
}

/** No prototype, so that a key named __proto__ is a key. */
function record(): Record<string, unknown> {
  return Object.create(null);
}

function maskAt(mask: unknown, key: string | number): unknown {
  if (mask === true) return true;
  return Array.isArray(mask) ? mask[Number(key)] : ownMember(mask, String(key));
}

/** The elements in pairs; null where it cannot be told which is which. */
function fillList(
  planned: readonly unknown[],
  unknown: unknown,
  sensitive: unknown,
  value: Value,
  path: string,
): Filled | null {
  // A block that stands once may be an object, in JSON syntax.
  const elements = value.kind === "sequence" ? value.elements : value.kind === "mapping" ? [value] : [];
  if (elements.length !== planned.length) return null;
  const masks = Array.isArray(unknown) ? unknown : [];
  const order = pairs(planned, masks, elements);
  if (order === null) return null;
  const filled = planned.map((each, at) =>
    fill(each, masks[at], maskAt(sensitive, at), order[at] ?? null, `${path}[${at}]`),
  );
  return {
    value: filled.map((each) => each.value),
    unknown: filled.map((each) => each.unknown ?? false),
    sensitive: sensitive === true ? true : filled.map((each) => each.sensitive ?? false),
    isChanged: filled.some((each) => each.isChanged),
    paths: filled.flatMap(({ paths }) => paths),
  };
}

/**
 * Which element belongs to which planned one: the plan sorts sets. Each has to fit one alone, or all that it fits are the
 * same; what is wholly unknown takes what is left, of which only a set does not tell the order.
 */
function pairs(
  planned: readonly unknown[],
  masks: readonly unknown[],
  elements: readonly Value[],
): readonly Value[] | null {
  const left = new Set(elements.keys());
  const found: (Value | null)[] = planned.map(() => null);
  for (const at of planned.keys()) {
    if (masks[at] === true) continue;
    const fitting = [...left].filter((index) => fits(planned[at], masks[at], elements[index]));
    const [first, ...others] = fitting;
    if (first === undefined) return null;
    const chosen = elements[first];
    const isAlone = others.every(
      (index) =>
        JSON.stringify(toPlan(elements[index] ?? { kind: "null" })) ===
        JSON.stringify(toPlan(chosen ?? { kind: "null" })),
    );
    const isNeeded = holdsTrue(masks[at]) && !isAlone;
    if (isNeeded) return null;
    found[at] = chosen ?? null;
    left.delete(first);
  }
  const rest = [...left].flatMap((index) => elements[index] ?? []);
  const whole = found.map((each) => each ?? rest.shift() ?? null).filter((each) => each !== null);
  return whole.length === planned.length ? whole : null;
}

/** Whether an element can be a planned one: a known part of both is equal, and nothing differs. */
function fits(planned: unknown, mask: unknown, value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (!holdsTrue(mask) && !isKnown(value) && value.kind === "hole") return false;
  const { differing } = compareWithPlan(planned, mask, value, "");
  return differing.length === 0;
}
