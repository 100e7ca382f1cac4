import type { Finding, ReportPolicy, Severity } from "../../engine/index.ts";
import {
  fixedFindings,
  ignoredItems,
  ignoredText,
  messageText,
  notJudged,
  type PlanFinding,
  shorten,
  stateOf,
  subjectOf,
  subjectText,
  waiverText,
  worstFirst,
} from "./findings.ts";
import { jsonPieces } from "./json.ts";
import { prose } from "./markdown-text.ts";
import { placeOf, relativePath, relativeUri } from "./paths.ts";
import type { PlanResult } from "./plan-result.ts";
import { reportPolicies } from "./report-policies.ts";
import type { ReporterOptions } from "./reporter.ts";
import { plain } from "./terminal-text.ts";

/** GitHub refuses a run with more (docs.github.com, "SARIF results exceed limit"); it shows the first 5,000. */
export const mostResults = 25_000;

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** In the middle of GitHub's bands: over 9.0 critical, from 7.0 high, from 4.0 medium, the rest low. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

/**
 * SARIF 2.1.0, one run for all plans: GitHub takes one run for each tool and category.
 *
 * A result is what somebody has to act on: each failure, waived ones with their suppression, and the unknown where it
 * blocks. GitHub shows every result as an open alert, whatever its `kind`; so what is only unknown is a notification.
 */
export function* sarif(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  const listed = worstFirst(results).filter(({ finding }) => isResult(finding));
  const rules = rulesOf(results);
  const ids = rules.map(({ id }) => id);
  const fixed = fixedFindings(results);
  const run = {
    ...automation(results),
    tool: { driver: { name: "plimsoll", version: options.version, semanticVersion: options.version, rules } },
    invocations: results.map((result) => invocation(result, results, ids, listed.length, options)),
    ...provenance(results),
    results: toResults([...listed, ...fixed].slice(0, mostResults), results, ids, options),
    columnKind: "utf16CodeUnits",
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  // A result stands in a list of the run, which stands in a list of the log.
  yield* jsonPieces(log, 4);
}

function* toResults(
  listed: readonly PlanFinding[],
  results: readonly PlanResult[],
  ids: readonly string[],
  options: ReporterOptions,
) {
  for (const each of listed) yield toResult(each, results, ids, options);
}

/** SARIF's words for what a change does to a result. */
const baselineStates = {
  introduced: "new",
  worse: "updated",
  undetermined: "updated",
  existing: "unchanged",
  fixed: "absent",
} as const satisfies Record<NonNullable<Finding["change"]>, string>;

function isResult(finding: Finding): boolean {
  const state = stateOf(finding);
  return state === "fail" || state === "waived" || (state === "unknown" && finding.blocking);
}

function rulesOf(results: readonly PlanResult[]) {
  return [...reportPolicies(results)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, policy]) => toRule(id, policy));
}

function toRule(id: string, { title, severity, why, fix, page, controls }: ReportPolicy) {
  const named = Object.entries(controls).flatMap(([standard, ids]) => ids.map((control) => `${standard}/${control}`));
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    ...(page === null ? {} : { helpUri: page }),
    help: {
      text: `${why}\n\nFix: ${fix}${named.length === 0 ? "" : `\n\nControls: ${named.join(", ")}`}`,
      markdown: `${prose(why)}\n\n**Fix**: ${prose(fix)}${named.length === 0 ? "" : `\n\n**Controls**: ${named.join(", ")}`}`,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ["security", "terraform"],
      precision: "very-high",
      "security-severity": securitySeverities[severity],
    },
  };
}

function toResult(each: PlanFinding, results: readonly PlanResult[], ids: readonly string[], options: ReporterOptions) {
  const { file, finding } = each;
  const { policy, severity, blocking, verdict, subject, fingerprint, change, cause } = finding;
  const isFixed = change === "fixed";
  return {
    ruleId: policy,
    ruleIndex: ids.indexOf(policy),
    // Level none is what SARIF asks for of all that is no failure.
    kind: isFixed ? "pass" : "fail",
    level: isFixed ? "none" : levels[severity],
    ...(change === undefined ? {} : { baselineState: baselineStates[change] }),
    message: { text: textOf(each, results) },
    locations: [locationOf(each, options)],
    // GitHub tells alerts apart by the first key alone, and would take all findings at one line for one.
    partialFingerprints: { primaryLocationLineHash: fingerprint, "plimsoll/v1": fingerprint },
    ...(finding.waiver === null ? {} : { suppressions: [suppression(finding)] }),
    properties: {
      plan: plain(file),
      severity,
      verdict,
      blocking,
      subjectKind: subject.kind,
      cause: plain(cause),
      ...(change === undefined ? {} : { change }),
    },
  };
}

/** In a message of SARIF `[text](target)` is a link. */
function textOf(each: PlanFinding, results: readonly PlanResult[]): string {
  const { problem } = each.finding;
  const what = problem === null ? "" : `${plain(problem)}. `;
  return `${subjectText(each, results)}: ${what}${messageText(each.finding)}`.replaceAll("](", "] (");
}

function locationOf(each: PlanFinding, { cwd }: ReporterOptions) {
  const { path, line } = placeOf(each, cwd);
  const { address, name, kind } = each.finding.subject;
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(path), uriBaseId: "%SRCROOT%" },
      region: { startLine: line },
    },
    logicalLocations: [
      {
        ...(name === null ? {} : { name: plain(name) }),
        fullyQualifiedName: plain(subjectOf(each.finding)),
        kind: address === null ? kind : "resource",
      },
    ],
  };
}

function suppression(finding: Finding) {
  const isInSource = /\.(?:tf|tofu)(?:\.json)?(?::\d+)?$/.test(finding.waiver?.from ?? "");
  return {
    kind: isInSource ? "inSource" : "external",
    status: "accepted",
    justification: plain(waiverText(finding)),
  };
}

/** One for each plan: whether it could be judged, what the plan does not decide, and what of the change does not count. */
function invocation(
  result: PlanResult,
  results: readonly PlanResult[],
  ids: readonly string[],
  count: number,
  options: ReporterOptions,
) {
  const broken = notJudged([result]).map(({ reason }) => ({
    level: "error",
    message: { text: `The plan was not judged: ${plain(reason)}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: relativeUri(relativePath(result.file, options.cwd)), uriBaseId: "%SRCROOT%" },
        },
      },
    ],
  }));
  const leftOut = `${count - mostResults} of ${count} results are left out, the least severe; GitHub takes ${mostResults} in a run.`;
  const unknown = worstFirst([result]).filter(({ finding }) => stateOf(finding) === "unknown" && !isResult(finding));
  const ignored = ignoredItems([result]).map((item) => ({
    level: "warning",
    message: { text: `Ignored: ${plain(shorten(ignoredText(item), 2000))}`.replaceAll("](", "] (") },
    locations: [{ physicalLocation: whereWritten(item.from, options) }],
  }));
  return {
    executionSuccessful: broken.length === 0,
    toolExecutionNotifications: [
      ...broken,
      ...(count > mostResults ? [{ level: "warning", message: { text: leftOut } }] : []),
      ...unknown.map((each) => ({
        level: "note",
        message: { text: `Unknown: ${textOf(each, results)}` },
        associatedRule: { id: each.finding.policy, index: ids.indexOf(each.finding.policy) },
        locations: [locationOf(each, options)],
      })),
      ...ignored,
    ],
    properties: { plan: plain(result.file), ...("failure" in result ? {} : { run: result.report.run }) },
  };
}

/** Runs with one title are of one category at GitHub, and take each other's place. */
function automation(results: readonly PlanResult[]) {
  const [title] = results.flatMap((result) => ("failure" in result ? [] : (result.report.run.title ?? [])));
  if (title === undefined) return {};
  return { automationDetails: { id: `plimsoll/${plain(title)}/`, description: { text: plain(title) } } };
}

/** What the source was; without the address of a repository SARIF has no place for it. */
function provenance(results: readonly PlanResult[]) {
  const [revision] = results.flatMap((result) => ("failure" in result ? [] : (result.report.run.revision ?? [])));
  if (revision === undefined || revision.repository === null) return {};
  const { repository, commit, branch } = revision;
  const own = {
    repositoryUri: plain(repository),
    revisionId: commit,
    ...(branch === null ? {} : { branch: plain(branch) }),
  };
  return { versionControlProvenance: [own] };
}

/** `ecs.tf:12`, or a file alone. */
function whereWritten(from: string, { cwd }: ReporterOptions) {
  const [, file = from, line] = /^(.*):(\d+)$/s.exec(from) ?? [];
  return {
    artifactLocation: { uri: relativeUri(relativePath(file, cwd)), uriBaseId: "%SRCROOT%" },
    ...(line === undefined || Number(line) === 0 ? {} : { region: { startLine: Number(line) } }),
  };
}
