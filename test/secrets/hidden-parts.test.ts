import { describe, expect, it } from "vitest";
import { factsText } from "../../cli/reporters/facts-text.ts";
import { facts } from "../../engine/index.ts";
import { checkAll, encode } from "../check-fixture.ts";

const columns = { colours: false, columns: 200 };

/** All that is told of a plan with one resource, and with these arguments of a provider. */
async function told(type: string, after: object, mask: unknown, provider: object = {}): Promise<string> {
  const resource = { address: `${type}.x`, mode: "managed", type, name: "x" };
  const change = { actions: ["create"], before: null, after, after_unknown: {}, after_sensitive: mask };
  const plan = encode({
    format_version: "1.2",
    resource_changes: [{ ...resource, provider_name: "registry.terraform.io/hashicorp/aws", change }],
    configuration: {
      provider_config: { grafana: { name: "grafana", expressions: provider } },
      root_module: { resources: [{ ...resource, expressions: {} }] },
    },
  });
  const reports = [await facts(plan), await facts(plan, { address: resource.address })];
  const texts = reports.map((report) => `${factsText(report, columns)}\n${JSON.stringify(report)}`);
  return [...texts, JSON.stringify(await checkAll(plan, { system: true }))].join("\n");
}

const planted = "zq7planted";
const filter = (type: string) => [{ filter: [{ type, pattern: `${planted}/.*`, exclude_matched_pattern: false }] }];
const rules = (selection: object) =>
  JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: "expire" } }] });
const newest = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 73519 };
const oldest = { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 73519 };

describe("a part of what the plan marks is in no output, and is in one where it is not marked", () => {
  it.each<[string, string, object, unknown, string]>([
    [
      "the pattern of a webhook",
      "aws_codebuild_webhook",
      { project_name: "x", filter_group: filter("HEAD_REF") },
      { filter_group: true },
      planted,
    ],
    [
      "the pattern of a webhook that alone is marked",
      "aws_codebuild_webhook",
      { project_name: "x", filter_group: filter("ACTOR_ACCOUNT_ID") },
      { filter_group: [{ filter: [{ pattern: true }] }] },
      planted,
    ],
    [
      "the event of a webhook",
      "aws_codebuild_webhook",
      { project_name: "x", filter_group: filter("EVENT") },
      { filter_group: [{ filter: [{ pattern: true }] }] },
      planted,
    ],
    [
      "the branches of a webhook",
      "aws_codebuild_webhook",
      { project_name: "x", branch_filter: planted },
      { branch_filter: true },
      planted,
    ],
    [
      "how many images a lifecycle policy keeps",
      "aws_ecr_lifecycle_policy",
      { repository: "x", policy: rules(newest) },
      { policy: true },
      "73519",
    ],
    [
      "how long a lifecycle policy keeps images",
      "aws_ecr_lifecycle_policy",
      { repository: "x", policy: rules(oldest) },
      { policy: true },
      "73519",
    ],
    [
      "the same in a template of repositories",
      "aws_ecr_repository_creation_template",
      { prefix: "x", lifecycle_policy: rules(newest) },
      { lifecycle_policy: true },
      "73519",
    ],
  ])("%s", async (_, type, after, mask, part) => {
    expect(await told(type, after, mask)).not.toContain(part);
    expect(await told(type, after, {})).toContain(part);
  });
});

describe("the name of a provider's argument", () => {
  const token = `gh${"p_"}${"Zq7plantedWm4Xk2Vb6Nc8Hs1Jd5Fg3Lp0Ry"}`;
  const bucket = (mask: unknown) => told("aws_s3_bucket", { bucket: planted }, mask, { [planted]: named });
  const named = { constant_value: token };

  it("is shown, and its value is not", async () => {
    const output = await bucket({});
    expect([output.includes(planted), output.includes(token)]).toEqual([true, false]);
  });

  it("is hidden where it is what the plan marks, or has the form of a credential", async () => {
    expect(await bucket({ bucket: true })).not.toContain(planted);
    expect(await told("aws_s3_bucket", {}, {}, { [token]: named })).not.toContain(token);
  });
});
