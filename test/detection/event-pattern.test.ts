import { expect, it } from "vitest";
import { Unknown } from "../../engine/plan/unknown.ts";
import { matchesEvents } from "../../engine/subjects/detection/event-pattern.ts";

const finding = { source: "aws.guardduty", detailType: "GuardDuty Finding" };

it.each<[string, unknown, boolean | "unknown"]>([
  ["the source alone", { source: ["aws.guardduty"] }, true],
  ["one of several sources", { source: ["aws.ecr", "aws.guardduty"] }, true],
  ["another source", { source: ["aws.ecr"] }, false],
  ["the detail type alone", { "detail-type": ["GuardDuty Finding"] }, true],
  ["another detail type of the source", { source: ["aws.guardduty"], "detail-type": ["Other"] }, false],
  [
    "a severity narrows which findings",
    { source: ["aws.guardduty"], detail: { severity: [{ numeric: [">", 4] }] } },
    true,
  ],
  ["no source at all", { account: ["111122223333"] }, true],
  ["an empty list matches nothing", { source: [] }, false],
  ["prefix", { source: [{ prefix: "aws." }] }, true],
  ["suffix", { source: [{ suffix: ".ecr" }] }, false],
  ["wildcard", { source: [{ wildcard: "*guard*" }] }, true],
  ["a question mark is no wildcard", { source: [{ wildcard: "aws?guardduty" }] }, false],
  ["another case", { source: [{ "equals-ignore-case": "AWS.GuardDuty" }] }, true],
  ["all but another", { source: [{ "anything-but": "aws.ec2" }] }, true],
  ["all but this", { source: [{ "anything-but": "aws.guardduty" }] }, false],
  ["all but a list", { source: [{ "anything-but": ["aws.ec2"] }] }, "unknown"],
  ["an operator that is not known", { source: [{ exists: true }] }, "unknown"],
  ["alternatives", { $or: [{ source: ["aws.guardduty"] }] }, "unknown"],
  ["no list", { source: "aws.guardduty" }, "unknown"],
  ["no object", [], "unknown"],
])("%s", (_, pattern, expected) => {
  const found = matchesEvents(pattern, finding);
  expect(found instanceof Unknown ? "unknown" : found).toBe(expected);
});
