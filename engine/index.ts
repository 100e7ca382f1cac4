export { type CheckOptions, check, facts, selectPolicies } from "./check.ts";
export { checkConfig } from "./config/check-config.ts";
export { type Config, ConfigError, type ConfigSource, emptyConfig, mergeConfigs, parseConfigFile } from "./config/config.ts";
export { type ExampleResult, runExamples } from "./evaluate/examples.ts";
export { parseTraversal, type TraversalStep } from "./plan/address.ts";
export { PlanError, type PlanErrorCode } from "./plan/errors.ts";
export type { Countermeasure } from "./policy/countermeasure.ts";
export { type Policy, type Severity, severities } from "./policy/policy.ts";
export type { Override } from "./policy/override.ts";
export { PolicyFileError, type PolicyFromFile, parsePolicyFiles } from "./policy/source.ts";
export type { Waiver } from "./policy/waiver.ts";
export type { FactsReport, ShownFact, ShownJoin, ShownSubject } from "./report/facts-report.ts";
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
export { showValue } from "./report/show-value.ts";
export { elementNameKeys, type Location, type Source } from "./report/source.ts";
