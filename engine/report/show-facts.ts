import { compareText } from "../compare-text.ts";
import type { ResourceJoin } from "../joins/link-index.ts";
import type { Plan } from "../plan/read.ts";
import { waitsOn } from "../plan/references.ts";
import { Unknown } from "../plan/unknown.ts";
import type { Fact, Subject } from "../subjects/subject.ts";
import type { FactsReport, ShownFact, ShownJoin } from "./facts-report.ts";
import { firstUnknown, unknownReason } from "./messages.ts";
import { createRedactor, type Redactor } from "./redact.ts";

/** Shows subjects, facts and joins, of one resource where `address` names it, with whatever may be a secret replaced. */
export function showFacts(
  plan: Plan,
  subjects: readonly Subject[],
  joins: readonly ResourceJoin[],
  address: string | null,
): FactsReport {
  const redactor = createRedactor(plan.sensitive);
  const isWanted = (candidate: string | null) => address === null || candidate === address;
  return {
    version: 1,
    subjects: subjects
      .filter((subject) => isWanted(subject.address))
      .map(({ kind, address: own, name, action, facts }) => ({
        kind,
        address: own,
        name: name === null ? null : redactor.text(name),
        action,
        facts: Object.fromEntries(
          Object.entries(facts).map(([factName, fact]) => [redactor.text(factName), showFact(fact, redactor)]),
        ),
      }))
      .sort((one, other) => compareText(sortKey(one), sortKey(other))),
    joins: joins
      .map((join) => showJoin(join, redactor))
      .filter((join) => isWanted(join.address) || join.targets.some(isWanted))
      .sort((one, other) => compareText(`${one.address} ${one.path}`, `${other.address} ${other.path}`)),
  };
}

function sortKey({ address, kind, name }: { address: string | null; kind: string; name: string | null }): string {
  return `${address ?? ""} ${kind} ${name ?? ""}`;
}

function showFact({ state, value, path, address, sensitive, note }: Fact, redactor: Redactor): ShownFact {
  return {
    state,
    value: value instanceof Unknown ? null : redactor.value(value, sensitive),
    path: path === null ? null : redactor.text(path),
    address: address ?? null,
    unknown: showUnknown(firstUnknown(value), redactor),
    note: note == null ? null : redactor.text(note),
  };
}

function showUnknown(unknown: Unknown | null, redactor: Redactor): ShownFact["unknown"] {
  if (unknown === null) return null;
  const names = waitsOn(unknown.references).map((text) => redactor.text(text));
  return { reason: redactor.text(unknownReason(unknown)), waitsOn: names };
}

function showJoin({ resource, path, to, join }: ResourceJoin, redactor: Redactor): ShownJoin {
  const base = {
    address: resource.address,
    path: redactor.text(path),
    to,
    kind: join.kind,
    by: null,
    targets: [],
    unknown: null,
  };
  switch (join.kind) {
    case "one":
      return { ...base, by: join.by, targets: [join.match.resource.address] };
    case "several":
      return { ...base, by: join.by, targets: join.matches.map((match) => match.resource.address) };
    case "unknown":
      return { ...base, unknown: showUnknown(join.unknown, redactor) };
    case "none":
      return base;
  }
}
