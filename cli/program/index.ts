// What the package exports for programs: these names, and the types that they need.
export {
  type CheckOptions,
  type Countermeasure,
  type CountermeasureState,
  type FactsReport,
  type Finding,
  type FindingWaiver,
  type Location,
  type NistCountermeasure,
  type NistPolicy,
  type Override,
  type ParameterValues,
  PlanError,
  type PlanErrorCode,
  type Policy,
  type Report,
  ReportError,
  type ReportEvidence,
  type ReportIgnored,
  type ReportPolicy,
  type ReportRun,
  type ReportSystem,
  type ReportWaiver,
  type RunEvidence,
  readReport,
  readReports,
  type Severity,
  type ShownFact,
  type ShownJoin,
  type ShownSubject,
  type ShownValue,
  type Source,
  type SystemEdge,
  type SystemKind,
  type SystemNode,
  severities,
  type Waiver,
} from "../../engine/index.ts";
export { UsageError } from "../exit-codes.ts";
export type { PlanResult } from "../reporters/plan-result.ts";
export { type Format, formats } from "../reporters/reporters.ts";
export type { OpenedSource } from "../source/open.ts";
export { check, type FactsOptions, facts, type PlanLike } from "./check.ts";
export { type Configuration, type ConfigurationPlace, loadConfiguration } from "./configuration.ts";
export { OptionsError } from "./options-error.ts";
export { type RenderOptions, render } from "./render.ts";
export { openSource } from "./source.ts";
