import { fixedFindings, notJudged, type PlanFinding, stateOf, worstFirst } from "./findings.ts";
import type { PlanResult } from "./plan-result.ts";
import { plain } from "./terminal-text.ts";

const columns = [
  "plan",
  "state",
  "severity",
  "blocking",
  "policy",
  "title",
  "problem",
  "address",
  "name",
  "action",
  "change",
  "file",
  "line",
  "message",
  "waiver",
  "owner",
  "expires",
  "cause",
  "fingerprint",
] as const;

type Row = Partial<Readonly<Record<(typeof columns)[number], string | number | boolean | null | undefined>>>;

/** A table for spreadsheets, as RFC 4180 has it: a row for each finding, and one for each plan that was not judged. */
export function* csv(results: readonly PlanResult[]): Generator<string> {
  yield line(columns);
  const broken = notJudged(results).map(
    ({ file, reason }): Row => ({ plan: file, state: "not-judged", blocking: true, message: reason }),
  );
  for (const row of broken) yield rowLine(row);
  for (const each of [...worstFirst(results), ...fixedFindings(results)]) yield rowLine(rowOf(each));
}

function rowOf({ file, finding }: PlanFinding): Row {
  const { severity, blocking, policy, title, problem, subject, change, location, message, waiver, cause, fingerprint } =
    finding;
  return {
    plan: file,
    state: change === "fixed" ? "fixed" : stateOf(finding),
    severity,
    blocking,
    policy,
    title,
    problem,
    address: subject.address,
    name: subject.name,
    action: subject.action,
    change,
    file: location?.file,
    line: location?.line,
    message,
    waiver: waiver?.reason,
    owner: waiver?.owner,
    expires: waiver?.expires,
    cause,
    fingerprint,
  };
}

function rowLine(row: Row): string {
  return line(columns.map((column) => String(row[column] ?? "")));
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** What a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection"). */
function cell(value: string): string {
  const text = plain(value);
  const harmless = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return /[",\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
