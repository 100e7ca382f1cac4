import { describe, expect, it } from "vitest";
import { checkAll, planBytes, verdictLines } from "../check-fixture.ts";

/** The verdicts of one policy on the parts of one resource, as `fail high Sid`. */
async function verdicts(fixture: string, policy: string, address: string, parameters: Record<string, unknown>) {
  const { findings } = await checkAll(planBytes(fixture), { select: [policy], parameters });
  const prefix = ` ${policy} ${address}`;
  return verdictLines(findings)
    .filter((line) => line.includes(prefix) && !line.startsWith("not-applicable"))
    .map((line) => line.replace(prefix, " ").replace("policy/", ""))
    .sort();
}

describe("rights per cluster", () => {
  const known = "aws_iam_role_policy.clusters#";
  const deferred = "aws_iam_role_policy.clusters_later#";

  it("one cluster, by its full name, is separate", async () => {
    const parameters = { enabled: true };
    expect(await verdicts("iam-statements", "IAM-015", known, parameters)).toEqual([
      "fail low AnyCluster",
      "fail low DevClusters",
      "fail low NullOnly",
      "fail low RunAnywhere",
      "fail low TwoClusters",
      "pass low DevCluster",
      "pass low ProdCluster",
      "pass low RunInDev",
    ]);
    expect(await verdicts("iam-statements", "IAM-015", deferred, parameters)).toEqual([
      "pass low ByReference",
      "pass low ConditionByReference",
      "pass low ServiceByReference",
      "unknown low ClusterLater",
    ]);
  });

  it("several clusters of one group are, and holders keep to theirs", async () => {
    const parameters = {
      enabled: true,
      cluster_groups: ["dev=dev-*", "prod=prod-*"],
      holder_groups: ["dev=dev-deployer", "prod=prod-deployer"],
    };
    expect(await verdicts("iam-statements", "IAM-015", known, parameters)).toEqual([
      "fail low AnyCluster",
      "fail low NullOnly",
      "fail low ProdCluster",
      "fail low RunAnywhere",
      "fail low TwoClusters",
      "pass low DevCluster",
      "pass low DevClusters",
      "pass low RunInDev",
    ]);
  });

  it("an action that is unknown proves nothing", async () => {
    const parameters = { enabled: true, cluster_groups: ["dev=dev-*"] };
    expect(await verdicts("iam-statements", "IAM-015", "aws_iam_policy.actions_later#", parameters)).toEqual([
      "unknown low ActionsLater",
      "unknown low EffectLater",
      "unknown low ExceptionsLater",
    ]);
  });

  it("is off by default", async () => {
    expect(await verdicts("iam-statements", "IAM-015", known, {})).toEqual([]);
  });
});

it("named roles without a service are medium where require_passed_to_service is off", async () => {
  const parameters = { require_passed_to_service: false };
  expect(await verdicts("iam-statements", "IAM-005", "aws_iam_policy.pass_role#", parameters)).toEqual([
    "fail high AnyRole",
    "fail high AnyRoleOfAccount",
    "fail high ByWildcard",
    "fail high OtherService",
    "fail medium AnyService",
    "fail medium IfExists",
    "fail medium OpenService",
    "pass high Limited",
  ]);
});

it("roles may be passed to the services of allowed_pass_services", async () => {
  const parameters = { allowed_pass_services: ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com"] };
  const lines = await verdicts("iam-statements", "IAM-005", "aws_iam_policy.pass_role#", parameters);
  expect(lines.filter((line) => line.startsWith("pass"))).toEqual(["pass high Limited", "pass high OtherService"]);
});

it("sessions need a second factor where require_mfa is on", async () => {
  const lines = await verdicts("iam-statements", "IAM-013", "aws_iam_policy.sessions#", { require_mfa: true });
  expect(lines.filter((line) => line.startsWith("pass"))).toEqual(["pass high WithMfa"]);
});

it("exec_holders may open sessions, as long as all holders of the policy are among them", async () => {
  const deploy = (holders: string[]) =>
    verdicts("shop/faulty", "IAM-013", "aws_iam_policy.deploy#", { exec_holders: holders });
  expect([await deploy(["shop-deployer"]), await deploy(["shop-admin"])]).toEqual([[], ["fail high Debug"]]);
});

it("allowed_users may hold what they hold; who a user will be is then unknown", async () => {
  expect(await verdicts("people", "IAM-008", "aws_iam_", { allowed_users: ["a*"] })).toEqual([
    "fail low policy_attachment.look#bob",
    "fail medium access_key.ci#ci",
    "fail medium user_policy.ci#ci",
    "pass low policy_attachment.look#ann",
    "pass low user_policy_attachment.ann#ann",
    "pass low user_policy_attachments_exclusive.ann#ann",
    "unknown low policy_attachment.later",
    "unknown low user_policy.later",
  ]);
});

it("wildcards are judged for guarded_services, without tolerated_wildcards", async () => {
  const failing = async (parameters: Record<string, unknown>) => {
    const lines = await verdicts("iam-statements", "IAM-002", "aws_iam_policy.wildcards#", parameters);
    return lines.filter((line) => line.startsWith("fail"));
  };
  expect(await failing({ guarded_services: ["ecs"] })).toEqual(["fail high Service"]);
  expect(await failing({ tolerated_wildcards: ["ec?:*", "ssm:Get*", "ecr:Batch*", "s3:*"] })).toEqual([
    "fail high AnyName",
  ]);
});

it("tolerated_actions may be for all resources, and other conditions may scope", async () => {
  const failing = async (parameters: Record<string, unknown>) => {
    const lines = await verdicts("iam-statements", "IAM-004", "aws_iam_policy.resources#", parameters);
    return lines.filter((line) => line.startsWith("fail medium"));
  };
  expect(await failing({ tolerated_actions: ["ec2:*", "ecr:Delete*"] })).toEqual(["fail medium Everything"]);
  expect(await failing({ condition_scopes: ["aws:requestedregion", "*:resourcetag/*", "ecs:cluster"] })).toEqual([
    "fail medium AnyAccount",
    "fail medium ByAnyTag",
    "fail medium Everything",
    "fail medium IfExists",
  ]);
});

it("a role that an organization may take is open where the organization is not trusted", async () => {
  const trust = (organizations: string[]) =>
    verdicts("iam-statements", "IAM-009", "aws_iam_role.trust#assume_role_policy/Organization", {
      trusted_org_ids: organizations,
    });
  expect([await trust(["o-exampleorg1"]), await trust(["o-other"])]).toEqual([["pass critical "], ["fail high "]]);
});
