import { parseDocument } from "yaml";
import type { PlanJson } from "../check-fixture.ts";

/** A place in the planned values of a resource, and what puts something else there. */
export interface Leaf {
  readonly address: string;
  readonly type: string;
  /** For people: `container_definitions[0].image`, with `{}` around the path within a text. */
  readonly path: string;
  readonly kind: "text" | "number" | "key";
  /** Writes the canary into the plan and marks the attribute as sensitive as a whole. */
  readonly plant: (canary: Canary) => void;
}

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

/** Every text, number and key of a map in the planned values of the managed resources, those within texts too. */
export function leavesOf(plan: PlanJson): Leaf[] {
  return plan.resource_changes.flatMap(({ address, type, mode, change }) => {
    const { after } = change;
    if (mode !== "managed" || after === null) return [];
    return Object.keys(after).flatMap((attribute) => {
      const put = (value: unknown) => {
        after[attribute] = value;
        const masks = change.after_sensitive;
        change.after_sensitive = { ...(typeof masks === "object" ? masks : {}), [attribute]: true };
      };
      return within(after[attribute], attribute, put).map((leaf) => ({ address, type, ...leaf }));
    });
  });
}

type Found = Omit<Leaf, "address" | "type">;
type Put = (value: unknown) => void;

function within(value: unknown, path: string, put: Put, isBlock = false): Found[] {
  if (typeof value === "number") return [{ path, kind: "number", plant: ({ number }) => put(number) }];
  if (typeof value === "string") {
    const whole: Found = { path, kind: "text", plant: ({ text }) => put(text) };
    return [whole, ...withinText(value, path, put)];
  }
  if (Array.isArray(value))
    return value.flatMap((element, at) =>
      within(element, `${path}[${at}]`, (inner) => put(value.with(at, inner)), true),
    );
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const rename: Found = {
      path: `${path}.${key}:`,
      kind: "key",
      plant: ({ text }) => put(Object.fromEntries(Object.entries(value).map(([k, v]) => [k === key ? text : k, v]))),
    };
    const below = within(member, `${path}.${key}`, (inner) => put({ ...value, [key]: inner }));
    // The members of a block are names of the provider's schema.
    return isBlock ? below : [rename, ...below];
  });
}

/** What stands within a text that is JSON, or the YAML of a buildspec. */
function withinText(text: string, path: string, put: Put): Found[] {
  const json = parsed(text, (source) => JSON.parse(source));
  if (isCollection(json)) return within(json, `${path}{}`, (value) => put(JSON.stringify(value)));
  if (!/^\s*(?:version|phases):/m.test(text)) return [];
  const yaml = parsed(text, (source) => parseDocument(source).toJS());
  return isCollection(yaml) ? within(yaml, `${path}{}`, (value) => put(JSON.stringify(value))) : [];
}

function isCollection(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function parsed(text: string, parse: (source: string) => unknown): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
