import { describe, expect, it } from "vitest";
import { appliesToEveryResource, namesEveryAction, reachesAnyActionOf } from "../../engine/iam/actions.ts";
import { readPolicyDocument, type Statement } from "../../engine/model/policy-document.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

function statement(members: object): Statement {
  const document = readPolicyDocument({ Statement: { Effect: "Allow", ...members } }, "policy");
  const [first] = document instanceof Unknown ? [] : document.statements;
  if (first === undefined) throw new Error("no statement");
  return first;
}

describe("patterns for every resource", () => {
  it.each(["*", "**", "?*", "arn*", "a*", "arn:*", "arn:aws:*", "arn:aws:*:*:*:*", "arn:aws-cn:*", "*:*"])(
    "%s",
    (Resource) => {
      expect(appliesToEveryResource(statement({ Resource }))).toBe(true);
    },
  );
  it.each(["", "arn:aws:s3:::*", "arn:aws:ecs:*:*:*", "arn:aws:*:*:111122223333:*", "*/*", "arn:aws:??:*"])(
    "not %s",
    (Resource) => {
      expect(appliesToEveryResource(statement({ Resource }))).toBe(false);
    },
  );
});

describe("patterns for every action", () => {
  it.each(["*", "**", "*:*", "?*", "*:?*"])("%s", (Action) => {
    expect(namesEveryAction(statement({ Action }))).toBe(true);
  });
  it.each(["", "s3:*", "s*", "*:Get*", "*Get*"])("not %s", (Action) => {
    expect(namesEveryAction(statement({ Action }))).toBe(false);
  });
});

describe("patterns that take in every action together", () => {
  const letters = [..."abcdefghijklmnopqrstuvwxyz"].map((letter) => `${letter}*`);
  it("one for each letter", () => {
    expect(namesEveryAction(statement({ Action: letters }))).toBe(true);
  });
  it("not where one letter is missing", () => {
    expect(namesEveryAction(statement({ Action: [...letters.slice(1), "s3:*"] }))).toBe(false);
  });
});

describe("patterns that reach an action of ECR", () => {
  it.each(["*", "ecr:*", "ECR:PutImage", "e*", "ecr*Image", "?cr:*", "*PutImage", "ecr:"])("%s", (Action) => {
    expect(reachesAnyActionOf(statement({ Action }), "ecr")).toBe(true);
  });
  it.each(["", "s3:*", "ec2*", "ecr-public:*", "ecr"])("not %s", (Action) => {
    expect(reachesAnyActionOf(statement({ Action }), "ecr")).toBe(false);
  });
  it.each([
    ["ecr:*", false],
    ["*", false],
    ["ecr*", false],
    ["ecr:Put*", true],
    ["s3:*", true],
  ])("by NotAction %s: %s", (NotAction, expected) => {
    expect(reachesAnyActionOf(statement({ NotAction }), "ecr")).toBe(expected);
  });
});
