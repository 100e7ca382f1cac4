import { isJsonObject } from "../engine/plan/json.ts";
import { type PlanJson, planDocument } from "./check-fixture.ts";

/** Attributes that hold the name which somebody, or AWS, gave to an object. */
const nameAttributes = [
  "bucket",
  "ecr_repository_prefix",
  "external_id",
  "family",
  "function_name",
  "id",
  "identifier",
  "name",
  "name_prefix",
  "prefix",
  "repository_name",
];

/**
 * The plan of a stack that calls the configuration of a fixture as a module, so many times: each copy gives other names to
 * its objects, as a stack of many services does.
 * @param mark stands in the new names: what the engine keeps once for a text it keeps for this plan alone then
 */
export function copiedPlan(fixture: string, copies: number, mark = ""): PlanJson {
  const { planned_values: _, ...plan } = planDocument(fixture);
  const names = namesIn(plan.resource_changes);
  const pattern = new RegExp(`(?<![\\w-])(?:${names.map(escaped).join("|")})(?![\\w-])`, "g");
  const changes = Array.from({ length: copies }, (_copy, at) =>
    plan.resource_changes.map((change) => ({
      ...change,
      address: `module.copy-${at}.${change.address}`,
      module_address: [`module.copy-${at}`, change["module_address"]].filter((part) => part !== undefined).join("."),
      change: renamed(change.change, (text) => (names.length === 0 ? text : text.replace(pattern, `$&-${mark}${at}`))),
    })),
  );
  const configuration = isJsonObject(plan["configuration"]) ? plan["configuration"] : {};
  const call = { source: "./copy", module: configuration["root_module"] };
  const calls = Array.from({ length: copies }, (_copy, at) => [`copy-${at}`, call] as const);
  return {
    ...plan,
    prior_state: undefined,
    resource_changes: changes.flat(),
    configuration: { ...configuration, root_module: { module_calls: Object.fromEntries(calls) } },
  };
}

/** The longest first, so that none is taken for a part of another. */
function namesIn(changes: PlanJson["resource_changes"]): string[] {
  const names = changes.flatMap(({ change: { after } }) =>
    nameAttributes.map((attribute) => after?.[attribute]).filter((name) => typeof name === "string"),
  );
  return [...new Set(names)].filter((name) => name.length > 0).sort((one, other) => other.length - one.length);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function renamed<T>(value: T, rename: (text: string) => string): T;
function renamed(value: unknown, rename: (text: string) => string): unknown {
  if (typeof value === "string") return rename(value);
  if (Array.isArray(value)) return value.map((element: unknown) => renamed(element, rename));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, renamed(part, rename)]));
}
