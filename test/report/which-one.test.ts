import { describe, expect, it } from "vitest";
import { reportOf, subjectId } from "../check-fixture.ts";

async function messageOf(fixture: string, policy: string, subject: string): Promise<string | undefined> {
  const { findings } = await reportOf(fixture);
  return findings.find((each) => each.policy === policy && subjectId(each.subject) === subject)?.message;
}

describe("a message names the member of a statement that leaves it open", () => {
  it.each([
    [
      "the resource of a grant",
      "roles",
      "IAM-011",
      "aws_iam_role_policy.execution_key#policy/Later",
      "policy.Statement[1].Resource is known only after apply; it waits on terraform_data.later.output",
    ],
    [
      "its action",
      "roles",
      "IAM-005",
      "aws_iam_role_policy.web_later#policy/Later",
      "policy.Statement[0].Action is known only after apply; it waits on terraform_data.later.output",
    ],
    [
      "its condition",
      "ecr",
      "ECR-008",
      "aws_ecr_repository_policy.deferred_policy#policy/OrganizationLater",
      "policy.Statement[2].Condition is known only after apply; it waits on terraform_data.later.output",
    ],
  ])("%s", async (_, fixture, policy, subject, message) => {
    expect(await messageOf(fixture, policy, subject)).toBe(message);
  });
});

describe("a message names the cause", () => {
  it.each([
    [
      "by which words of a statement a role may push",
      "roles",
      "IAM-006",
      "aws_iam_role_policy.web#policy/Pushes",
      'holdersOutsideBuild is ["web"]; it must be empty (may push by policy.Statement[4].Action ecr:PutImage)',
    ],
    [
      "which resource is every repository",
      "roles",
      "IAM-006",
      "aws_iam_role_policy.build#policy/Unnamed",
      "namesEveryRepository (policy.Statement[1].Resource) is true (through *)",
    ],
    [
      "the role that decides whether a project builds images",
      "codebuild",
      "CICD-002",
      'aws_codebuild_project.build["lint-role-elsewhere"]',
      "service_role cannot be determined: the role is not in this plan",
    ],
  ])("%s", async (_, fixture, policy, subject, message) => {
    expect(await messageOf(fixture, policy, subject)).toBe(message);
  });
});

describe("a message says which of several resources may be meant", () => {
  it.each([
    [
      "two roles of a conditional",
      "conditions",
      "ECS-016",
      "aws_ecs_task_definition.conditional",
      "task_role_arn cannot be determined: aws_ecs_task_definition.conditional names one of aws_iam_role.one, aws_iam_role.two; " +
        "it waits on aws_iam_role.one.arn, aws_iam_role.two.arn",
    ],
    [
      "four roles of a key that is only mentioned",
      "references",
      "ECS-016",
      'aws_ecs_task_definition.other_keys["web"]',
      'task_role_arn cannot be determined: aws_ecs_task_definition.other_keys["web"] names one of aws_iam_role.run["web"], ' +
        'aws_iam_role.run["web-exec"], aws_iam_role.run["worker"], aws_iam_role.run["worker-exec"]; ' +
        "it waits on aws_iam_role.run",
    ],
  ])("%s", async (_, fixture, policy, subject, message) => {
    expect(await messageOf(fixture, policy, subject)).toBe(message);
  });
});
