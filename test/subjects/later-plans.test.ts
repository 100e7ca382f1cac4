import { describe, expect, it } from "vitest";
import { checkAll, encode, planBytes, planDocument, reportOf, subjectId } from "../check-fixture.ts";

// Plans over a state that AWS has filled in, each made by Terraform: what the change at hand really leads to.

type Row = readonly [policy: string, subject: string, verdict: string | undefined];

/** By fixture: what each policy says of a subject; undefined where there is no such subject any more. */
const expected: Readonly<Record<string, readonly Row[]>> = {
  "group-rules": [["NET-001", "aws_security_group.app#ingress[0]", undefined]],
  "role-permissions": [
    ["IAM-001", "aws_iam_role.task#inline_policy[0].policy/0", undefined],
    ["IAM-007", "aws_iam_role.task#AdministratorAccess/shop-task", undefined],
    ["IAM-001", "aws_iam_role_policy.read#policy/0", "pass"],
    ["IAM-014", "aws_iam_role.task", "pass"],
  ],
  "secret-policy": [
    ["SM-001", "aws_secretsmanager_secret.db#policy/0", undefined],
    ["SM-001", "aws_secretsmanager_secret_policy.db#policy/Read", "pass"],
  ],
  "deleted-permission": [
    ["ECR-002", "aws_ecr_repository.app", "fail"],
    ["CICD-010", "aws_lambda_function.rescan", "fail"],
  ],
  "empty-boundary": [
    ["CICD-007", "aws_codebuild_project.image", "fail"],
    ["CICD-009", "aws_codebuild_webhook.image", "fail"],
  ],
  "empty-texts": [
    ["ECR-002", "aws_ecr_repository.app", "pass"],
    ["CICD-010", "aws_lambda_function.rescan", "pass"],
    ["ECS-001", "aws_lambda_function.zip", undefined],
  ],
  // A role and a user by the ids that AWS gives them; a policy that is only forgotten stays.
  identities: [
    ["ECR-009", "aws_ecr_repository_policy.api#policy/Build", "pass"],
    ["ECR-009", "aws_ecr_repository_policy.api#policy/BuildName", "pass"],
    ["ECR-009", "aws_ecr_repository_policy.api#policy/Deploy", "fail"],
    ["ECR-009", "aws_ecr_repository_policy.api#policy/Ann", "fail"],
    ["ECR-009", "aws_ecr_repository_policy.api#policy/Gone", "fail"],
    ["ECR-011", "aws_ecr_repository_policy.api#policy/Build", "pass"],
    ["ECR-011", "aws_ecr_repository_policy.api#policy/Deploy", "pass"],
    ["ECR-011", "aws_ecr_repository_policy.api#policy/Ann", "pass"],
    ["ECR-011", "aws_ecr_repository_policy.api#policy/Gone", "fail"],
    ["IAM-001", "aws_iam_role.deploy#inline_policy[0].policy/0", "fail"],
    ["IAM-001", "aws_iam_role.deploy#inline_policy[1].policy/0", undefined],
    ["SSM-001", "aws_ssm_parameter.password", "not-applicable"],
    ["SSM-003", "aws_ssm_parameter.password#value_wo", "pass"],
  ],
};

describe.each(Object.entries(expected))("%s", async (fixture, rows) => {
  const { findings } = await reportOf(`later-plans/${fixture}`);
  it.each(rows)("%s %s is %s", (policy, subject, verdict) => {
    const found = findings.find((each) => each.policy === policy && subjectId(each.subject) === subject);
    expect(found?.verdict).toBe(verdict);
  });
});

it("the repairs block nothing", async () => {
  for (const fixture of ["group-rules", "role-permissions", "secret-policy"])
    expect((await reportOf(`later-plans/${fixture}`)).summary.blocking).toBe(0);
});

it("what is only forgotten is told where it stands, and that it is in no code", async () => {
  const { findings } = await reportOf("later-plans/identities");
  const found = findings.find(
    ({ policy, subject }) => policy === "IAM-001" && subject.address === "aws_iam_role.deploy",
  );
  expect(found?.message).toContain("it stands in AWS; unless a dynamic block writes it, it is not in the code");
});

// `terraform show -json`: a resource that an import block takes in has the id beside its actions.
it.each(["role-permissions", "secret-policy", "identities"])(
  "%s: what is imported is judged as what is there",
  async (name) => {
    const plan = planDocument(`later-plans/${name}`);
    const imported = plan.resource_changes.map((change) => {
      const isThere = ["no-op", "update"].includes(change.change.actions.join());
      return isThere ? { ...change, change: { ...change.change, importing: { id: change.address } } } : change;
    });
    expect(imported.some(({ change }) => "importing" in change)).toBe(true);
    const verdicts = async (bytes: Uint8Array) =>
      (await checkAll(bytes)).findings.map(
        ({ policy, subject, verdict }) => `${verdict} ${policy} ${subjectId(subject)}`,
      );
    expect(await verdicts(encode({ ...plan, resource_changes: imported }))).toEqual(
      await verdicts(planBytes(`later-plans/${name}`)),
    );
  },
);

it("a role that the plan manages in an account that is not the repository's is none of the own", async () => {
  const text = JSON.stringify(planDocument("later-plans/identities"))
    .replaceAll("111122223333:role/shop-build", "999988887777:role/shop-build")
    .replace(
      /("address":"aws_iam_role\.build","mode":"managed","type":"aws_iam_role","name":"build","provider_config_key":")aws"/,
      '$1aws.other"',
    );
  expect(text).toContain('"provider_config_key":"aws.other"');
  const { findings } = await checkAll(new TextEncoder().encode(text));
  const verdictOf = (policy: string, statement: string) =>
    findings.find(
      (each) =>
        each.policy === policy && subjectId(each.subject) === `aws_ecr_repository_policy.api#policy/${statement}`,
    )?.verdict;
  expect(["Build", "BuildName", "Deploy"].map((statement) => verdictOf("ECR-011", statement))).toEqual([
    "fail",
    "fail",
    "pass",
  ]);
});
