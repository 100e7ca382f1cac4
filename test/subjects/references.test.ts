import { describe, expect, it } from "vitest";
import { checkAll, planBytes, reportOf, subjectId } from "../check-fixture.ts";

/** The verdicts of a fixture, by policy and subject. */
async function verdictsOf(fixture: string): Promise<ReadonlyMap<string, string>> {
  const { findings } = await reportOf(fixture);
  return new Map(findings.map(({ policy, subject, verdict }) => [`${policy} ${subjectId(subject)}`, verdict]));
}

// Each table has both: what a bare reference proves, and what one that may be made more of does not.
describe("what is concluded from a reference", async () => {
  const verdicts = await verdictsOf("references");

  describe("a value is what it refers to", () => {
    it.each([
      ["one bare reference", "ECR-009 aws_ecr_repository_policy.bare#policy/Written", "pass"],
      ["several, of which each is that", "ECR-009 aws_ecr_repository_policy.two#policy/Written", "pass"],
      ["beside a dynamic block", "ECR-009 aws_ecr_repository_policy.beside_dynamic#policy/Written", "unknown"],
      ["in a dynamic block", "ECR-008 aws_ecr_repository_policy.beside_dynamic#policy/Dynamic", "unknown"],
      ["in a conditional", "ECR-009 aws_ecr_repository_policy.conditional#policy/Written", "unknown"],
      ["twice in one function", "ECR-008 aws_ecr_repository_policy.twice#policy", "unknown"],
      ["bare, as its text in JSON syntax says", "ECR-009 aws_ecr_repository_policy.json#policy/Written", "pass"],
      ["once in a function, as its text says", "ECR-008 aws_ecr_repository_policy.json_other#policy", "unknown"],
    ])("%s: %s is %s", (_, subject, verdict) => {
      expect(verdicts.get(subject)).toBe(verdict);
    });
  });

  describe("instances pair where both have the same keys", () => {
    it.each([
      ["the same keys", 'IAM-001 aws_iam_role_policy.same_keys["web"]#policy/0', "pass"],
      ["the same keys", 'IAM-001 aws_iam_role_policy.same_keys["worker"]#policy/0', "fail"],
      ["a key that is only mentioned", 'IAM-001 aws_iam_role_policy.other_keys["web"]#policy', "unknown"],
      ["a key that is only mentioned", 'ECS-016 aws_ecs_task_definition.other_keys["web"]', "unknown"],
      ["keys that are written", "ECS-016 aws_ecs_task_definition.same_role", "fail"],
      ["a number that is added to", "ECR-004 aws_ecr_repository.counted[0]", "unknown"],
      ["a number that is added to", "ECR-004 aws_ecr_repository.counted[1]", "unknown"],
    ])("%s: %s is %s", (_, subject, verdict) => {
      expect(verdicts.get(subject)).toBe(verdict);
    });
  });

  describe("a name that waits is that of what it refers to", () => {
    it.each([
      ["the name", "ECR-004 aws_ecr_repository.alone", "pass"],
      ["one that another name begins with", "ECR-004 aws_ecr_repository.base", "unknown"],
      ["one that begins with another name", "ECR-004 aws_ecr_repository.cache", "unknown"],
      ["for another region", "ECR-004 aws_ecr_repository.replicated", "fail"],
    ])("%s: %s is %s", (_, subject, verdict) => {
      expect(verdicts.get(subject)).toBe(verdict);
    });
  });

  describe("an ARN says the region of its object", () => {
    it.each([
      ["HERE_TWO", "pass"],
      ["HERE_TWOB", "fail"],
      ["THERE_TWO", "fail"],
      ["THERE_TWOB", "pass"],
      ["THERE_HERE", "not-applicable"],
    ])("%s is %s", (name, verdict) => {
      expect(verdicts.get(`ECS-013 aws_ecs_task_definition.arns#app/${name}`)).toBe(verdict);
    });

    it.each([
      ["FOREIGN_TWO", "fail"],
      ["HERE_TWO", "pass"],
    ])("and its account, where that of the plan is known: %s is %s", async (name, verdict) => {
      const { findings } = await checkAll(planBytes("references"), {
        select: ["ECS-013"],
        parameters: { account_ids: ["111122223333"] },
      });
      const found = findings.find(({ subject }) => subjectId(subject) === `aws_ecs_task_definition.arns#app/${name}`);
      expect(found?.verdict).toBe(verdict);
    });
  });

  describe("statements keep their positions", () => {
    it.each([
      ["behind statements that nothing tells", "IAM-001 aws_iam_policy.positions#policy/n+0", "pass"],
      ["where one of the same Sid takes a place", "IAM-001 aws_iam_policy.replacing#policy/First", "pass"],
      ["behind that", "IAM-001 aws_iam_policy.replacing#policy/1", "pass"],
    ])("%s: %s is %s", (_, subject, verdict) => {
      expect(verdicts.get(subject)).toBe(verdict);
    });
  });

  describe("what the plan shows without the source", () => {
    it.each([
      ["a null is not written", "KMS-001 aws_ssm_parameter.null_key", "fail"],
      ["a null is not written", "ECS-009 aws_ecs_task_definition.null_mode", "fail"],
      ["the tag behind a URL", "ECS-002 aws_ecs_task_definition.json#latest", "fail"],
      ["the digest behind a URL", "ECS-002 aws_ecs_task_definition.json#digest", "pass"],
      ["nothing behind a URL", "ECS-002 aws_ecs_task_definition.json#url", "fail"],
    ])("%s: %s is %s", (_, subject, verdict) => {
      expect(verdicts.get(subject)).toBe(verdict);
    });
  });
});

describe("what tasks get of a network", async () => {
  const verdicts = await verdictsOf("routes");

  describe("subnets that lead to the internet", () => {
    it.each([
      ['keyed["private"]', "pass"],
      ['named["peered"]', "pass"],
      ["alone", "pass"],
      ["several", "pass"],
      ['keyed["office"]', "pass"],
      ['named["main"]', "fail"],
      ['keyed["halves"]', "fail"],
      ['keyed["listed"]', "fail"],
      ['named["static"]', "fail"],
      ["peer", "fail"],
      ["third", "fail"],
      ["default", "fail"],
      ["more_public", "fail"],
      ['keyed["conditional"]', "unknown"],
      ['named["dynamic"]', "unknown"],
      ["more", "unknown"],
      ["chosen", "unknown"],
    ])("%s is %s", (name, verdict) => {
      expect(verdicts.get(`NET-005 aws_ecs_service.${name}`)).toBe(verdict);
    });
  });

  describe("groups", () => {
    it.each([
      ["NET-004 aws_ecs_service.default_group", "fail"],
      ["NET-004 aws_ecs_service.several", "pass"],
      ["NET-004 aws_default_security_group.main", "fail"],
      ["NET-004 aws_default_security_group.peer", "pass"],
      ['NET-001 aws_vpc_security_group_ingress_rule.https["balancer"]', "pass"],
      ['NET-001 aws_vpc_security_group_ingress_rule.https["database"]', "pass"],
      ['NET-001 aws_vpc_security_group_ingress_rule.https["unused"]', "unknown"],
      ['NET-001 aws_vpc_security_group_ingress_rule.ssh["balancer"]', "fail"],
      ['NET-001 aws_vpc_security_group_ingress_rule.ssh["database"]', "fail"],
      ['NET-001 aws_vpc_security_group_ingress_rule.ssh["unused"]', "unknown"],
      ["NET-001 aws_vpc_security_group_ingress_rule.task", "fail"],
      ["NET-001 aws_vpc_security_group_ingress_rule.public", "unknown"],
      ["NET-001 aws_vpc_security_group_ingress_rule.everywhere", "fail"],
      ["NET-001 aws_vpc_security_group_ingress_rule.offices", "pass"],
      ['NET-001 aws_vpc_security_group_ingress_rule.task_ipv6["2001:db8:1234::/48"]', "fail"],
      ['NET-001 aws_vpc_security_group_ingress_rule.task_ipv6["2001:db8:1234:5600::/56"]', "pass"],
    ])("%s is %s", (subject, verdict) => {
      expect(verdicts.get(subject)).toBe(verdict);
    });
  });

  describe("ports to the internet", () => {
    it.each([
      ["all", "fail"],
      ["nearly", "fail"],
      ["unprivileged", "fail"],
      ["some", "pass"],
      ["https", "pass"],
    ])("%s: %s", (name, verdict) => {
      expect(verdicts.get(`NET-003 aws_vpc_security_group_egress_rule.task["${name}"]`)).toBe(verdict);
    });
  });
});

// Functions have the references of what they are over; one that is no name where a name is wanted must have a function over it.
describe("what the configuration of a plan does not show", async () => {
  const verdicts = await verdictsOf("hidden-uses");

  it.each([
    ["the name of a repository", 'ECR-004 aws_ecr_repository.named["bare"]', "pass"],
    ["a name made of an ARN", 'ECR-004 aws_ecr_repository.named["of-arn"]', "unknown"],
    ["a name made of a URL", 'ECR-004 aws_ecr_repository.named["of-url"]', "unknown"],
    ["a block over a list that waits", "ECS-023 aws_ecs_cluster.hidden", "unknown"],
    ["a block over a variable that is given one", "ECS-023 module.given.aws_ecs_cluster.this", "unknown"],
    ["an inline policy over one", "IAM-014 aws_iam_role.hidden", "unknown"],
    ["nothing that waits", "ECS-023 module.plain.aws_ecs_cluster.this", "fail"],
    ["what waits is shown elsewhere", "ECS-023 module.seen.aws_ecs_cluster.this", "fail"],
    ["what waits may be used by a local", "ECS-023 module.local.aws_ecs_cluster.this", "unknown"],
    ["a local and a dynamic block that others use", "IAM-014 module.roles.aws_iam_role.given", "unknown"],
    ["a dynamic block that the plan shows", "ECS-023 module.roles.aws_ecs_cluster.shown", "pass"],
    ["what waits is made later", "IAM-001 module.before.aws_iam_role.first#inline_policy", undefined],
    ["what waits is made before", "IAM-001 module.before.aws_iam_role.second#inline_policy", "unknown"],
  ])("%s: %s is %s", (_, subject, verdict) => {
    expect(verdicts.get(subject)).toBe(verdict);
  });
});
