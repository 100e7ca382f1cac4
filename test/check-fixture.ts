import { readFileSync } from "node:fs";
import { type CheckOptions, check, type Finding, type Report } from "../engine/index.ts";
import { planFile } from "../fixtures/fixtures.ts";
import { countermeasures, pack } from "../policies/pack.ts";

export function planBytes(fixture: string): Uint8Array {
  return readFileSync(planFile(fixture));
}

/** The plan of a fixture, to be changed by a test. */
export function planDocument(fixture: string): PlanJson {
  return JSON.parse(readFileSync(planFile(fixture), "utf8"));
}

/** As much of a plan's JSON as tests change. */
export interface PlanJson {
  resource_changes: ResourceChangeJson[];
  [key: string]: unknown;
}

interface ResourceChangeJson {
  address: string;
  mode: string;
  type: string;
  change: {
    actions: string[];
    after: Record<string, unknown> | null;
    after_unknown: Record<string, unknown>;
    after_sensitive: unknown;
  };
  [key: string]: unknown;
}

export function encode(json: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(json));
}

/** Checks a plan with the shipped pack and lists all that it finds. */
export function checkAll(plan: Uint8Array, options: Partial<CheckOptions> = {}): Promise<Report> {
  return check(plan, { policies: pack, all: true, ...options });
}

const reports = new Map<string, Promise<Report>>();

/** The report on a fixture with all verdicts and the planned system. It is made once; whoever asks for it changes nothing of it. */
export function reportOf(fixture: string): Promise<Report> {
  const known = reports.get(fixture);
  if (known !== undefined) return known;
  const report = checkAll(planBytes(fixture), { system: true, countermeasures });
  reports.set(fixture, report);
  return report;
}

/** One line for each verdict: `fail high ECR-003 address#name`. */
export function verdictLines(findings: readonly Finding[]): string[] {
  return findings.map(
    ({ verdict, severity, policy, subject }) => `${verdict} ${severity} ${policy} ${subjectId(subject)}`,
  );
}

export function subjectId({ address, name }: Finding["subject"]): string {
  return `${address ?? "plan"}${name === null ? "" : `#${name}`}`;
}
