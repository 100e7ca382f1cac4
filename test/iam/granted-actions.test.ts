import { describe, expect, it } from "vitest";
import { groupOf, groupsOfService, isWrite, namesOf, tableServices } from "../../engine/iam/action-table.ts";
import { grantedActions, type Selection, selectFrom, summarised } from "../../engine/iam/granted-actions.ts";
import { isSensitive, readsSecrets, shouldNameResources } from "../../engine/iam/sensitive-actions.ts";
import { later, shown, statement } from "./statement.ts";

function granted(members: object, selection: Selection): readonly string[] {
  const { sets } = grantedActions(statement(members));
  return sets.flatMap((set) => namesOf(selectFrom(set, selection) ?? { group: set.group, names: [] })).sort();
}

const everything: Selection = () => true;

describe("which actions of the table patterns grant", () => {
  it.each<[object, string[], string]>([
    [{ Action: "ecs:RunTask" }, ["ecs:RunTask"], "a name is itself"],
    [{ Action: "ecs:runtask" }, ["ecs:RunTask"], "as the table writes it"],
    [{ Action: "ecs:Run*" }, ["ecs:RunTask"], "a prefix"],
    [{ Action: "ecs:Execute*" }, ["ecs:ExecuteCommand"], "what a wildcard does not spell out"],
    [
      { Action: "ecr:Batch*" },
      [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchDeleteImage",
        "ecr:BatchGetImage",
        "ecr:BatchGetRepositoryScanningConfiguration",
        "ecr:BatchImportUpstreamImage",
      ],
      "Batch is reading and deleting",
    ],
    [{ Action: ["ecs:RunTask", "ecs:Run*"] }, ["ecs:RunTask"], "each counts once"],
    [{ Action: "xray:PutTraceSegments" }, [], "a service that is not in the table"],
    [{ Action: "ecs:FlyToTheMoon" }, [], "an action that does not exist"],
    [{ Action: "*assrole" }, ["iam:PassRole"], "a wildcard over the colon"],
    [
      { Action: "sts:AssumeRole*" },
      ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
      "three ways to a role",
    ],
    [
      { Action: "ssmmessages:*Channel" },
      [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      "the channels of ECS Exec",
    ],
    [{ Action: later }, [], "what is unknown is not counted"],
    [{ NotAction: ["*a*", "*e*", "*i*", "*o*", "*u*"] }, [], "exceptions that hit everything"],
    [{ NotAction: later }, [], "nor is what an exception may take away"],
    [{ Action: "ecs:RunTask", NotAction: later }, ["ecs:RunTask"], "what Action names stays"],
  ])("%j: %j, as %s", (members, expected) => {
    expect(granted(members, everything)).toEqual(expected);
  });

  it.each<[object, unknown, string]>([
    [{ Action: "ecs:RunTask" }, null, "all is told"],
    [{ Action: ["ecs:RunTask", later] }, "unknown", "one may be anything"],
    [{ NotAction: ["iam:*", later] }, "unknown", "one exception may be anything"],
  ])("%j: open is %s, as %s", (members, expected) => {
    expect(shown(grantedActions(statement(members)).open)).toBe(expected);
  });

  it.each<[object, string, boolean, string]>([
    [{ Action: "ecs:*" }, "ecs", true, "all of the service"],
    [{ Action: "*" }, "guardduty", true, "all of every service"],
    [{ Action: "ecs:*" }, "ecr", false, "none of another"],
    [{ NotAction: "iam:*" }, "ecs", true, "all that is left"],
    [{ NotAction: "iam:*" }, "iam", false, "and none of what is taken away"],
    [{ NotAction: "ec*" }, "ecr-public", false, "a wildcard in the service's name takes away several"],
  ])("%j grants %s as a whole: %s, as %s", (members, service, expected) => {
    const names = groupsOfService(service).flatMap((group) => namesOf({ group, names: null }));
    const own = granted(members, ({ service: own }) => own === service);
    expect(own).toEqual(expected ? names.sort() : []);
  });
});

describe("which of them should name their resources", () => {
  it.each<[object, string[], string]>([
    [{ Action: "ecs:UpdateService" }, ["ecs:UpdateService"], "a write with services as its resources"],
    [{ Action: "ecs:DescribeServices" }, [], "a read"],
    [{ Action: "ecs:DeregisterTaskDefinition" }, [], "a write that accepts * only"],
    [{ Action: "ecr:GetAuthorizationToken" }, [], "a read that accepts * only"],
    [{ Action: "ecr:PutRegistryPolicy" }, [], "the registry is no resource"],
    [{ Action: "ecr:CreatePullThroughCacheRule" }, [], "nor are its rules"],
    [{ Action: "ecr:TagResource" }, ["ecr:TagResource"], "tagging is writing"],
    [{ Action: "ecr:SetRepositoryPolicy" }, ["ecr:SetRepositoryPolicy"], "so is changing permissions"],
    [{ Action: "ecr:BatchGetImage" }, [], "pulling is reading"],
    [{ Action: "kms:Decrypt" }, ["kms:Decrypt"], "AWS counts decrypting as writing"],
    [{ Action: "secretsmanager:GetSecretValue" }, ["secretsmanager:GetSecretValue"], "a read of secrets"],
    [{ Action: "secretsmanager:BatchGetSecretValue" }, [], "a read of secrets that accepts * only"],
    [{ Action: "secretsmanager:ListSecrets" }, [], "names are no secrets"],
    [{ Action: "ssm:DescribeParameters" }, [], "neither are parameters' names"],
    [
      { Action: "ssm:GetParameter*" },
      ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", "ssm:GetParametersByPath"],
      "their values are, and their history",
    ],
    [{ Action: "ssmmessages:*" }, [], "channels accept * only"],
    [{ Action: "iam:PassRole" }, ["iam:PassRole"], "passing a role is writing"],
    [{ Action: "logs:DescribeLogGroups" }, [], "a list"],
    [{ Action: "logs:PutLogEvents" }, ["logs:PutLogEvents"], "writing logs"],
    [{ Action: "s3:ListAllMyBuckets" }, [], "a list that accepts * only"],
  ])("%j: %j, as %s", (members, expected) => {
    expect(granted(members, shouldNameResources)).toEqual(expected);
  });

  it.each<[string, boolean, string]>([
    ["ecr:PutImage", true, "pushing"],
    ["ecr:DeleteRepository", false, "deleting a repository"],
    ["iam:CreateRole", true, "changing IAM"],
    ["iam:GetRole", false, "reading IAM"],
    ["kms:Decrypt", true, "decrypting"],
    ["kms:Encrypt", false, "encrypting"],
    ["secretsmanager:GetSecretValue", true, "reading a secret"],
    ["secretsmanager:PutSecretValue", false, "writing one"],
    ["ssm:GetParameters", true, "reading parameters"],
    ["ecs:RunTask", false, "running a task"],
  ])("%s is sensitive: %s, as it is %s", (action, expected) => {
    expect(granted({ Action: action }, isSensitive)).toEqual(expected ? [action] : []);
  });
});

describe("names for people", () => {
  it.each<[object, Selection, string[], string]>([
    [{ Action: "ecr:PutImage" }, shouldNameResources, ["ecr:PutImage"], "one is itself"],
    [{ Action: "ecr:*" }, shouldNameResources, ["ecr:*"], "all that could be in the list"],
    [{ Action: "secretsmanager:*" }, readsSecrets, ["secretsmanager:*"], "all of a smaller list"],
    [{ Action: "kms:*" }, isSensitive, ["kms:Decrypt"], "a list of one needs no wildcard"],
    [
      { Action: ["scheduler:*", "ecs:RunTask"] },
      shouldNameResources,
      ["ecs:RunTask", "scheduler:*"],
      "each service by itself",
    ],
    [{ Action: "ecs:Describe*" }, shouldNameResources, [], "nothing that could be in it"],
  ])("%j: %j", (members, selection, expected) => {
    expect(summarised(grantedActions(statement(members)).sets, selection).sort()).toEqual(expected);
  });
});

describe("the table of actions", () => {
  it("has the services that policies ask for, each with actions that write", () => {
    expect(tableServices.filter((service) => !groupsOfService(service).some(isWrite))).toEqual([]);
    expect(tableServices).toEqual([
      ...["codebuild", "codepipeline", "ec2", "ecr", "ecr-public", "ecs", "events", "guardduty", "iam", "kms"],
      ...["lambda", "logs", "s3", "scheduler", "secretsmanager", "ssm", "ssmmessages", "sts"],
    ]);
  });

  it.each<[string, string[] | null, string]>([
    ["ecs:ExecuteCommand", ["ecs:*:*:cluster/*", "ecs:*:*:task/*/*"], "a task and its cluster"],
    ["ecs:DeregisterTaskDefinition", [], "none but *"],
    ["sts:AssumeRole", ["iam::*:role/*"], "a resource of another service"],
    ["secretsmanager:GetSecretValue", ["secretsmanager:*:*:secret:*-??????"], "AWS adds six characters"],
    ["SSM:getparameter", ["ssm:*:*:parameter/*"], "case does not count"],
    ["foo:Bar", null, "an action of a service that is not there"],
  ])("%s is for %j: %s", (action, expected) => {
    expect(groupOf(action)?.resourceTypes ?? null).toEqual(expected);
  });
});
