import { expect, it } from "vitest";
import { checkAll, planBytes, subjectId } from "../check-fixture.ts";

/** What a policy says of a fixture with a parameter set, as `fail aws_x.y`. */
async function verdicts(policy: string, fixture: string, parameters: Record<string, boolean | number | string[]>) {
  const { findings } = await checkAll(planBytes(fixture), { select: [policy], parameters: { [policy]: parameters } });
  return findings.map(({ verdict, subject }) => `${verdict} ${subjectId(subject)}`);
}

const failures = async (...args: Parameters<typeof verdicts>) =>
  (await verdicts(...args)).filter((line) => line.startsWith("fail")).map((line) => line.slice("fail ".length));

it("GRD-001 asks for the accounts of the organization where the state is the account's baseline", async () => {
  expect(await failures("GRD-001", "fargate", { account_baseline: false })).toEqual([]);
  expect(await failures("GRD-001", "fargate", { account_baseline: true })).toEqual([
    "aws_guardduty_detector.feature_off",
    "aws_guardduty_detector.members_off",
  ]);
  const without = { account_baseline: true, required_organization_features: [] };
  expect(await failures("GRD-001", "fargate", without)).toEqual(["aws_guardduty_detector.members_off"]);
});

it("LOG-001 has a longest time where one is set", async () => {
  expect(await failures("LOG-001", "functions", { min_days: 1, max_days: 0 })).toEqual([]);
  expect(await failures("LOG-001", "functions", { min_days: 1, max_days: 100 })).toEqual([
    "aws_cloudwatch_log_group.by_default",
    "aws_cloudwatch_log_group.own",
  ]);
});

it("CICD-011 lets functions be public that are meant to be", async () => {
  expect(await failures("CICD-011", "functions", { public_functions: ["res*"] })).toEqual([]);
});

it("KMS-002 trusts accounts and services that are named, and no others", async () => {
  const trusted = { trusted_account_ids: ["arn:aws:iam::444455556666:root", "logs.eu-west-1.amazonaws.com"] };
  const [all, left] = await Promise.all([
    failures("KMS-002", "key-policies", {}),
    failures("KMS-002", "key-policies", trusted),
  ]);
  expect(all.filter((line) => !left.includes(line)).sort()).toEqual([
    'aws_kms_grant.to["foreign"]',
    'aws_kms_grant.to["service"]',
    'aws_kms_key.administered["bad_foreign"]#policy/0',
    "aws_kms_key.callers#policy/Foreign",
    "aws_kms_key.callers#policy/Logs",
    "aws_kms_key.callers#policy/LogsOfAnyAccount",
  ]);
});

it("KMS-003 and KMS-004 take other limits", async () => {
  expect(await failures("KMS-003", "key-policies", { max_days: 2560 })).not.toContain("aws_kms_key.callers");
  expect(await failures("KMS-004", "key-policies", { min_deletion_window: 7 })).not.toContain("aws_kms_key.short");
});

it("IAM-016 tolerates actions that are named", async () => {
  const some = await failures("IAM-016", "permission-sets", { tolerated_actions: ["s3:*"] });
  expect(some).toEqual(["aws_iam_role_policy.task#policy/EveryQueue", "aws_iam_role_policy.task#policy/EveryTable"]);
});

it("ECS-024 trusts images that are named", async () => {
  expect(await failures("ECS-024", "fargate", { trusted_images: ["public.ecr.aws/datadog/*"] })).toEqual([]);
});

it("NET-008 accepts other security policies where they are listed", async () => {
  const policies = { allowed_ssl_policies: ["ELBSecurityPolicy-*"] };
  expect(await failures("NET-008", "listeners", policies)).toEqual([
    "aws_alb_listener.other_name",
    "aws_lb_listener.by_rule",
    "aws_lb_listener.plain",
    "aws_lb_listener.redirect_plain",
  ]);
});

it("ECS-026 takes the circuit breaker and alarms where both stop and roll back", async () => {
  const found = await verdicts("ECS-026", "fargate", { enabled: true });
  expect(found.filter((line) => line.includes("alarms"))).toEqual([
    'fail aws_ecs_service.alarms["off"]',
    'fail aws_ecs_service.alarms["only_stop"]',
    'pass aws_ecs_service.alarms["roll_back"]',
  ]);
});
