import { describe, expect, it } from "vitest";
import { defaultCombinations } from "../engine/iam/escalation-combinations.ts";
import { pack } from "../policies/pack.ts";
import { planDocument, reportOf } from "./check-fixture.ts";

/** The verdicts of one policy in the fixture, by address. */
async function verdictsOf(policy: string): Promise<Record<string, string>> {
  const { findings } = await reportOf("labels");
  return Object.fromEntries(
    findings
      .filter((finding) => finding.policy === policy)
      .map(({ verdict, severity, subject }) => [
        subject.address,
        verdict === "fail" ? `${verdict} ${severity}` : verdict,
      ]),
  );
}

/** The combinations that catalogues list and that the labelled cases hold, by their name in the fixture. */
const combinations: Readonly<Record<string, string>> = {
  "add-user-to-group": "iam:AddUserToGroup",
  "create-login": "iam:CreateLoginProfile",
  "update-login": "iam:UpdateLoginProfile",
  "delete-boundary": "iam:DeleteRolePermissionsBoundary",
  "put-boundary": "iam:PutRolePermissionsBoundary",
  "update-code": "lambda:UpdateFunctionCode",
  "update-endpoint": "glue:UpdateDevEndpoint",
  "run-instances": "iam:PassRole+ec2:RunInstances",
  "create-stack": "iam:PassRole+cloudformation:CreateStack",
  "create-endpoint": "iam:PassRole+glue:CreateDevEndpoint",
  "run-task": "iam:PassRole+ecs:RunTask",
  "start-task": "iam:PassRole+ecs:StartTask",
  "create-schedule": "iam:PassRole+scheduler:CreateSchedule",
  "event-source": "iam:PassRole+lambda:CreateFunction+lambda:CreateEventSourceMapping",
  "add-permission": "iam:PassRole+lambda:CreateFunction+lambda:AddPermission",
  "put-targets": "iam:PassRole+events:PutRule+events:PutTargets",
  "build-batch": "iam:PassRole+codebuild:CreateProject+codebuild:StartBuildBatch",
  "state-machine": "iam:PassRole+states:CreateStateMachine+states:StartExecution",
};

describe("a holder of a combination can give itself more rights", () => {
  it("the fixture and the catalogue have each combination", () => {
    expect(Object.values(combinations).filter((each) => !defaultCombinations.includes(each))).toEqual([]);
    const roles = planDocument("labels").resource_changes.map(({ address }) => address);
    const whole = Object.keys(combinations).map((name) => `aws_iam_role.whole["${name}"]`);
    expect(roles.filter((address) => address.startsWith("aws_iam_role.whole["))).toEqual(whole.sort());
  });

  it.each(Object.entries(combinations))("%s", async (name, combination) => {
    const verdicts = await verdictsOf("IAM-014");
    expect(verdicts[`aws_iam_role.whole["${name}"]`]).toBe("fail high");
    expect(verdicts[`aws_iam_role.denied["${name}"]`]).toBe("pass");
    expect(verdicts[`aws_iam_role.part["${name}"]`]).toBe(combination.includes("+") ? "pass" : undefined);
  });
});

/** The verdicts of one policy on what the fixture names, where it is not left out. */
const tables: readonly { policy: string; of: RegExp; verdicts: Readonly<Record<string, string>> }[] = [
  {
    policy: "IAM-014",
    of: /bounded|condition|attaching|alone/,
    verdicts: {
      'aws_iam_policy.alone["code"]': "fail high",
      'aws_iam_policy.alone["reads"]': "not-applicable",
      'aws_iam_role.attaching["any"]': "fail high",
      'aws_iam_role.attaching["one"]': "unknown",
      'aws_iam_role.attaching["takes-off"]': "fail high",
      "aws_iam_role.bounded_by_all": "fail high",
      'aws_iam_role.bounded_elsewhere["administrator"]': "fail high",
      'aws_iam_role.bounded_elsewhere["other"]': "unknown",
      'aws_iam_role.bounded_elsewhere["reader"]': "pass",
      "aws_iam_role.bounded_without_iam": "pass",
      'aws_iam_role.condition["any-boundary"]': "fail high",
      'aws_iam_role.condition["boundary"]': "unknown",
      'aws_iam_role.condition["other-boundary"]': "fail high",
      'aws_iam_role.condition["second-factor"]': "fail high",
      'aws_iam_role.condition["tag"]': "unknown",
      'aws_iam_role.condition["tag-if-there"]': "fail high",
      "aws_iam_user_policy.bounded": "pass",
    },
  },
  {
    policy: "NET-003",
    of: /./,
    verdicts: {
      "aws_security_group_rule.all_ipv6": "fail medium",
      "aws_vpc_security_group_egress_rule.later": "unknown",
      'aws_vpc_security_group_egress_rule.task["all-tcp"]': "fail medium",
      'aws_vpc_security_group_egress_rule.task["all-tcp-minus"]': "fail medium",
      'aws_vpc_security_group_egress_rule.task["all-tcp-one"]': "fail medium",
      'aws_vpc_security_group_egress_rule.task["all-udp"]': "fail medium",
      'aws_vpc_security_group_egress_rule.task["high"]': "fail medium",
      'aws_vpc_security_group_egress_rule.task["own-network"]': "pass",
      'aws_vpc_security_group_egress_rule.task["web"]': "pass",
    },
  },
  {
    policy: "SM-002",
    of: /./,
    verdicts: {
      "aws_secretsmanager_secret.name_later": "unknown",
      "aws_secretsmanager_secret.no_name": "fail medium",
      "aws_secretsmanager_secret.no_name_rotated": "pass",
      'aws_secretsmanager_secret.twice["both-soon"]': "pass",
      'aws_secretsmanager_secret.twice["first-rare"]': "fail medium",
      'aws_secretsmanager_secret.twice["last-rare"]': "fail medium",
    },
  },
  {
    policy: "CICD-010",
    of: /./,
    verdicts: {
      'aws_lambda_function.elsewhere["orders"]': "not-applicable",
      'aws_lambda_function.elsewhere["rescan-images"]': "fail medium",
    },
  },
  {
    policy: "IAM-008",
    of: /access_key/,
    verdicts: {
      'aws_iam_access_key.of_person["Active"]': "fail medium",
      'aws_iam_access_key.of_person["Inactive"]': "not-applicable",
    },
  },
];

it.each(tables)("$policy judges its labelled cases in both directions", async ({ policy, of, verdicts }) => {
  const found = Object.entries(await verdictsOf(policy)).filter(([address]) => of.test(address));
  expect(Object.fromEntries(found)).toEqual(verdicts);
});

/** Checks of others that judge something else, or more than the policy does, by policy. */
const misleading: Readonly<Record<string, readonly string[]>> = {
  "CICD-010": ["AWS-0067", "CKV_AWS_364"],
  "ECS-005": ["CKV_AWS_334"],
  "ECS-008": ["CKV_AWS_335"],
  "ECS-011": ["d40210ea-64b9-4cce-a4fb-e8604f3c062c"],
  "ECS-013": ["CKV2_AWS_34"],
  "ECS-014": ["CKV_AWS_66", "CKV_AWS_338"],
  "ECS-021": ["CKV_AWS_223", "CKV_AWS_224"],
  "IAM-002": ["CKV_AWS_289", "CKV_AWS_290"],
  "IAM-004": ["CKV_AWS_288", "CKV_AWS_355", "CKV_AWS_356"],
  "IAM-011": ["CKV_AWS_288"],
  "IAM-012": ["3206240f-2e87-4e58-8d24-3e19e7c83d7c"],
  "IAM-014": ["CKV_AWS_286", "CKV_AWS_110"],
  "KMS-001": ["CKV_AWS_147", "CKV_AWS_158", "AWS-0017"],
  "NET-001": ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "AWS-0107"],
  "NET-003": ["CKV_AWS_382", "AWS-0104"],
};

it.each(Object.entries(misleading))("%s does not stand for checks that judge something else", (id, checks) => {
  const same = pack.find((policy) => policy.id === id)?.controls["same-as"] ?? [];
  expect(checks.filter((check) => same.includes(check))).toEqual([]);
});

it("no policy has a check by a name with a prefix, nor as the same and as a part", () => {
  const names = pack.flatMap(({ id, controls }) =>
    [...(controls["same-as"] ?? []), ...(controls["part-of"] ?? [])].map((check) => `${id} ${check}`),
  );
  expect(names.filter((name) => /KICS|TRIVY|TFSEC|REGULA/.test(name))).toEqual([]);
  expect(names.length).toBe(new Set(names).size);
});
