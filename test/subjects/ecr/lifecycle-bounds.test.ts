import { describe, expect, it } from "vitest";
import { readLifecyclePolicy } from "../../../engine/model/lifecycle-policy.ts";
import { Unknown } from "../../../engine/plan/unknown.ts";
import { lifecycleBounds } from "../../../engine/subjects/ecr/lifecycle-bounds.ts";

type Selection = Record<string, unknown>;

function boundsOf(...rules: [priority: unknown, selection: Selection, action?: string][]) {
  const json = {
    rules: rules.map(([rulePriority, selection, type = "expire"]) => ({ rulePriority, selection, action: { type } })),
  };
  const read = readLifecyclePolicy(json, { state: "known", value: "", path: "policy", sensitive: false });
  return read instanceof Unknown ? read : lifecycleBounds(read);
}

const count = (number: unknown) => ({ countType: "imageCountMoreThan", countNumber: number });
const days = (number: unknown) => ({ countType: "sinceImagePushed", countUnit: "days", countNumber: number });
const any = { tagStatus: "any" };
const untagged = { tagStatus: "untagged" };
const tagged = (...tagPrefixList: unknown[]) => ({ tagStatus: "tagged", tagPrefixList });
const patterned = (...tagPatternList: unknown[]) => ({ tagStatus: "tagged", tagPatternList });
const none = { value: 0, rule: null };

const whole = {
  expiresImages: true,
  taggedCoverage: "all",
  coversTagged: true,
  coversUntagged: true,
  count: none,
  age: none,
  untaggedCount: none,
  untaggedAge: none,
  kept: null,
  anyIsLast: true,
  combinesTags: false,
  archives: false,
};
const unpushed = new Unknown(
  "stated",
  [],
  "images with other tags than those of the rules are never expired, and no plan shows which tags are pushed",
);

describe("what the rules of a lifecycle policy bound", () => {
  it.each([
    [
      "any by count",
      boundsOf([1, { ...any, ...count(30) }]),
      { count: { value: 30, rule: 0 }, kept: { most: 30, fewest: 30 } },
    ],
    ["any by age", boundsOf([1, { ...any, ...days(60) }]), { age: { value: 60, rule: 0 } }],
    [
      "a number as text",
      boundsOf(["1", { ...any, ...count("30") }]),
      { count: { value: 30, rule: 0 }, kept: { most: 30, fewest: 30 } },
    ],
    [
      "untagged images of their own",
      boundsOf([1, { ...untagged, ...days(7) }], [2, { ...any, ...count(30) }]),
      { untaggedAge: { value: 7, rule: 0 }, count: { value: 30, rule: 1 }, kept: { most: 30, fewest: 30 } },
    ],
    [
      "a shielding rule before any",
      boundsOf([1, { ...tagged("v"), ...count(9999) }], [2, { ...any, ...count(30) }]),
      { count: { value: 9999, rule: 0 }, kept: { most: 9999, fewest: 30 } },
    ],
    [
      "the order of priorities, not of the text",
      boundsOf([2, { ...any, ...count(30) }], [1, { ...tagged("v"), ...count(40) }]),
      { count: { value: 40, rule: 1 }, kept: { most: 40, fewest: 30 } },
    ],
    [
      "a rule that an earlier pattern leaves nothing to",
      boundsOf(
        [1, { ...patterned("v*"), ...count(40) }],
        [2, { ...tagged("v1"), ...count(9999) }],
        [3, { ...any, ...days(90) }],
      ),
      { count: { value: 40, rule: 0 }, age: { value: 90, rule: 2 } },
    ],
    [
      "a pattern for every tag",
      boundsOf([1, { ...untagged, ...count(1) }], [2, { ...patterned("*"), ...count(20) }]),
      { untaggedCount: { value: 1, rule: 0 }, count: { value: 20, rule: 1 }, kept: { most: 20, fewest: 20 } },
    ],
    [
      "some tags only",
      boundsOf([1, { ...untagged, ...days(7) }], [2, { ...tagged("v"), ...count(20) }]),
      {
        taggedCoverage: "patterns",
        coversTagged: unpushed,
        untaggedAge: { value: 7, rule: 0 },
        count: { value: 20, rule: 1 },
        kept: { most: 20, fewest: 20 },
      },
    ],
    [
      "several tags at once",
      boundsOf([1, { ...untagged, ...days(7) }], [2, { ...tagged("0", "1"), ...count(20) }]),
      {
        taggedCoverage: "combined-patterns",
        coversTagged: false,
        untaggedAge: { value: 7, rule: 0 },
        count: { value: 20, rule: 1 },
        kept: { most: 20, fewest: 20 },
        combinesTags: true,
      },
    ],
    [
      "untagged images only",
      boundsOf([1, { ...untagged, ...days(3650) }]),
      { taggedCoverage: "none", coversTagged: false, untaggedAge: { value: 3650, rule: 0 } },
    ],
    [
      "one image under one tag, the rest by age",
      boundsOf([1, { ...tagged("latest"), ...count(1) }], [2, { ...any, ...days(90) }]),
      { count: { value: 1, rule: 0 }, age: { value: 90, rule: 1 } },
    ],
    [
      "a rule for any image before another",
      boundsOf([1, { ...any, ...count(30) }], [2, { ...untagged, ...days(7) }]),
      { count: { value: 30, rule: 0 }, kept: { most: 30, fewest: 30 }, anyIsLast: false },
    ],
    [
      "moving to the archive",
      boundsOf([1, { ...any, countType: "sinceImagePulled", countUnit: "days", countNumber: 90 }, "transition"]),
      { expiresImages: false, taggedCoverage: "none", coversTagged: false, coversUntagged: false, archives: true },
    ],
    [
      "no rules",
      boundsOf(),
      { expiresImages: false, taggedCoverage: "none", coversTagged: false, coversUntagged: false },
    ],
  ])("%s", (_, actual, expected) => {
    expect(actual).toEqual({ ...whole, ...expected });
  });

  const hidden = new Unknown("after-apply");
  const shape = new Unknown("unexpected-shape");
  it.each([
    [
      "the count",
      boundsOf([1, { ...any, ...count(hidden) }]),
      { count: { value: hidden, rule: 0 }, kept: { most: hidden, fewest: hidden } },
    ],
    [
      "a unit that is none",
      boundsOf([1, { ...any, ...days(9), countUnit: "weeks" }]),
      { age: { value: shape, rule: 0 } },
    ],
    [
      "a way of counting that is none",
      boundsOf([1, { ...any, countType: "sinceLunch", countNumber: 9 }]),
      { count: { value: shape, rule: 0 }, age: { value: shape, rule: 0 } },
    ],
    [
      "rules for the archive beside others",
      boundsOf([1, { ...any, ...days(90) }], [2, { ...any, ...days(30) }, "transition"]),
      {
        age: { value: 90, rule: 0 },
        archives: true,
        coversTagged: new Unknown(
          "stated",
          [],
          "a rule that moves images to the archive may keep the rules that expire them from doing so",
        ),
        coversUntagged: new Unknown(
          "stated",
          [],
          "a rule that moves images to the archive may keep the rules that expire them from doing so",
        ),
      },
    ],
  ])("unknown: %s", (_, actual, expected) => {
    expect(actual).toEqual({ ...whole, ...expected });
  });

  it.each([
    ["which images", boundsOf([1, { tagStatus: hidden, ...count(3) }]), hidden],
    ["a tag", boundsOf([1, { ...tagged("v", hidden), ...count(3) }]), hidden],
    ["the priority", boundsOf([hidden, { ...any, ...count(3) }]), hidden],
    ["the action", boundsOf([1, { ...any, ...count(3), storageClass: hidden }]), hidden],
    ["no selection", boundsOf([1, {}]), shape],
    [
      "expiry from the archive",
      boundsOf(
        [1, { ...any, ...days(30) }, "transition"],
        [
          2,
          { ...any, storageClass: "archive", countType: "sinceImageTransitioned", countUnit: "days", countNumber: 90 },
        ],
      ),
      new Unknown(
        "stated",
        [],
        "rules move images to the archive and expire them there; how long both take together is not added up",
      ),
    ],
  ])("nothing is told: %s", (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});
