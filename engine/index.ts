export { type CheckOptions, check, facts, type PlanBytes, selectPolicies } from "./check.ts";
export { compareReports, ReportError, readReport, readReports } from "./compare-reports.ts";
export { checkConfig } from "./config/check-config.ts";
export {
  ConfigError,
  type ConfigSource,
  mergeConfigs,
  parseConfigFile,
} from "./config/config.ts";
export { isDay } from "./config/day.ts";
export { type Config, emptyConfig } from "./config/empty-config.ts";
export { type OptionsOf, optionMistakes } from "./config/program-options.ts";
export { saysSomething } from "./config/says-something.ts";
export { policiesOfControl } from "./control-selection.ts";
export { unknownName } from "./files/unknown-name.ts";
export { parseTraversal, type TraversalStep } from "./plan/address.ts";
export { PlanError, type PlanErrorCode } from "./plan/errors.ts";
export type { Control, Countermeasure } from "./policy/countermeasure.ts";
export { factsOf } from "./policy/named-facts.ts";
export type { Override } from "./policy/override.ts";
export { type Example, type ParameterValues, type Policy, type Severity, severities } from "./policy/policy.ts";
export { policyPage } from "./policy/policy-page.ts";
export { PolicyFileError, type PolicyFromFile, parsePolicyFiles } from "./policy/source.ts";
export type { Waiver } from "./policy/waiver.ts";
export { type Cause, causeOf, sharedFingerprint } from "./report/cause.ts";
export type { FactsReport, ShownFact, ShownJoin, ShownSubject } from "./report/facts-report.ts";
export { instanceKeys, withoutInstances, withoutKeys } from "./report/instance-keys.ts";
export { type Place, placeOf } from "./report/place.ts";
export type {
  ControlState,
  CountermeasureState,
  Finding,
  FindingWaiver,
  Location,
  NistCountermeasure,
  NistPolicy,
  Report,
  ReportEvidence,
  ReportIgnored,
  ReportPolicy,
  ReportRun,
  ReportSystem,
  ReportWaiver,
  ShownValue,
  SystemEdge,
  SystemKind,
  SystemNode,
} from "./report/report.ts";
export type { RunEvidence } from "./report/run.ts";
export { showValue } from "./report/show-value.ts";
export { elementNameKeys, type Source } from "./report/source.ts";
export { type WrittenWaiver, waiversByCause, waiversByInstance } from "./report/written-waivers.ts";
export { factDescriptions } from "./subjects/fact-descriptions.ts";
export { globalParameterType, isGlobalParameter } from "./subjects/settings.ts";
export { type PolicyTest, type TestFailure, testPolicy } from "./test-policy.ts";
