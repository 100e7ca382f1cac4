import { describe, expect, it } from "vitest";
import { pushActions } from "../../engine/iam/ecr-actions.ts";
import { refusalOf } from "../../engine/iam/refused-callers.ts";
import { readPolicyDocument } from "../../engine/model/policy-document.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

const build = "arn:aws:iam::111122223333:role/build";
const later = new Unknown("after-apply");
const deny = (statement: object) => ({ Effect: "Deny", Principal: "*", Action: pushActions, ...statement });
const spare = (operator: string, values: unknown, key = "aws:PrincipalArn") => ({ [operator]: { [key]: values } });

function refusal(...statements: object[]) {
  const document = readPolicyDocument({ Version: "2012-10-17", Statement: statements }, "policy");
  const found = document instanceof Unknown ? document : refusalOf(document, pushActions);
  if (found instanceof Unknown) return "unknown";
  return "reason" in found ? found.reason : found.spared.map((value) => (value instanceof Unknown ? "later" : value));
}

describe("a Deny that refuses pushes", () => {
  it.each<[string, object[], string[]]>([
    ["to everybody but one role", [deny({ Condition: spare("ArnNotLike", build) })], [build]],
    ["by every negated operator", [deny({ Condition: spare("StringNotEquals", [build]) })], [build]],
    ["also to callers without the key", [deny({ Condition: spare("ArnNotEqualsIfExists", build) })], [build]],
    [
      "for all values, of which there is one",
      [deny({ Condition: spare("ForAllValues:StringNotLike", build) })],
      [build],
    ],
    ["to everybody, the pipeline too", [deny({})], []],
    ["to all AWS principals", [deny({ Principal: { AWS: "*" } })], []],
    ["by a wildcard", [deny({ Action: "ECR:*" })], []],
    ["by what NotAction leaves", [deny({ Action: undefined, NotAction: ["ecr:Describe*"] })], []],
    ["by two statements together", [deny({ Action: ["ecr:PutImage"] }), deny({ Action: ["ecr:*Layer*"] })], []],
    ["sparing what AWS does itself", [deny({ Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } } })], []],
    [
      "sparing service-linked roles",
      [deny({ Condition: spare("ArnNotLike", "arn:aws:iam::*:role/aws-service-role/*") })],
      [],
    ],
    [
      "by two conditions, of which each spares its own",
      [deny({ Condition: { ...spare("ArnNotLike", build), ...spare("StringNotLike", "*") } })],
      [build, "*"],
    ],
    [
      "by two of which each spares others besides",
      [
        deny({ Condition: spare("ArnNotLike", [build, "arn:aws:iam::111122223333:role/other"]) }),
        deny({ Condition: spare("ArnNotLike", [build, "arn:aws:iam::111122223333:role/exec"]) }),
      ],
      [build],
    ],
    [
      "by two of which one spares roles of a path",
      [
        deny({ Condition: spare("ArnNotLike", "arn:aws:iam::111122223333:role/b*") }),
        deny({ Condition: spare("ArnNotLike", [build, "arn:aws:iam::111122223333:role/exec"]) }),
      ],
      [build],
    ],
    [
      "by two that spare nobody together",
      [
        deny({ Condition: spare("ArnNotLike", "arn:aws:iam::111122223333:role/exec") }),
        deny({ Condition: spare("ArnNotLike", build) }),
      ],
      [],
    ],
    [
      "sparing what AWS does itself, in any case",
      [deny({ Condition: { Bool: { "aws:PrincipalIsAWSService": "False" } } })],
      [],
    ],
    ["by the narrower of two", [deny({ Condition: spare("ArnNotLike", "*") }), deny({})], []],
    ["sparing anyone, which the list says", [deny({ Condition: spare("ArnNotLike", "*") })], ["*"]],
    [
      "by NotPrincipal with the account and session that it needs",
      [
        {
          Effect: "Deny",
          NotPrincipal: {
            AWS: [build, "arn:aws:iam::111122223333:root", "arn:aws:sts::111122223333:assumed-role/build/session"],
          },
          Action: pushActions,
        },
      ],
      [build],
    ],
    [
      "by NotPrincipal with the session of another role",
      [{ Effect: "Deny", NotPrincipal: { AWS: ["arn:aws:sts::1:assumed-role/dev/s"] }, Action: pushActions }],
      ["arn:aws:sts::1:assumed-role/dev/s"],
    ],
    ["to all but one that is known at apply", [deny({ Condition: spare("ArnNotLike", [later]) })], ["later"]],
  ])("%s", (_, statements, spared) => {
    expect(refusal(...statements)).toEqual(spared);
  });
});

describe("a Deny that refuses less than it looks like", () => {
  it.each<[string, object[], string]>([
    ["none at all", [], "no statement denies ecr:PutImage"],
    ["an Allow", [{ ...deny({}), Effect: "Allow" }], "no statement denies ecr:PutImage"],
    ["one of the actions", [deny({ Action: "ecr:PutImage" })], "no statement denies ecr:InitiateLayerUpload"],
    ["some principals", [deny({ Principal: { AWS: build } })], "the Deny names some principals instead of everybody"],
    [
      "an ARN with a wildcard account",
      [deny({ Principal: { AWS: "arn:aws:iam::*:role/dev" } })],
      "the Deny names some principals instead of everybody",
    ],
    [
      "a list that nothing is in",
      [deny({ Condition: { ...spare("ArnNotLike", build), Bool: { "aws:PrincipalIsAWSService": [] } } })],
      "the Deny is narrowed by aws:PrincipalIsAWSService",
    ],
    [
      "a positive operator",
      [deny({ Condition: spare("ArnLike", build) })],
      "with ArnLike the Deny denies only those that aws:PrincipalArn names",
    ],
    [
      "any value",
      [deny({ Condition: spare("ForAnyValue:ArnNotLike", build) })],
      "with ForAnyValue:ArnNotLike the Deny denies only those that aws:PrincipalArn names",
    ],
    [
      "a key that roles do not have",
      [deny({ Condition: spare("ArnNotLike", build, "aws:SourceArn") })],
      "aws:SourceArn is not there for the calls of roles; the Deny needs aws:PrincipalArn",
    ],
    [
      "a further key",
      [deny({ Condition: { ...spare("ArnNotLike", build), StringNotEquals: { "aws:SourceVpce": "vpce-0a" } } })],
      "the Deny is narrowed by aws:SourceVpce",
    ],
  ])("%s", (_, statements, reason) => {
    expect(refusal(...statements)).toBe(reason);
  });
});

describe("what the plan does not show", () => {
  it.each<[string, object[]]>([
    ["the effect", [{ ...deny({}), Effect: later }]],
    ["an action", [deny({ Action: [later] })]],
    ["the principal", [deny({ Principal: later })]],
    ["the conditions", [deny({ Condition: later })]],
  ])("%s", (_, statements) => {
    expect(refusal(...statements)).toBe("unknown");
  });

  it("does not matter where another statement decides", () => {
    expect(refusal(deny({ Action: [later] }), deny({}))).toEqual([]);
  });
});
