import { operatorNamed } from "../operators/operators.ts";
import type { Reference } from "../plan/references.ts";
import { waitsOn } from "../plan/references.ts";
import { Unknown } from "../plan/unknown.ts";
import type { ReportEvidence } from "./report.ts";
import { showValue } from "./show-value.ts";

/** Why the plan does not tell a value, as a clause behind the attribute's name. */
export function unknownReason({ reason, references, detail }: Unknown): string {
  switch (reason) {
    case "after-apply":
      return `is known only after apply${waits(references)}`;
    case "computed":
      return "is computed by the provider at apply";
    case "dynamic-block":
      return "comes from a dynamic block over values that are known only after apply";
    case "not-in-configuration":
      return "is known only after apply, and the resource is not in the plan's configuration";
    case "unexpected-shape":
      return `has an unexpected shape${detail === null ? "" : `: ${detail}`}`;
    case "invalid-json":
      return `holds no usable JSON: ${detail ?? ""}`;
    case "source":
      return `is known only after apply, and the source does not show it: ${detail ?? ""}`;
    case "no-join":
    case "not-understood":
    case "stated":
      return `cannot be determined: ${detail ?? ""}${waits(references)}`;
  }
}

/** The unknown in a value: the value itself, or the first unknown element of a list. */
export function firstUnknown(value: unknown): Unknown | null {
  if (value instanceof Unknown) return value;
  if (!Array.isArray(value)) return null;
  return value.find((element: unknown): element is Unknown => element instanceof Unknown) ?? null;
}

function waits(references: readonly Reference[]): string {
  const names = waitsOn(references);
  const ends = new Set(references.flatMap(({ end }) => ("deadEnd" in end ? [end.deadEnd] : [])));
  const remark = ends.has("local") ? "; the plan does not keep local values" : "";
  return names.length === 0 ? "" : `; it waits on ${names.join(", ")}${remark}`;
}

/** One sentence on what was found and what was expected, for each fact that decided. */
export function message(evidence: readonly ReportEvidence[], verdict: string, because: readonly string[]): string {
  // An alternative that a parameter leaves empty is worth a word only where there is no other.
  const open = evidence.filter(({ expected }) => !(Array.isArray(expected) && expected.length === 0));
  const byFact = new Map<string, ReportEvidence[]>();
  for (const each of open.length === 0 ? evidence : open)
    byFact.set(each.fact, [...(byFact.get(each.fact) ?? []), each]);
  const sentences = new Set(because);
  for (const group of byFact.values()) {
    const [first] = group;
    if (first !== undefined) sentences.add(sentence(first, group, verdict));
  }
  return [...sentences].join("; ");
}

function sentence(first: ReportEvidence, group: readonly ReportEvidence[], verdict: string): string {
  // What is unknown is unknown for every fact that is read from there; a list may fail by the elements that are known.
  if (first.unknown !== null && !(verdict === "fail" && Array.isArray(first.actual))) {
    const reason = `${attributeOf(first) ?? first.fact} ${first.unknown.reason}`;
    return verdict === "fail" ? `${reason}; whatever it will be, it ${expectations(group)}` : reason;
  }
  const origin = first.state === "unset" && first.actual !== null ? " (not set, this is the default)" : "";
  const found = `${placeOf(first)} is ${showValue(first.actual)}${origin}${workedOut(first)}`;
  const note = first.note === null ? "" : ` (${first.note})`;
  // Of a flag the opposite is expected, which goes without saying.
  const isFlag = typeof first.actual === "boolean";
  return verdict === "fail" && !isFlag ? `${found}; it ${expectations(group)}${note}` : `${found}${note}`;
}

/** What the plan does not know itself is said to come from elsewhere. */
function workedOut({ workedOut: place }: ReportEvidence): string {
  return place === undefined ? "" : ` (worked out from the source, ${place.file}:${place.line})`;
}

function attributeOf({ path, address }: ReportEvidence): string | null {
  return path === null || address === null ? path : `${address} ${path}`;
}

function placeOf(evidence: ReportEvidence): string {
  const attribute = attributeOf(evidence);
  if (attribute === null) return evidence.fact;
  return attribute.endsWith(evidence.fact) ? attribute : `${evidence.fact} (${attribute})`;
}

/** The alternatives that would have held. */
function expectations(group: readonly ReportEvidence[]): string {
  const byPhrase = new Map<string, Set<string>>();
  for (const evidence of group) {
    const { phrase, value } = expectation(evidence);
    byPhrase.set(phrase, (byPhrase.get(phrase) ?? new Set()).add(value));
  }
  return [...byPhrase].map(([phrase, values]) => `${phrase} ${[...values].join(" or ")}`.trimEnd()).join(", or it ");
}

function expectation({ operator, negated, expected, parameter }: ReportEvidence): { phrase: string; value: string } {
  const found = operatorNamed(operator);
  if (expected === null)
    return { phrase: (operator === "notEqual") === negated ? "must not be set" : "must be set", value: "" };
  if (operator === "isEmpty")
    return { phrase: (expected === true) !== negated ? "must be empty" : "must not be empty", value: "" };
  const phrase = (negated ? found?.oppositePhrase : found?.phrase) ?? operator;
  return { phrase, value: `${showValue(expected)}${parameter === null ? "" : ` (parameter ${parameter})`}` };
}
