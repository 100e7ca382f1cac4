import { expect, it } from "vitest";
import { wideWildcards } from "../../engine/iam/wildcards.ts";
import { later, shown, statement } from "./statement.ts";

it.each<[string, string[], string]>([
  ["ecs:*", ["ecs"], "the whole service"],
  ["ecs:?*", ["ecs"], "the whole service in other words"],
  ["ECR:*", ["ecr"], "case does not count"],
  ["ec?:*", ["ec2", "ecr", "ecs"], "three services"],
  ["ecr*", ["ecr", "ecr-public"], "and what begins alike"],
  ["sts:*", ["sts"], "assuming any role"],
  ["ecr:Batch*", ["ecr"], "reading, and BatchDeleteImage"],
  ["ecr:*Image", ["ecr"], "pulling, pushing and more"],
  ["s3:*Object", ["s3"], "reading and deleting objects"],
  ["ssm:Get*", ["ssm"], "parameters' values among descriptions"],
  ["ssm:*", ["ssm"], "the whole service"],
  ["secretsmanager:Get*", ["secretsmanager"], "secrets' values among descriptions"],
  ["ecr:Put*", [], "one family of writes"],
  ["ecs:Update*", [], "another"],
  ["kms:GenerateDataKey*", [], "variants of one action"],
  ["kms:ReEncrypt*", [], "two halves of one action"],
  ["ssm:GetParameter*", [], "reading parameters and nothing else"],
  ["secretsmanager:GetSecret*", [], "one action"],
  ["ecs:Describe*", [], "reading"],
  ["ecr:Get*", [], "reading; ECR holds no secrets"],
  ["ec2:Describe*", [], "reading"],
  ["codebuild:BatchGet*", [], "reading"],
  ["logs:List*", [], "reading"],
  ["ecs:List*", [], "reading"],
  ["ecs:RunTask", [], "no wildcard"],
  ["ecs:RunTas?", [], "a wildcard for one action"],
  ["xray:*", [], "a service that is not in the table"],
  ["ecs:[A-Z]*", [], "brackets mean nothing to IAM"],
  ["iam:Pass*", [], "one action; IAM-005 judges it"],
])("%s takes in too much of %j: %s", (Action, expected) => {
  expect(wideWildcards(statement({ Resource: "*", Action })).services).toEqual(expected);
});

it("names the wildcards as they are written, and every service once", () => {
  const { patterns, services } = wideWildcards(
    statement({ Resource: "*", Action: ["Ecs:*", "ecs:?*", "ecs:RunTask", later, later] }),
  );
  expect({ patterns: shown(patterns), services: shown(services) }).toEqual({
    patterns: ["Ecs:*", "ecs:?*", "unknown"],
    services: ["ecs", "unknown"],
  });
});

it.each<[string, object, string[], string]>([
  ["*", { Resource: later }, ["unknown"], "whose actions may act is unknown"],
  ["ecs:*", { Resource: later }, ["unknown"], "it may be of another service, so that nothing is allowed"],
  ["ecs:*", { Resource: ["*", later] }, ["ecs"], "one that is told is enough"],
  ["ecs:*", { Resource: ["arn:aws:s3:::data", later] }, ["unknown"], "the other may be the one"],
  ["ecs:*", { Resource: "arn:aws:s3:::data" }, [], "no action of the service acts on it"],
  ["ecs:Describe*", { Resource: later }, [], "reading, whatever the resource"],
])("%s on %j: %j, as %s", (Action, resources, expected) => {
  expect(shown(wideWildcards(statement({ Action, ...resources })).services)).toEqual(expected);
});
