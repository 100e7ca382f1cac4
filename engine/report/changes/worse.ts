import { matchesGlob } from "../../glob.ts";
import { operatorNamed } from "../../operators/operators.ts";
import { isJsonObject, type JsonObject, ownMember } from "../../plan/json.ts";
import { severities } from "../../policy/policy.ts";
import type { Finding, ReportEvidence, ShownValue } from "../report.ts";

/** Whether a failure is more severe than it was, or more of what is forbidden stands there. */
export function isWorse(before: Finding, after: Finding): boolean {
  if (severities.indexOf(after.severity) !== severities.indexOf(before.severity))
    return severities.indexOf(after.severity) < severities.indexOf(before.severity);
  const left = [...before.evidence];
  return after.evidence.some((each) => {
    const at = left.findIndex((candidate) => isSameComparison(candidate, each));
    const [was] = at === -1 ? [] : left.splice(at, 1);
    // A comparison that held before fails now.
    return was === undefined || isMore(was, each);
  });
}

function isSameComparison(one: ReportEvidence, other: ReportEvidence): boolean {
  return (
    one.fact === other.fact &&
    one.operator === other.operator &&
    one.negated === other.negated &&
    JSON.stringify(one.expected) === JSON.stringify(other.expected)
  );
}

function isMore(was: ReportEvidence, is: ReportEvidence): boolean {
  if (Array.isArray(is.actual)) return addsOffenders(listOf(was.actual), is.actual, is);
  if (typeof is.actual === "number" && typeof was.actual === "number") {
    const direction = directions.get(is.operator) ?? 0;
    return (is.actual - was.actual) * (is.negated ? -direction : direction) > 0;
  }
  return typeof is.actual === "string" && typeof was.actual === "string" && isWiderRange(was.actual, is.actual);
}

/** In which direction a number goes away from what the operator asks for. */
const directions: ReadonlyMap<string, 1 | -1> = new Map([
  ["lessThan", 1],
  ["lessThanInclusive", 1],
  ["daysAtMost", 1],
  ["greaterThan", -1],
  ["greaterThanInclusive", -1],
  ["daysAtLeast", -1],
]);

function listOf(value: ShownValue): readonly ShownValue[] {
  return Array.isArray(value) ? value : [value];
}

/**
 * Whether a list has elements that offend and were not there. Only where an empty list would hold does an element offend by
 * being there; of a list that lacks something none does.
 */
function addsOffenders(
  was: readonly ShownValue[],
  is: readonly ShownValue[],
  { operator, negated, expected }: ReportEvidence,
): boolean {
  const holds = (list: readonly ShownValue[]) => {
    const truth = operatorNamed(operator)?.evaluate(list, expected) ?? null;
    return truth === null ? null : truth !== negated;
  };
  if (holds([]) !== true) return false;
  const left = was.map((element) => JSON.stringify(element));
  return is.some((element) => {
    const at = left.indexOf(JSON.stringify(element));
    if (at !== -1) left.splice(at, 1);
    return at === -1 && holds([element]) !== true;
  });
}

/** `0-65535` beside `22-22`. */
function isWiderRange(was: string, is: string): boolean {
  const [before, after] = [was, is].map((text) => /^(\d{1,9})-(\d{1,9})$/.exec(text)?.slice(1).map(Number));
  if (before === undefined || after === undefined) return false;
  const [[from = 0, to = 0], [first = 0, last = 0]] = [before, after];
  return first < from || last > to;
}

/** Whether a statement of a policy document allows what it did not: another action, resource or caller, or with less conditions. */
export function grantsMore(before: JsonObject, after: JsonObject): boolean {
  if (ownMember(after, "Effect") !== "Allow" || ownMember(before, "Effect") !== "Allow") return false;
  // IAM tells no capitals in actions from small letters, and in the rest one for the other is not more either.
  const adds = (name: string, one: JsonObject, other: JsonObject) => {
    const [known, texts] = [one, other].map((statement) =>
      textsOf(ownMember(statement, name)).map((text) => text.toLowerCase()),
    );
    return texts?.some((text) => !known?.some((pattern) => matchesGlob(text, pattern))) === true;
  };
  return (
    ["Action", "Resource", "Principal"].some((name) => adds(name, before, after)) ||
    ["NotAction", "NotResource", "NotPrincipal"].some((name) => adds(name, after, before)) ||
    conditionsOf(before).some((condition) => !conditionsOf(after).includes(condition))
  );
}

/** All texts of a list, or of the lists of a principal. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isJsonObject(value)
    ? Object.entries(value).flatMap(([sort, own]) => textsOf(own).map((text) => `${sort} ${text}`))
    : [];
}

function conditionsOf(statement: JsonObject): string[] {
  const conditions = ownMember(statement, "Condition");
  if (!isJsonObject(conditions)) return [];
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    isJsonObject(keys) ? Object.entries(keys).map(([key, values]) => JSON.stringify([operator, key, values])) : [],
  );
}
