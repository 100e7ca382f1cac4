import { describe, expect, it } from "vitest";
import { grantsOnAny, isGrantedOnAny } from "../../engine/iam/any-resource-grants.ts";
import type { IdentityStatements } from "../../engine/iam/identity-grants.ts";
import { repositoryType } from "../../engine/iam/resource-types.ts";
import { arnOf, later, shown, statement, statements } from "./statement.ts";

const none = { missing: null, outside: null, boundary: null };
const allow = { Effect: "Allow", Action: "ecr:*", Resource: "*" };
const deny = { Effect: "Deny", Action: "ecr:*", Resource: "*" };
const shop = "arn:aws:ecr:eu-west-1:111122223333:repository/shop/*";
const sometimes = { Condition: { Bool: { "aws:SecureTransport": "true" } } };

function granted(more: Partial<IdentityStatements>, ...documents: object[]) {
  const identity = { ...none, ...more, statements: statements(...documents) };
  const answers = (["at-times", "always"] as const).map((certainty) =>
    shown(isGrantedOnAny(identity, "ecr:PutImage", repositoryType, certainty)),
  );
  const [atTimes, always] = answers;
  return atTimes === always ? atTimes : answers;
}

describe("whether a statement allows an action on any repository", () => {
  it.each<[object, unknown, string]>([
    [{ Resource: "*" }, true, "everything"],
    [{ Resource: "arn:aws:ecr" }, true, "an incomplete ARN goes on with stars"],
    [{ Resource: shop }, true, "some repositories"],
    [{ Resource: ["arn:aws:logs:*:*:*", shop] }, true, "some among others"],
    [{ Resource: "arn:aws:s3:::artifacts/*" }, false, "another service"],
    [{ Resource: "arn:aws:ecr:*:*:pull-through/*" }, false, "another type"],
    [{ NotResource: shop }, true, "all but some"],
    [{ NotResource: "arn:aws:ecr:*:*:repository/*" }, false, "all but repositories"],
    [{ NotResource: "arn:*" }, false, "all but everything"],
    [{ NotResource: later }, "unknown", "the exception may be everything"],
    [{ Resource: arnOf("aws_ecr_repository") }, true, "a repository of this plan"],
    [{ Resource: arnOf("aws_s3_bucket") }, false, "a bucket of this plan"],
    [{ Resource: later }, "unknown", "nothing tells"],
    [{ ...sometimes, Resource: shop }, true, "under a condition"],
    [{ Effect: "Deny", Resource: shop }, false, "a Deny allows nothing"],
    [{ Effect: later, Resource: shop }, "unknown", "it may be a Deny"],
  ])("%j: %s, as %s", (members, expected) => {
    const allowing = statement({ Action: "ecr:Put*", ...members });
    expect(shown(grantsOnAny(allowing, "ecr:PutImage", repositoryType))).toBe(expected);
  });
});

describe("what a Deny leaves of an Allow", () => {
  it.each<[object, object, unknown, string]>([
    [allow, deny, false, "all of everything"],
    [allow, { ...deny, Resource: "arn:aws:ecr:*:*:repository/*" }, false, "every repository"],
    [allow, { ...deny, Resource: "arn:aws:ecr:*:*:repository/?*" }, false, "every repository, as each has a name"],
    [allow, { ...deny, Resource: shop }, true, "others are left"],
    [allow, { ...deny, Resource: "arn:aws:ecr:eu-west-1:*:repository/*" }, true, "other regions are left"],
    [
      allow,
      { ...deny, Resource: "arn:aws:ecr:*:111122223333:repository/*" },
      "unknown",
      "it may be the account of the role",
    ],
    [
      { ...allow, Resource: "arn:aws:ecr:*:111122223333:*" },
      { ...deny, Resource: "arn:aws:ecr:*:111122223333:repository/*" },
      false,
      "the account is the same",
    ],
    [
      { ...allow, Resource: "arn:aws:ecr:*:111122223333:*" },
      { ...deny, Resource: "arn:aws:ecr:*:444455556666:repository/*" },
      true,
      "the account is another",
    ],
    [{ ...allow, Resource: shop }, { ...deny, Resource: "arn:aws:ecr:*:*:repository/shop/*" }, false, "the same names"],
    [{ ...allow, Resource: shop }, { ...deny, Resource: "arn:aws:ecr:*:*:repository/prod/*" }, true, "other names"],
    [{ ...allow, Resource: shop }, { ...deny, Resource: "arn:aws:ecr:*:*:repository/shop/api" }, true, "one of them"],
    [{ ...allow, Resource: [shop, "arn:aws:s3:::a"] }, { ...deny, Resource: shop }, false, "no bucket is a repository"],
    [allow, { ...deny, Resource: undefined, NotResource: shop }, true, "the exception is left"],
    [allow, { ...deny, Resource: undefined, NotResource: "arn:aws:s3:::a" }, false, "the exception is no repository"],
    [allow, { ...deny, Resource: arnOf("aws_ecr_repository") }, true, "one repository of many"],
    [
      { ...allow, Resource: arnOf("aws_ecr_repository") },
      { ...deny, Resource: arnOf("aws_s3_bucket") },
      true,
      "a bucket",
    ],
    [{ ...allow, Resource: "arn:aws:ecr" }, { ...deny, Resource: "arn:aws:ecr:*:*" }, false, "both go on with stars"],
    [allow, { ...deny, Resource: later }, "unknown", "it may be every repository"],
    [{ ...allow, Resource: arnOf("aws_ecr_repository") }, { ...deny, Resource: shop }, "unknown", "it may be that one"],
    [{ ...allow, Resource: arnOf("aws_ecr_repository") }, deny, false, "every one is that one too"],
    [
      { ...allow, Resource: arnOf("aws_ecr_repository") },
      { ...deny, Resource: "arn:aws:s3:::a" },
      true,
      "another service",
    ],
    [allow, { ...deny, Action: "ecr:Delete*" }, true, "another action"],
    [allow, { ...deny, Action: undefined, NotAction: "iam:*" }, false, "all actions but others"],
    [allow, { ...deny, ...sometimes }, "unknown", "at times"],
    [allow, { ...deny, Effect: later }, "unknown", "it may be an Allow"],
    [{ ...allow, ...sometimes }, deny, false, "what holds at times too"],
  ])("%j, %j: %s, as %s", (allowing, denying, expected) => {
    expect(granted({}, allowing, denying)).toBe(expected);
  });
});

describe("what a permissions boundary leaves", () => {
  const within = (...documents: object[]) => ({
    boundary: { version: null, statements: statements(...documents), missing: null },
  });
  it.each<[string, unknown, unknown]>([
    ["everything", granted(within({ Effect: "Allow", Action: "*", Resource: "*" }), allow), true],
    ["all but others", granted(within({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), allow), true],
    ["every repository", granted(within({ ...allow, Resource: "arn:aws:ecr:*:*:repository/*" }), allow), true],
    ["other actions", granted(within({ ...allow, Action: "s3:*" }), allow), false],
    ["other resources", granted(within({ ...allow, Resource: "arn:aws:s3:::a" }), allow), false],
    ["nothing of it", granted(within(allow, deny), allow), false],
    ["some repositories", granted(within({ ...allow, Resource: shop }), allow), "unknown"],
    ["all but some", granted(within(allow, { ...deny, Resource: shop }), allow), "unknown"],
    ["everything at times", granted(within({ ...allow, ...sometimes }), allow), "unknown"],
    ["what nothing else allows", granted(within(allow)), false],
    ["what is denied", granted(within(allow), allow, deny), false],
  ])("%s", (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});

describe("what is unknown of an identity", () => {
  it.each<[string, unknown, unknown]>([
    ["nothing allows", granted({}), false],
    ["a statement that is not read may allow", granted({ missing: later }), "unknown"],
    ["or deny", granted({ missing: later }, allow), "unknown"],
    ["a policy elsewhere may allow", granted({ outside: later }), "unknown"],
    [
      "that it denies is said only where the permission is needed",
      granted({ outside: later }, allow),
      [true, "unknown"],
    ],
    ["a boundary allows nothing", granted({ boundary: later }), false],
    ["and may take everything", granted({ boundary: later }, allow), "unknown"],
    [
      "a condition may not hold when the permission is needed",
      granted({}, { ...allow, ...sometimes }),
      [true, "unknown"],
    ],
    ["what is denied is so, whatever else there is", granted({ outside: later }, allow, deny), false],
  ])("%s", (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});
