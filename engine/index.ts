export { type CheckOptions, check, facts, selectPolicies } from "./check.ts";
export { PlanError, type PlanErrorCode } from "./plan/errors.ts";
export type { Countermeasure } from "./policy/countermeasure.ts";
export { type Policy, type Severity, severities } from "./policy/policy.ts";
export { PolicyFileError, parsePolicyFiles } from "./policy/source.ts";
export type { Waiver } from "./policy/waiver.ts";
export type { FactsReport, ShownFact, ShownJoin, ShownSubject } from "./report/facts-report.ts";
export { type Place, placeOf } from "./report/place.ts";
export type {
  CountermeasureState,
  Finding,
  FindingWaiver,
  NistCountermeasure,
  NistPolicy,
  Report,
  ReportEvidence,
  ReportPolicy,
  ReportWaiver,
  ShownValue,
} from "./report/report.ts";
export type { ReportSystem, SystemEdge, SystemKind, SystemNode } from "./report/report-system.ts";
export { showValue } from "./report/show-value.ts";
export type { Location, Source } from "./report/source.ts";
