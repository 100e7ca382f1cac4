import { groupBy } from "../../engine/group-by.ts";
import { causeOf, type Finding, instanceKeys, withoutInstances, withoutKeys } from "../../engine/index.ts";
import { largest } from "../../engine/lists.ts";
import { type PlanFinding, problemOf, shorten, stateOf, subjectOf } from "./findings.ts";
import { compareNatural } from "./natural-order.ts";
import type { PlanResult } from "./plan-result.ts";
import { plain } from "./terminal-text.ts";

/** Whether findings with one cause are shown as one, or each for itself. */
export type Listing = "causes" | "instances";

/** The findings that one change puts an end to, and that came out alike: people look at them once. */
export interface CauseGroup {
  /** It speaks for all: the first in the order of instances. */
  readonly first: PlanFinding;
  /** In the order of instances: `web[2]` before `web[10]`. */
  readonly findings: readonly PlanFinding[];
}

/** Findings by cause, in the order in which the causes first come; each for itself where instances are asked for. */
export function byCause(findings: readonly PlanFinding[], listing: Listing): CauseGroup[] {
  if (listing === "instances") return findings.map((each) => ({ first: each, findings: [each] }));
  return groupsOf(findings, ({ finding }) => {
    const { cause, severity, blocking, change, waiver } = finding;
    return [stateOf(finding), cause, severity, blocking, change, waiver?.from, waiver?.reason];
  });
}

/**
 * What is unknown for one reason in one place, whatever policies ask for it: one reason often leaves many of them undecided.
 * Where instances are asked for, a group for each subject.
 */
export function byReason(findings: readonly PlanFinding[], listing: Listing): CauseGroup[] {
  return groupsOf(findings, ({ file, finding }) => {
    const { message, blocking, change } = finding;
    if (listing === "instances") return [file, subjectOf(finding), message, blocking, change];
    return [causeOf(finding).resource, withoutKeys(message, keysOf(finding)), blocking, change];
  });
}

function groupsOf(findings: readonly PlanFinding[], keyOf: (each: PlanFinding) => readonly unknown[]): CauseGroup[] {
  return [...groupBy(findings, (each) => JSON.stringify(keyOf(each))).values()].flatMap((same) => {
    const sorted = same.length === 1 ? same : inOrderOfInstances(same);
    const [first] = sorted;
    return first === undefined ? [] : [{ first, findings: sorted }];
  });
}

/** Each subject once, where a group is of many policies. */
export function oneOfEachSubject({ first, findings }: CauseGroup): CauseGroup {
  const key = ({ file, finding: { subject } }: PlanFinding) => JSON.stringify([file, subject.address, subject.name]);
  return { first, findings: [...new Map(findings.toReversed().map((each) => [key(each), each])).values()].reverse() };
}

function inOrderOfInstances(findings: readonly PlanFinding[]): PlanFinding[] {
  return findings.toSorted(
    (one, other) =>
      compareNatural(one.file, other.file) || compareNatural(subjectOf(one.finding), subjectOf(other.finding)),
  );
}

function keysOf({ subject: { address } }: Finding) {
  return address === null ? [] : instanceKeys(address);
}

const mostOfSubject = 400;

/** How many instances are named before the others are only counted. */
const mostNamed = 2;
const mostOfLabel = 100;

/**
 * The subject and its instances in a line of text, with its plan where there are several:
 * `module.service.aws_x.y ×20: accounts, basket and 18 more`.
 */
export function groupText(group: CauseGroup, results: readonly PlanResult[]): string {
  const file = results.length > 1 ? sharedFile(group) : null;
  const instances = instancesText(group);
  return `${file === null ? "" : `${plain(file)}: `}${groupSubject(group)}${instances === "" ? "" : ` ${instances}`}`;
}

/** What is wrong, in a sentence for all instances: with `{key}` in place of what only tells one instance from another. */
export function problemText(group: CauseGroup): string {
  return plain(sharedText(group, problemOf) ?? problemOf(group.first.finding));
}

/**
 * What was found, in a line of text; of several instances that of the first, where they differ.
 * @param most characters; the rest is counted
 */
export function foundText(group: CauseGroup, most = mostOfMessage): string {
  const text = sharedText(group, ({ message }) => message);
  return text === null ? `first: ${plain(shorten(group.first.finding.message, most))}` : plain(shorten(text, most));
}

/** A text that is one for all instances, but for their keys. */
function sharedText({ findings }: CauseGroup, of: (finding: Finding) => string): string | null {
  return (
    shared(findings, ({ finding }) => of(finding)) ??
    shared(findings, ({ finding }) => withoutKeys(of(finding), keysOf(finding)))
  );
}

/** A line of a list is to be read; JSON and SARIF have it whole. */
const mostOfMessage = 2000;

/** The plan of all instances; null where they are of several, whose instances are named with theirs. */
export function sharedFile({ findings }: CauseGroup): string | null {
  return shared(findings, ({ file }) => file);
}

/** What the group is about: the resource in the configuration, and of one instance that instance. */
export function groupSubject({ first, findings }: CauseGroup): string {
  const sharedAddress = shared(findings, ({ finding }) => subjectOf(finding));
  if (sharedAddress !== null) return plain(shorten(sharedAddress, mostOfSubject));
  const resource = shared(findings, ({ finding }) => causeOf(finding).resource);
  if (resource !== null) return plain(shorten(resource, mostOfSubject));
  const address = shared(findings, ({ finding }) => withoutInstances(finding.subject.address ?? ""));
  return plain(address ?? withoutInstances(first.finding.subject.address ?? ""));
}

/** `×20: accounts, basket and 18 more`; empty where it is one. */
export function instancesText({ findings }: CauseGroup): string {
  if (findings.length === 1) return "";
  const labels = [...new Set(instanceLabels(findings))].map((label) => plain(shorten(label, mostOfLabel)));
  const named = labels.length <= mostNamed + 1 ? labels : labels.slice(0, mostNamed);
  if (labels.length === 1) return `×${findings.length}`;
  const rest = labels.length - named.length;
  const last = rest === 0 ? named.at(-1) : `${rest} more`;
  const before = rest === 0 ? named.slice(0, -1) : named;
  const names = before.length === 0 ? last : `${before.join(", ")} and ${last}`;
  return `×${findings.length}: ${names}`;
}

/** The instances by what tells them from each other: their keys, and the names of parts where these differ too. */
function instanceLabels(findings: readonly PlanFinding[]): string[] {
  const isOne = (values: readonly string[]) => new Set(values).size <= 1;
  const keys = findings.map(({ finding }) => keysOf(finding));
  const sameAddress = isOne(findings.map(({ finding }) => withoutInstances(finding.subject.address ?? "")));
  const width = largest(keys.map(({ length }) => length));
  const telling = Array.from({ length: width }, (_, at) => at).filter(
    (at) => !isOne(keys.map((each) => each[at]?.text ?? "")),
  );
  const names = findings.map(({ finding }, at) => withoutKeys(finding.subject.name ?? "", keys[at] ?? []));
  const sameName = isOne(names);
  const sameFile = isOne(findings.map(({ file }) => file));
  return findings.map(({ file, finding }, at) => {
    const own = telling.map((index) => keys[at]?.[index]?.text ?? "").join("/");
    const resource = sameAddress ? own : (finding.subject.address ?? "the plan");
    const name = sameName || finding.subject.name === null ? "" : finding.subject.name;
    const label = [resource, name].filter((part) => part !== "").join("#");
    const parts = [...(sameFile ? [] : [file]), ...(label === "" ? [] : [label])];
    return parts.length === 0 ? subjectOf(finding) : parts.join(": ");
  });
}

function shared(findings: readonly PlanFinding[], of: (each: PlanFinding) => string): string | null {
  const values = new Set(findings.map(of));
  const [value] = values;
  return values.size === 1 && value !== undefined ? value : null;
}
