import type { Evidence, Verdict } from "../evaluate/evaluate.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import { waitsOn } from "../plan/references.ts";
import type { AttributeValues } from "./attribute-values.ts";
import { causeOf } from "./cause.ts";
import { inOrder } from "./fingerprint.ts";
import { firstUnknown, message, unknownReason } from "./messages.ts";
import { type Moves, movesOf } from "./moves.ts";
import { pathNamer } from "./named-path.ts";
import { problemSentence } from "./problem.ts";
import type { Redactor } from "./redact.ts";
import type { Finding, Location, ReportEvidence } from "./report.ts";
import { snippetOf } from "./snippet.ts";
import type { Source } from "./source.ts";

/** A verdict with what blocks for it. */
export interface Judged {
  readonly verdict: Verdict;
  readonly blocking: boolean;
  /** Whether what stood before the plan blocks too. */
  readonly block: Block;
}

/** What blocks: all that is severe enough, or only what the plan introduces or makes worse. */
export type Block = "all" | "introduced";

/**
 * Makes findings of the verdicts on a plan, with evidence that holds no secret.
 * @param source null where the Terraform source is not at hand
 */
export function findingMaker(
  { resources }: Plan,
  values: AttributeValues,
  source: Source | null,
  redactor: Redactor,
): (judged: Judged) => Finding {
  const locator =
    source === null ? null : { source, nameElements: pathNamer(values), isWorkedOut: workedOutPaths(resources) };
  const moves = movesOf(resources);
  return (judged) => toFinding(judged, redactor, locator, moves);
}

/** The source, and how its paths are made of those of the plan. */
interface Locator {
  readonly source: Source;
  readonly nameElements: (address: string, path: string) => string;
  readonly isWorkedOut: (address: string, path: string) => boolean;
}

/** Whether an attribute is a part of what the source told of a resource. */
function workedOutPaths(resources: readonly PlanResource[]): Locator["isWorkedOut"] {
  const byAddress = new Map(
    resources.filter(({ workedOut }) => workedOut.length > 0).map(({ address, workedOut }) => [address, workedOut]),
  );
  return (address, path) =>
    byAddress.get(address)?.some((own) => path.startsWith(own) && /^(?:$|[.[])/.test(path.slice(own.length))) ?? false;
}

function toFinding({ verdict, blocking }: Judged, redactor: Redactor, locator: Locator | null, moves: Moves): Finding {
  const { policy, subject, outcome, severity, because, notes } = verdict;
  const evidence = verdict.evidence
    .filter(({ source }) => source !== null || verdict.evidence.length === 1)
    .map((each) => withPlace(toEvidence(each, redactor), subject.address, locator));
  const name = subject.name === null ? null : redactor.text(subject.name);
  const place = verdict.evidence.find(
    ({ source }) => source !== null && source.path !== null && (source.address ?? null) === null,
  );
  const reported = {
    kind: subject.kind,
    address: subject.address,
    ...moves.of(subject.address),
    name,
    action: subject.action,
  };
  const found = locationOf(subject.address, place?.source?.path ?? null, locator, redactor);
  const location = outcome === "fail" ? withSnippet(found, evidence, locator, redactor) : found;
  return {
    policy: policy.id,
    title: policy.title,
    severity,
    verdict: outcome,
    blocking,
    subject: reported,
    problem: outcome === "fail" ? problemSentence(verdict.problem, redactor) : null,
    message: message(evidence, outcome, because),
    notes,
    evidence,
    waiver: null,
    location,
    cause: causeOf({ policy: policy.id, subject: reported, location }).id,
    ...moves.fingerprints([
      policy.id,
      subject.address,
      name,
      evidence.map(({ fact, actual }) => [fact, inOrder(actual)]),
    ]),
  };
}

/** Of the first attribute that decided, where it is one of the subject's own resource. */
function locationOf(
  address: string | null,
  own: string | null,
  locator: Locator | null,
  redactor: Redactor,
): Location | null {
  if (address === null || locator === null) return null;
  const location = locator.source.locate(address, own === null ? null : locator.nameElements(address, own));
  return location?.construct === undefined ? location : { ...location, construct: redactor.text(location.construct) };
}

function withSnippet(
  location: Location | null,
  evidence: readonly ReportEvidence[],
  locator: Locator | null,
  redactor: Redactor,
): Location | null {
  // The head of a block says nothing of what is wrong in it.
  if (location?.of !== "attribute") return location;
  const line = locator?.source.line?.(location.file, location.line) ?? null;
  const snippet = line === null ? null : snippetOf(line, evidence);
  return snippet === null ? location : { ...location, snippet: redactor.text(snippet) };
}

function toEvidence(
  { fact, operator, negated, factResult, valueResult, source, parameter }: Evidence,
  redactor: Redactor,
): ReportEvidence {
  const unknown = firstUnknown(factResult) ?? firstUnknown(valueResult);
  return {
    fact: source === null ? (parameter ?? fact) : fact,
    operator,
    negated,
    expected: redactor.value(valueResult, false),
    parameter,
    actual: redactor.value(factResult, source?.sensitive ?? false),
    state: source?.state ?? "known",
    path: source?.path == null ? null : redactor.text(source.path),
    address: source?.address ?? null,
    unknown:
      unknown === null
        ? null
        : {
            reason: redactor.text(unknownReason(unknown)),
            waitsOn: waitsOn(unknown.references).map((text) => redactor.text(text)),
          },
    note: source?.note == null ? null : redactor.text(source.note),
  };
}

/** Of a value that the source told the place there. */
function withPlace(evidence: ReportEvidence, subject: string | null, locator: Locator | null): ReportEvidence {
  const { path, unknown } = evidence;
  const address = evidence.address ?? subject;
  if (locator === null || path === null || address === null || unknown !== null) return evidence;
  if (!locator.isWorkedOut(address, path)) return evidence;
  const place = locator.source.locate(address, locator.nameElements(address, path));
  return place === null ? evidence : { ...evidence, workedOut: { file: place.file, line: place.line } };
}
