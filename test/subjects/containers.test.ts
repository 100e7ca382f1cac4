import { describe, expect, it } from "vitest";
import { checkAll, encode, planBytes, planDocument, verdictLines } from "../check-fixture.ts";

/** The verdicts of one policy on a fixture, with parameters. */
async function verdicts(fixture: string, policy: string, parameters: Record<string, unknown>, only: RegExp) {
  const { findings } = await checkAll(planBytes(fixture), { select: [policy], parameters });
  return verdictLines(findings).filter((line) => only.test(line));
}

describe("parameters", () => {
  it.each<[string, string, Record<string, unknown>, string, string]>([
    ["images", "ECS-001", { allowed_registries: ["registry.example.com:5000"] }, "tags#foreign-full", "pass high"],
    ["images", "ECS-001", { allowed_registries: ["registry.example.com"] }, "tags#foreign-full", "fail high"],
    ["images", "ECS-001", { account_ids: ["111122223333"] }, "tags#other-account", "fail high"],
    ["images", "ECS-001", { account_ids: ["111122223333"] }, "tags#mutable", "pass high"],
    [
      "images",
      "ECS-001",
      { account_ids: ["111122223333"], ecr_account_ids: ["999900001111"] },
      "tags#other-account",
      "pass high",
    ],
    ["images", "ECS-001", { allow_public_gallery: true }, "publishers#dualstack", "pass high"],
    ["images", "ECS-002", { require_digest: true }, "tags#immutable", "fail medium"],
    ["images", "ECS-002", { require_digest: true }, "tags#digest", "pass medium"],
    ["images", "ECS-002", { semver_major_only_is_floating: false }, "tags#foreign-variant", "pass medium"],
    ["images", "ECS-002", { floating_tags: ["3f*"] }, "tags#immutable", "fail medium"],
    [
      "images",
      "ECS-002",
      { mutable_tag_exceptions: ["registry.example.com:5000/*"] },
      "tags#foreign-major",
      "not-applicable medium",
    ],
    ["images", "ECS-003", { verified_publishers: ["a1b2c3d4"] }, "publishers#cached-anybody", "pass medium"],
    ["hardening", "ECS-007", { allowed_capabilities: ["SYS_PTRACE"] }, "capabilities#ptrace", "pass high"],
    ["hardening", "ECS-007", { require_drop_all: true }, "capabilities#allowed", "fail medium"],
    ["hardening", "ECS-007", { require_drop_all: true }, "capabilities#dropped", "pass high"],
    ["hardening", "ECS-007", { require_no_new_privileges: true }, "rights#nothing", "fail medium"],
    ["hardening", "ECS-007", { require_no_new_privileges: true }, "rights#no-new-privileges", "pass high"],
    ["hardening", "ECS-007", { require_no_new_privileges: true }, "fargate_rights#options", "pass high"],
    ["hardening", "ECS-015", { forbid_tty: true }, "doors#tty", "fail medium"],
    ["hardening", "ECS-015", { admin_ports: [8080] }, "doors#no-door", "fail medium"],
    ["hardening", "ECS-015", { admin_ports: [8080] }, "doors#port", "pass medium"],
    ["volumes", "ECS-010", { allowed_host_paths: ["/opt/*"] }, "host_paths#volume/data", "pass critical"],
    ["volumes", "ECS-010", { allowed_host_paths: ["/opt/*"] }, "host_paths#volume/detour", "fail critical"],
    ["volumes", "ECS-010", { forbid_shared_volumes: true }, "docker#volume/shared", "fail high"],
    ["logging", "ECS-014", { min_retention_days: 7 }, "groups#short", "pass medium"],
    ["logging", "ECS-014", { require_finite_retention: true }, "groups#forever", "fail medium"],
    ["logging", "ECS-014", { require_finite_retention: true }, "groups#unmanaged", "pass medium"],
    ["logging", "ECS-014", { allowed_drivers: ["json-file"] }, "drivers#json-file", "pass medium"],
    ["logging", "ECS-014", { allowed_drivers: ["json-file"] }, "groups#created", "fail medium"],
  ])("%s %s %j: %s %s", async (fixture, policy, parameters, subject, expected) => {
    const address = `aws_ecs_task_definition.${subject}`;
    expect(await verdicts(fixture, policy, parameters, new RegExp(`${address}$`))).toEqual([
      `${expected} ${policy} ${address}`,
    ]);
  });
});

// Since provider 6 a repository may except tags from its rule.
describe("tags that a repository excepts", () => {
  it.each([
    ["IMMUTABLE_WITH_EXCLUSION", "3f*", "fail"],
    ["IMMUTABLE_WITH_EXCLUSION", "latest*", "pass"],
    ["MUTABLE_WITH_EXCLUSION", "3f*", "pass"],
    ["MUTABLE_WITH_EXCLUSION", "latest*", "fail"],
    ["SOMETHING_NEW", "3f*", "unknown"],
  ])("%s %s: %s", async (mutability, filter, expected) => {
    const plan = planDocument("images");
    for (const { address, change } of plan.resource_changes) {
      if (address === "aws_ecr_repository.web")
        Object.assign(change.after ?? {}, {
          image_tag_mutability: mutability,
          image_tag_mutability_exclusion_filter: [{ filter, filter_type: "WILDCARD" }],
        });
    }
    const { findings } = await checkAll(encode(plan), { select: ["ECS-002"] });
    expect(verdictLines(findings).filter((line) => line.endsWith("tags#mutable"))).toEqual([
      `${expected} medium ECS-002 aws_ecs_task_definition.tags#mutable`,
    ]);
  });
});

it("a repository of another account is not that of the image", async () => {
  const plan = planDocument("images");
  for (const { address, change } of plan.resource_changes) {
    if (address === "aws_ecr_repository.api") Object.assign(change.after ?? {}, { registry_id: "999900001111" });
  }
  const { findings } = await checkAll(encode(plan), { select: ["ECS-002"] });
  expect(verdictLines(findings).filter((line) => /tags#mutab/.test(line))).toEqual([
    "pass medium ECS-002 aws_ecs_task_definition.tags#mutability-later",
    "pass medium ECS-002 aws_ecs_task_definition.tags#mutable",
  ]);
});

it("a repository without a known name may be that of every image of its registry", async () => {
  const plan = planDocument("images");
  for (const { address, change } of plan.resource_changes) {
    if (address !== "aws_ecr_repository.web") continue;
    Reflect.deleteProperty(change.after ?? {}, "name");
    change.after_unknown["name"] = true;
  }
  const { findings } = await checkAll(encode(plan), { select: ["ECS-002"] });
  expect(verdictLines(findings).filter((line) => /tags#(?:mutable|immutable|other-region)$/.test(line))).toEqual([
    "unknown medium ECS-002 aws_ecs_task_definition.tags#mutable",
    "pass medium ECS-002 aws_ecs_task_definition.tags#immutable",
    "pass medium ECS-002 aws_ecs_task_definition.tags#other-region",
  ]);
});

it("what a sensitive text holds is not shown", async () => {
  const plan = planDocument("hardening");
  for (const { address, change } of plan.resource_changes) {
    if (address === "aws_ecs_task_definition.rights") change.after_sensitive = { container_definitions: true };
  }
  const { findings } = await checkAll(encode(plan), { select: ["ECS-007", "ECS-015"] });
  const shown = findings
    .filter(({ subject }) => subject.address === "aws_ecs_task_definition.rights")
    .flatMap(({ evidence }) => evidence)
    .filter(({ fact, actual }) => /^(?:added|dev|sec|host)/.test(fact) && Array.isArray(actual) && actual.length > 0)
    .flatMap(({ actual }) => actual);
  expect(new Set(shown)).toEqual(new Set(["(sensitive)"]));
});
