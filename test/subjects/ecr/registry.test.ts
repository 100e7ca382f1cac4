import { expect, it } from "vitest";
import { checkAll, encode, planDocument, verdictLines } from "../../check-fixture.ts";

/** The verdicts of one policy on the fixture of the registry, with some planned values replaced. */
async function verdicts(
  id: string,
  changes: Record<string, Record<string, unknown>>,
  parameters: Record<string, unknown> = {},
) {
  const plan = planDocument("ecr-registry");
  for (const { address, change } of plan.resource_changes) Object.assign(change.after ?? {}, changes[address]);
  const { findings } = await checkAll(encode(plan), { select: [id], parameters });
  return new Map(verdictLines(findings).map((line) => [line.split(" ")[3] ?? "", line.split(" ")[0]]));
}

const rule = (name: string) => `aws_ecr_pull_through_cache_rule.${name}`;
const template = (name: string) => `aws_ecr_repository_creation_template.${name}`;

it("a registry of an own account is trusted", async () => {
  const without = await verdicts("ECR-014", {}, { account_ids: ["111122223333"] });
  const stated = await verdicts("ECR-014", {}, { account_ids: ["444455556666"] });
  expect([without.get(rule("account")), stated.get(rule("account"))]).toEqual(["fail", "pass"]);
});

it("a part of a registry is trusted as registry/prefix, and no more than that", async () => {
  const trusted = { trusted_upstreams: ["registry-1.docker.io/amazonlinux"] };
  const found = await verdicts("ECR-014", {}, trusted);
  expect([found.get(rule("hub_prefix")), found.get(rule("hub_login"))]).toEqual(["pass", "fail"]);
});

it("the publisher of a prefix counts in the public gallery", async () => {
  const prefixed = (upstream_repository_prefix: string) =>
    verdicts("ECR-014", { [rule("gallery")]: { upstream_repository_prefix } }, { trusted_upstreams: [] });
  const found = [await prefixed("docker/library"), await prefixed("someone/docker"), await prefixed("ROOT")];
  expect(found.map((lines) => lines.get(rule("gallery")))).toEqual(["pass", "fail", "fail"]);
});

it("a repository that was made for the cache may lie under the prefix", async () => {
  const found = await verdicts("ECR-014", {}, { prepared_cache_repositories: ["shop/*"] });
  expect(found.get(rule("collides"))).toBe("pass");
});

it("a template with exclusions (provider 6) passes only with allowed ones", async () => {
  const excluding = (filter: string) => ({
    [template("replica")]: {
      image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION",
      image_tag_mutability_exclusion_filter: [{ filter, filter_type: "WILDCARD" }],
    },
  });
  const allowed = { mutable_tag_patterns: ["dev-*"] };
  const found = [
    await verdicts("ECR-015", excluding("dev-*"), allowed),
    await verdicts("ECR-015", excluding("latest"), allowed),
    await verdicts("ECR-015", excluding("dev-*")),
  ];
  expect(found.map((lines) => lines.get(template("replica")))).toEqual(["pass", "fail", "fail"]);
});

it("rules are not judged where templates are not required", async () => {
  const found = await verdicts("ECR-015", {}, { require_template_for_pull_through: false });
  expect([found.get(rule("hub")), found.get(template("bare"))]).toEqual(["not-applicable", "fail"]);
});
