import { expect, it } from "vitest";
import { checkAll, encode, planBytes, planDocument, reportOf, verdictLines } from "../check-fixture.ts";

async function verdicts(fixture: string, policy: string, wanted: RegExp, parameters: Record<string, unknown> = {}) {
  const { findings } = await checkAll(planBytes(fixture), { select: [policy], parameters });
  return verdictLines(findings)
    .filter((line) => wanted.test(line))
    .map((line) => line.replace(/ \S+ aws_codebuild_project\./, " "));
}

/** What parameters change. */
it.each([
  ["buildspec", "CICD-002", '"trivy"', { strict: true }, ['fail medium image["trivy"]']],
  [
    "buildspec",
    "CICD-003",
    '"script-that-may-scan"',
    { scanner_wrappers: ["./scan.sh"] },
    ['pass high image["script-that-may-scan"]'],
  ],
  ["buildspec", "CICD-003", '"grype"', { scanners: ["trivy"] }, ['fail high image["grype"]']],
  [
    "buildspec",
    "CICD-003",
    '"trivy-medium-only"',
    { required_severities: ["MEDIUM"] },
    ['pass high image["trivy-medium-only"]'],
  ],
  ["buildspec", "CICD-003", '"no-scan"', { scan_elsewhere: ["no-*"] }, ['not-applicable high image["no-scan"]']],
  ["buildspec", "CICD-004", '"hadolint"', { accept_dockerfile_linters: true }, ['pass medium image["hadolint"]']],
  [
    "buildspec",
    "CICD-004",
    '"dockle-fatal-only"',
    { min_exit_level: "fatal" },
    ['pass medium image["dockle-fatal-only"]'],
  ],
  ["buildspec", "CICD-004", '"dockle-default"', { min_exit_level: "fatal" }, ['pass medium image["dockle-default"]']],
  ["buildspec", "CICD-004", '"dockle-default"', { min_exit_level: "info" }, ['fail medium image["dockle-default"]']],
  [
    "buildspec",
    "CICD-004",
    '"script-that-may-scan"',
    { config_scanner_wrappers: ["./scan.sh *"] },
    ['pass medium image["script-that-may-scan"]'],
  ],
  [
    "buildspec",
    "CICD-005",
    '"quarantine"',
    { allow_push_to_quarantine: ["*-quarantine:*"] },
    ['pass high image["quarantine"]'],
  ],
  [
    "buildspec",
    "CICD-006",
    '"content-trust"|"notation-sign"|"cosign-verify"',
    { mode: "sign" },
    ['fail medium image["content-trust"]', 'fail medium image["cosign-verify"]', 'pass medium image["notation-sign"]'],
  ],
  [
    "codebuild",
    "CICD-001",
    "/DEPLOY_TOKEN$",
    { allowed_names: ["DEPLOY_*"] },
    ["pass critical values#environment_variable/DEPLOY_TOKEN"],
  ],
  [
    "codebuild",
    "CICD-002",
    '"lint-privileged"',
    { image_build_projects: ["lint-*"] },
    ['pass medium build["lint-privileged"]'],
  ],
  [
    "codebuild",
    "CICD-007",
    '"in-a-folder"',
    { protected_sources: ["https://github.com/example/*"] },
    ['pass low build["in-a-folder"]'],
  ],
  ["codebuild", "CICD-008", '"public"', { allow_public_projects: ["public"] }, ['pass high exposed["public"]']],
])("%s %s %s with %j", async (fixture, policy, subject, parameters, expected) => {
  expect(await verdicts(fixture, policy, new RegExp(subject), parameters)).toEqual(expected);
});

it("a service verifies signatures by a hook of its deployments, which provider 6 has", async () => {
  const plan = planDocument("ecs");
  const hooks: Readonly<Record<string, unknown>> = {
    "aws_ecs_service.by_family": "arn:aws:lambda:eu-west-1:111122223333:function:verify-images:live",
    "aws_ecs_service.by_strategy": "arn:aws:lambda:eu-west-1:111122223333:function:smoke-test",
  };
  for (const { address, change } of plan.resource_changes) {
    const target = hooks[address];
    if (target !== undefined)
      Object.assign(change.after ?? {}, {
        deployment_configuration: [{ lifecycle_hook: [{ hook_target_arn: target }] }],
      });
  }
  const { findings } = await checkAll(encode(plan), { select: ["CICD-006"], parameters: { mode: "service" } });
  expect(verdictLines(findings).filter((line) => /by_(?:family|strategy|cluster)$/.test(line))).toEqual([
    "fail medium CICD-006 aws_ecs_service.by_cluster",
    "fail medium CICD-006 aws_ecs_service.by_strategy",
    "pass medium CICD-006 aws_ecs_service.by_family",
  ]);
});

it.each([
  ["ALL_PULL_REQUESTS", ["GITHUB_WRITE"], "pass"],
  ["FORK_PULL_REQUESTS", ["GITHUB_WRITE", "GITHUB_ADMIN"], "pass"],
  ["ALL_PULL_REQUESTS", ["GITHUB_READ"], "fail"],
  ["DISABLED", [], "fail"],
])("approval of pull requests %s by %j: %s", async (approval, roles, verdict) => {
  const plan = planDocument("codebuild");
  for (const { address, change } of plan.resource_changes) {
    if (address !== 'aws_codebuild_webhook.hook["pull-requests"]') continue;
    const policy = { requires_comment_approval: approval, approver_roles: roles };
    Object.assign(change.after ?? {}, { pull_request_build_policy: [policy] });
  }
  const { findings } = await checkAll(encode(plan), { select: ["CICD-009"] });
  expect(verdictLines(findings).filter((line) => line.includes('"pull-requests"'))).toEqual([
    `${verdict} high CICD-009 aws_codebuild_webhook.hook["pull-requests"]#filter_group[0]`,
  ]);
});

it("no credential of the fixture is in the report", async () => {
  const report = await reportOf("codebuild");
  expect(JSON.stringify(report)).not.toMatch(/not-a-real/);
});

// One answer to one question: what lets a role push for IAM-006 lets the builds that take it push for CICD-009.
it("a role may push by whatever way it got the right", async () => {
  const { findings } = await checkAll(planBytes("codebuild"), { select: ["CICD-009", "IAM-006"] });
  const way = /^(\S+) high CICD-009 aws_codebuild_webhook\.way\["(.*)"\]$/;
  const pushes = verdictLines(findings).flatMap((line) => {
    const [, verdict = "", name = ""] = way.exec(line) ?? [];
    return name === "" ? [] : [`${verdict} ${name}`];
  });
  // For each way of attaching: a policy of AWS that allows pushing, one that does not, and one that is managed elsewhere.
  const attached = ["role-attachment", "attachment", "attachments-exclusive", "managed-policy-arns"].flatMap((by) => [
    `fail ${by}-AmazonEC2ContainerRegistryPowerUser`,
    `not-applicable ${by}-AmazonEC2ContainerRegistryReadOnly`,
    `unknown ${by}-build`,
  ]);
  const own = [
    "fail own-role-attachment",
    "fail own-attachments-exclusive",
    "fail inline-block",
    "not-applicable policies-exclusive",
    "unknown policies-exclusive-more",
  ];
  const documents = [
    "fail role-policy-push",
    "fail role-policy-push-on-all",
    "fail role-policy-push-at-times",
    "not-applicable role-policy-push-elsewhere",
    "not-applicable role-policy-all-but-pushes",
    "not-applicable role-policy-all-but-registry",
    "fail role-policy-all-but-a-bucket",
    "fail role-policy-any-case",
    "not-applicable role-policy-denied-everywhere",
    "fail role-policy-denied-by-name",
    "fail role-policy-denied-elsewhere",
    "fail role-policy-denied-but-one",
    "unknown role-policy-denied-at-times",
  ];
  expect(pushes.toSorted()).toEqual([...attached, ...own, ...documents].toSorted());
  // IAM-006 judges each statement by itself: Denies beside it are for CICD-009 only.
  const statements = verdictLines(findings).filter((line) =>
    /IAM-006 aws_iam_role_policy\.way\[.*policy\/0$/.test(line),
  );
  const verdictOf = (name: string) => statements.find((line) => line.includes(`["${name}"]`))?.split(" ")[0];
  for (const line of documents.filter((each) => !each.includes("denied"))) {
    const [verdict, name = ""] = line.split(" role-policy-");
    expect([name, verdictOf(name)]).toEqual([name, verdict]);
  }
});

it.each([
  ["arn:aws:iam::aws:policy/AdministratorAccess", "fail"],
  ["arn:aws:iam::aws:policy/PowerUserAccess", "fail"],
  ["arn:aws:iam::aws:policy/ReadOnlyAccess", "not-applicable"],
  ["arn:aws:iam::aws:policy/NewAccess", "unknown"],
  ["arn:aws:iam::111122223333:policy/boundary", "unknown"],
])("a permissions boundary of %s: %s", async (arn, verdict) => {
  const plan = JSON.stringify(planDocument("codebuild")).replaceAll("arn:aws:iam::111122223333:policy/boundary", arn);
  const { findings } = await checkAll(encode(JSON.parse(plan)), { select: ["CICD-009"] });
  expect(findings.find(({ subject }) => subject.address === "aws_codebuild_webhook.bounded")?.verdict).toBe(verdict);
});
