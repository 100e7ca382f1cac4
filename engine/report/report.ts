import type * as z from "zod";
import type { reportParts, reportSchema } from "./report-schema.ts";

// The types of the report, inferred of its schema. The build prints them without zod for those who embed plimsoll.

type Part<N extends keyof typeof reportParts> = z.infer<(typeof reportParts)[N]>;

export type { ShownValue } from "./report-schema.ts";
export type CountermeasureState = Part<"CountermeasureState">;
export type ControlState = Part<"ControlState">;
export type Finding = Part<"Finding">;
export type FindingWaiver = Part<"FindingWaiver">;
export type Location = Part<"Location">;
export type NistCountermeasure = Part<"NistCountermeasure">;
export type NistPolicy = Part<"NistPolicy">;
export type ReportEvidence = Part<"ReportEvidence">;
export type ReportIgnored = Part<"ReportIgnored">;
export type ReportPolicy = Part<"ReportPolicy">;
export type ReportRun = Part<"ReportRun">;
export type ReportSystem = Part<"ReportSystem">;
export type ReportWaiver = Part<"ReportWaiver">;
export type SystemEdge = Part<"SystemEdge">;
export type SystemKind = Part<"SystemKind">;
export type SystemNode = Part<"SystemNode">;
export type Report = z.infer<typeof reportSchema>;
