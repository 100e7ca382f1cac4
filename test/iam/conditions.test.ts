import { describe, expect, it } from "vitest";
import { requiresMfa, scopingKeys } from "../../engine/iam/condition-scopes.ts";
import {
  grantsPassRole,
  limitsPassedToService,
  mayPassTo,
  namesEveryRole,
  passedToServices,
} from "../../engine/iam/pass-role.ts";
import { arnOf, later, shown, statement } from "./statement.ts";

const cluster = "arn:aws:ecs:eu-west-1:111122223333:cluster/dev";

describe("conditions that narrow what is allowed, and those that only look so", () => {
  it.each<[unknown, unknown, string]>([
    [{ ArnEquals: { "ecs:cluster": cluster } }, ["ecs:cluster"], "one cluster"],
    [{ StringEquals: { "ECS:Cluster": cluster } }, ["ecs:cluster"], "case does not count in keys"],
    [{ arnlike: { "ecs:cluster": cluster } }, ["ecs:cluster"], "nor in operators"],
    [{ ArnLike: { "ecs:cluster": "arn:aws:ecs:*:*:cluster/*" } }, [], "every cluster of every account"],
    [{ ArnEquals: { "ecs:cluster": "arn:aws:ecs:*:*:cluster/*" } }, [], "ArnEquals takes wildcards too"],
    [{ ArnLike: { "ecs:cluster": "arn:aws:ecs:*:111122223333:cluster/dev-*" } }, ["ecs:cluster"], "some clusters"],
    [{ StringLike: { "aws:ResourceTag/team": "*" } }, [], "any value"],
    [{ StringLike: { "aws:ResourceTag/team": "?*" } }, [], "any value but the empty one"],
    [{ StringLike: { "aws:ResourceTag/team": "shop-*" } }, ["aws:resourcetag/team"], "some values"],
    [
      { StringEquals: { "aws:ResourceTag/team": "*" } },
      ["aws:resourcetag/team"],
      "StringEquals compares the star itself",
    ],
    [
      { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
      ["aws:resourcetag/team"],
      "the caller's own value",
    ],
    [
      { StringEqualsIgnoreCase: { "aws:ResourceTag/team": "Shop" } },
      ["aws:resourcetag/team"],
      "some case of one value",
    ],
    [{ StringEqualsIfExists: { "aws:ResourceTag/team": "shop" } }, [], "a resource without the tag passes"],
    [{ "ForAllValues:StringEquals": { "aws:TagKeys": "team" } }, [], "a request without tags passes"],
    [{ "ForAnyValue:StringEquals": { "aws:TagKeys": "team" } }, ["aws:tagkeys"], "one value must be there"],
    [{ StringNotEquals: { "aws:ResourceTag/team": "shop" } }, [], "all but one value, and none at all"],
    [{ StringNotLike: { "aws:ResourceTag/team": "shop-*" } }, [], "all but some"],
    [{ ArnNotEquals: { "ecs:cluster": cluster } }, [], "all clusters but one"],
    [{ Null: { "ecs:cluster": "false" } }, [], "some cluster, whichever"],
    [{ Null: { "ecs:cluster": "true" } }, [], "no cluster"],
    [{ Bool: { "aws:SecureTransport": "true" } }, [], "how the call is made, not on what"],
    [{ NumericLessThan: { "ecs:task-cpu": "1024" } }, [], "a number bounds no resource"],
    [{ DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } }, [], "nor does a date"],
    [{ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, ["aws:sourceip"], "where calls come from"],
    [
      { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      ["aws:requestedregion"],
      "the key is told; whether it counts, the policy says",
    ],
    [{ StringEquals: { "ecs:cluster": [] } }, [], "no value"],
    [{ StringLike: { "ecs:cluster": [cluster, "*"] } }, [], "an alternative that is open opens the whole"],
    [
      { ArnEquals: { "ecs:cluster": cluster }, StringLike: { "aws:ResourceTag/a": "*" } },
      ["ecs:cluster"],
      "all must hold, so one is enough",
    ],
    [
      { StringEquals: { "aws:ResourceTag/a": "1" }, StringLike: { "aws:ResourceTag/a": "1*" } },
      ["aws:resourcetag/a"],
      "each key once",
    ],
    [{ ArnEquals: { "ecs:cluster": arnOf("aws_ecs_cluster") } }, ["ecs:cluster"], "a cluster of this plan"],
    [{ ArnEquals: { "ecs:cluster": later } }, ["unknown"], "the value is unknown"],
    [{ StringLike: { "ecs:cluster": ["*", later] } }, [], "whatever the other value is"],
    [{ ArnEquals: later }, "unknown", "the keys are unknown"],
    [later, "unknown", "nothing is told"],
    [undefined, [], "there is no condition"],
  ])("%j: %j, as %s", (Condition, expected) => {
    const members = Condition === undefined ? {} : { Condition };
    expect(shown(scopingKeys(statement(members)))).toEqual(expected);
  });
});

describe("conditions that require a second factor", () => {
  it.each<[unknown, unknown, string]>([
    [{ Bool: { "aws:MultiFactorAuthPresent": "true" } }, true, "it must be there"],
    [{ Bool: { "aws:MultiFactorAuthPresent": true } }, true, "a boolean stands for its text"],
    [{ bool: { "AWS:multifactorauthpresent": "TRUE" } }, true, "case does not count"],
    [{ Bool: { "aws:MultiFactorAuthPresent": "false" } }, false, "it must not be there"],
    [{ Bool: { "aws:MultiFactorAuthPresent": ["true", "false"] } }, false, "either will do"],
    [{ Bool: { "aws:MultiFactorAuthPresent": [] } }, false, "no value"],
    [
      { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
      false,
      "callers with access keys lack the key, and pass",
    ],
    [
      { Null: { "aws:MultiFactorAuthPresent": "false" } },
      false,
      "the key is there for all temporary credentials, also as false",
    ],
    [{ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }, false, "another key"],
    [{ Bool: { "aws:MultiFactorAuthPresent": later } }, "unknown", "the value is unknown"],
    [later, "unknown", "the conditions are unknown"],
  ])("%j: %s, as %s", (Condition, expected) => {
    expect(shown(requiresMfa(statement({ Condition })))).toBe(expected);
  });
});

describe("passing roles", () => {
  it.each<[unknown, unknown, string]>([
    ["*", true, "everything"],
    ["arn:aws:iam::*:role/*", true, "every role"],
    ["arn:aws:iam::111122223333:role/*", true, "every role of one account"],
    ["arn:aws:iam::111122223333:*", true, "all of IAM of one account"],
    ["arn:aws:iam::111122223333:role/**", true, "two stars are as good as one"],
    ["arn:aws:iam::111122223333:role/task", false, "one role"],
    ["arn:aws:iam::111122223333:role/shop/*", false, "a path"],
    ["arn:aws:iam::111122223333:role/*-task", false, "a suffix"],
    ["arn:aws:iam::111122223333:user/*", false, "users"],
    [["arn:aws:iam::111122223333:role/task", "arn:aws:iam::111122223333:role/*"], true, "one of a list is enough"],
    [arnOf("aws_iam_role"), false, "a role of this plan"],
    [later, "unknown", "nothing tells"],
  ])("%j is every role: %s, as %s", (Resource, expected) => {
    expect(shown(namesEveryRole(statement({ Resource })))).toBe(expected);
  });

  it.each<[object, unknown, string]>([
    [{ Action: "iam:PassRole", Resource: "*" }, true, "it is named"],
    [{ Action: "*", Resource: "arn:aws:s3:::assets" }, false, "a bucket is no role"],
    [{ Action: "*", Resource: arnOf("aws_s3_bucket") }, false, "nor is one of this plan"],
    [{ Action: "*", Resource: arnOf("aws_iam_role") }, true, "a role of this plan is"],
    [{ Action: "*", Resource: later }, "unknown", "it may be a role"],
    [{ Action: "iam:Get*", Resource: "*" }, false, "reading passes nothing"],
    [{ NotAction: "s3:*", Resource: "*" }, true, "it is left"],
    [{ Action: "iam:PassRole", NotResource: "arn:aws:iam::111122223333:role/admin" }, true, "all but one role"],
  ])("%j lets pass a role: %s, as %s", (members, expected) => {
    expect(shown(grantsPassRole(statement(members)))).toBe(expected);
  });

  const tasks = "ecs-tasks.amazonaws.com";
  it.each<[unknown, unknown, unknown, string]>([
    [{ StringEquals: { "iam:PassedToService": tasks } }, true, [tasks], "one service"],
    [{ StringLike: { "iam:PassedToService": "*" } }, false, ["*"], "any service"],
    [{ StringLike: { "iam:PassedToService": "ecs*" } }, true, ["ecs*"], "some services"],
    [{ StringEqualsIfExists: { "iam:PassedToService": tasks } }, false, [], "it passes where the key is missing"],
    [{ StringNotEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }, false, [], "all but one"],
    [{ StringEqualsIgnoreCase: { "iam:PassedToService": "ECS-Tasks.amazonaws.com" } }, true, [tasks], "in any case"],
    [
      { StringEquals: { "iam:PassedToService": "ECS-Tasks.amazonaws.com" } },
      true,
      ["ECS-Tasks.amazonaws.com"],
      "no such one",
    ],
    [{ StringEquals: { "aws:RequestedRegion": "eu-west-1" } }, false, [], "another key"],
    [
      { StringEquals: { "IAM:passedtoservice": [tasks, "lambda.amazonaws.com"] } },
      true,
      [tasks, "lambda.amazonaws.com"],
      "two services",
    ],
    [{ StringEquals: { "iam:PassedToService": later } }, "unknown", ["unknown"], "the service is unknown"],
    [
      { StringEquals: { "iam:PassedToService": tasks }, StringLike: { "iam:PassedToService": "ec*" } },
      true,
      [tasks],
      "both narrow each other",
    ],
    [
      {
        StringLike: { "iam:PassedToService": ["ec*", "lambda*"] },
        StringEquals: { "iam:PassedToService": [tasks, "events.amazonaws.com"] },
      },
      true,
      [tasks],
      "only what both name is left",
    ],
    [later, "unknown", "unknown", "nothing is told"],
  ])("%j limits the service: %s, to %j, as %s", (Condition, limits, services) => {
    const subject = statement({ Condition });
    expect([shown(limitsPassedToService(subject)), shown(passedToServices(subject))]).toEqual([limits, services]);
  });

  it.each<[unknown, unknown, string]>([
    [{}, true, "no condition"],
    [{ StringEquals: { "aws:RequestedRegion": "eu-west-1" } }, true, "a condition of another key"],
    [{ StringEquals: { "iam:PassedToService": tasks } }, true, "that service"],
    [{ StringEquals: { "iam:PassedToService": ["lambda.amazonaws.com", tasks] } }, true, "one of two"],
    [{ StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } }, false, "another one"],
    [{ StringEquals: { "iam:PassedToService": "ecs*" } }, false, "a star that is none"],
    [{ StringEquals: { "iam:PassedToService": "ECS-Tasks.amazonaws.com" } }, false, "no service is written so"],
    [{ StringEqualsIgnoreCase: { "iam:PassedToService": "ECS-Tasks.amazonaws.com" } }, true, "in any case"],
    [{ StringLike: { "iam:PassedToService": "ecs*" } }, true, "a pattern"],
    [{ StringLike: { "iam:PassedToService": "ec2*" } }, false, "another pattern"],
    [{ "ForAnyValue:StringLike": { "iam:PassedToService": "ecs*" } }, true, "a pattern of a set"],
    [
      { StringEquals: { "iam:PassedToService": tasks }, StringLike: { "iam:PassedToService": "ec2*" } },
      false,
      "two that leave none",
    ],
    [{ StringEquals: { "iam:PassedToService": later } }, "unknown", "a service that nothing tells"],
    [{ StringEquals: { "iam:PassedToService": [later, tasks] } }, true, "beside it that service"],
    [
      { StringEquals: { "iam:PassedToService": later }, StringLike: { "iam:PassedToService": "ec2*" } },
      false,
      "whatever it is, the other leaves none",
    ],
    [later, "unknown", "nothing is told"],
  ])("%j lets a role be passed to ECS tasks: %s, as %s", (Condition, expected) => {
    expect(shown(mayPassTo(statement({ Condition }), tasks))).toBe(expected);
  });
});
