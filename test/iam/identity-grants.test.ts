import { describe, expect, it } from "vitest";
import { type Arn, matchesArn } from "../../engine/iam/arns.ts";
import { isGranted } from "../../engine/iam/identity-grants.ts";
import { readPolicyDocument } from "../../engine/model/policy-document.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

const repository: Arn = {
  service: "ecr",
  region: "eu-west-1",
  account: "111122223333",
  prefix: "repository/",
  name: "shop/api",
};
const hidden = new Unknown("after-apply");

describe("whether a pattern matches an ARN", () => {
  it.each([
    ["*", true],
    ["arn:aws:ecr:*", true],
    ["arn:aws:ecr:eu-west-1:111122223333:repository/shop/api", true],
    ["arn:*:ecr:*:*:repository/shop/*", true],
    ["arn:aws:ecr:eu-west-1:111122223333:repository/shop", false],
    ["arn:aws:ecr:us-east-1:111122223333:repository/shop/api", false],
    ["arn:aws:ecr:eu-west-1:444455556666:repository/shop/api", false],
    ["arn:aws:s3:::shop", false],
    ["shop/api", false],
  ])("%s", (pattern, expected) => {
    expect(matchesArn(pattern, repository)).toBe(expected);
  });

  const accountless: Arn = { ...repository, account: null };
  const noAccount = new Unknown(
    "stated",
    [],
    "the plan does not show its own account; state it in the parameter account_ids",
  );
  it.each([
    ["any account", "arn:aws:ecr:eu-west-1:*:repository/shop/*", accountless, true],
    ["some account", "arn:aws:ecr:eu-west-1:111122223333:repository/shop/*", accountless, noAccount],
    ["another repository", "arn:aws:ecr:eu-west-1:111122223333:repository/other", accountless, false],
    ["another service", "arn:aws:sqs:*:*:queue", accountless, false],
    ["any name", "arn:aws:ecr:*:*:repository/*", { ...repository, name: hidden }, true],
    ["some name", "arn:aws:ecr:*:*:repository/shop/*", { ...repository, name: hidden }, hidden],
    ["another region", "arn:aws:ecr:us-east-1:*:repository/shop/*", { ...repository, name: hidden }, false],
    ["no repository", "arn:aws:ecr:*:*:pull-through/*", { ...repository, name: hidden }, false],
  ])("not all is told: %s", (_, pattern, arn, expected) => {
    expect(matchesArn(pattern, arn)).toEqual(expected);
  });
});

function granted(
  statements: readonly unknown[],
  missing: Unknown | null = null,
  bounding: readonly unknown[] | null = null,
) {
  const document = readPolicyDocument({ Statement: statements }, "policy");
  if (document instanceof Unknown) return document;
  const boundary = bounding === null ? null : readPolicyDocument({ Statement: bounding }, "policy");
  return isGranted(
    { statements: document.statements, missing, outside: null, boundary },
    "ecr:StartImageScan",
    (resource) => (resource instanceof Unknown ? resource : resource === "*"),
  );
}

describe("whether statements grant an action", () => {
  const allow = { Effect: "Allow", Action: "ecr:startimage*", Resource: "*" };
  const conditional = { Condition: { Bool: { "aws:SecureTransport": "true" } } };
  const sometimes = new Unknown("stated", [], "a statement for it holds only under a condition");
  it.each([
    ["no statement", granted([]), false],
    ["the action", granted([allow]), true],
    ["another action", granted([{ ...allow, Action: "ecr:Describe*" }]), false],
    ["all actions but others", granted([{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }]), true],
    ["all actions but this one", granted([{ Effect: "Allow", NotAction: "ecr:*", Resource: "*" }]), false],
    ["another resource", granted([{ ...allow, Resource: ["elsewhere"] }]), false],
    ["all resources but this one", granted([{ Effect: "Allow", Action: "*", NotResource: "*" }]), false],
    ["a refusal", granted([allow, { ...allow, Effect: "Deny" }]), false],
    ["a refusal of another action", granted([allow, { ...allow, Effect: "Deny", Action: "iam:*" }]), true],
    ["under a condition", granted([{ ...allow, ...conditional }]), sometimes],
    ["a refusal under a condition", granted([allow, { ...allow, Effect: "Deny", ...conditional }]), sometimes],
    ["statements that are not read", granted([], hidden), hidden],
    ["statements that are not read may refuse", granted([allow], hidden), hidden],
    ["a boundary of other actions", granted([allow], null, [{ ...allow, Action: "s3:*" }]), false],
    ["a boundary of this action", granted([allow], null, [{ ...allow, Action: "ecr:*" }]), true],
    ["a boundary alone", granted([], null, [allow]), false],
    ["an unknown resource", granted([{ ...allow, Resource: hidden }]), hidden],
  ])("%s", (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});
