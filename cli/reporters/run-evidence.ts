import type { Report, ReportRun } from "../../engine/index.ts";
import { counted, ignoredItems, ignoredText } from "./findings.ts";

/** One thing that a report tells of its run. */
export interface RunRow {
  /** For programs. */
  readonly name: string;
  /** For people. */
  readonly label: string;
  readonly text: string;
}

/** The evidence of a run, a row each; what is not told has none. */
export function runRows(report: Report): RunRow[] {
  const { run, plan } = report;
  const { policies, configuration } = run;
  const ignored = ignoredItems([{ file: "", report }]).map(ignoredText);
  const rows: readonly (readonly [name: string, label: string, text: string | null])[] = [
    ["title", "Title", run.title],
    ["plimsoll", "plimsoll", run.plimsoll],
    ["plan", "Plan", planText(run)],
    ["json", "JSON of the plan", run.plan.form === "saved" && plan.sha256 !== null ? `SHA-256 ${plan.sha256}` : null],
    ["policies", "Policies", and(`${policies.run.length} run`, policies.digest)],
    [
      "skipped",
      "Skipped",
      listed(policies.skipped.map(({ policy, by }) => `${policy}${by === "override" ? " (off)" : ""}`)),
    ],
    ["overrides", "Overrides", listed(policies.overrides.map(overrideText), "; ")],
    ["configuration", "Configuration", configuration.digest],
    ["trusted", "Trusted configuration", configuration.trusted ?? null],
    ["ignored", "Ignored", listed(ignored, "; ")],
    ["thresholds", "Thresholds", thresholdText(run)],
    ["revision", "Source", revisionText(run)],
  ];
  return rows.flatMap(([name, label, text]) => (text === null ? [] : [{ name, label, text }]));
}

/** The same in a line, without digests. */
export function runLine({ run }: Report): string {
  const { policies, title, plimsoll, plan, configuration, revision } = run;
  const remarks = [
    ...(policies.skipped.length === 0 ? [] : [`${policies.skipped.length} skipped`]),
    ...(policies.overrides.length === 0 ? [] : [counted(policies.overrides.length, "override")]),
  ];
  const branch = revision?.branch == null ? "" : ` (${revision.branch})`;
  return [
    ...(title === null ? [] : [title]),
    ...(plimsoll === null ? [] : [`plimsoll ${plimsoll}`]),
    `${counted(policies.run.length, "policy", "policies")}${remarks.length === 0 ? "" : ` (${remarks.join(", ")})`}`,
    thresholdText(run),
    ...(configuration.trusted === undefined ? [] : [`${configuration.trusted} decides alone`]),
    ...(plan.timestamp === null ? [] : [`planned at ${plan.timestamp}`]),
    ...(revision === null ? [] : [`commit ${revision.commit.slice(0, 12)}${branch}`]),
  ].join("; ");
}

function planText({ plan: { form, sha256, terraform, timestamp } }: ReportRun): string | null {
  const parts = [
    ...(form === null ? [] : [form === "saved" ? "a saved plan" : "JSON"]),
    ...(sha256 === null ? [] : [`SHA-256 ${sha256}`]),
    ...(terraform === null ? [] : [`Terraform ${terraform}`]),
    ...(timestamp === null ? [] : [`made at ${timestamp}`]),
  ];
  return listed(parts);
}

function thresholdText({ thresholds: { failOn, onUnknown, block, blockAlways } }: ReportRun): string {
  if (failOn === "never") return "nothing blocks, whatever is found";
  const unknown = onUnknown === "fail" ? ", also where it is unknown" : "";
  const always = blockAlways === null ? "" : `, and ${orWorse(blockAlways)} in any case`;
  const what = block === "all" ? "blocks" : "blocks where the plan introduces it or makes it worse";
  return `${orWorse(failOn)} ${what}${unknown}${block === "all" ? "" : always}`;
}

function orWorse(severity: string): string {
  return severity === "critical" ? "critical" : `${severity} or worse`;
}

function revisionText({ revision }: ReportRun): string | null {
  if (revision === null) return null;
  const { commit, branch, repository } = revision;
  return `commit ${commit}${branch === null ? "" : ` (${branch})`}${repository === null ? "" : ` of ${repository}`}`;
}

function overrideText({
  policy,
  resources,
  severity,
  failOn,
  onUnknown,
  block,
}: ReportRun["policies"]["overrides"][number]): string {
  const changes = Object.entries({ severity, failOn, onUnknown, block }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} ${value}`],
  );
  return `${policy}${resources === undefined ? "" : ` on ${resources.join(", ")}`}: ${changes.join(", ")}`;
}

function and(text: string, more: string | null): string {
  return more === null ? text : `${text}, ${more}`;
}

function listed(texts: readonly string[], between = ", "): string | null {
  return texts.length === 0 ? null : texts.join(between);
}
