import { expect, it } from "vitest";
import { readPlan } from "../../engine/plan/read.ts";

/** The region of a resource whose provider has this expression as its region. */
function regionBy(expression: object, own: object = {}): string | null | undefined {
  const resource = { address: "aws_ecr_repository.x", mode: "managed", type: "aws_ecr_repository", name: "x" };
  const change = { actions: ["create"], before: null, after: { name: "api", ...own }, after_unknown: {} };
  const plan = readPlan({
    format_version: "1.2",
    variables: { region: { value: "eu-west-1" }, other: { value: "us-east-1" }, number: { value: 1 } },
    resource_changes: [{ ...resource, provider_name: "registry.terraform.io/hashicorp/aws", change }],
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { region: expression } } },
      root_module: { resources: [{ ...resource, provider_config_key: "aws", expressions: {} }] },
    },
  });
  return plan.resources[0]?.region;
}

it.each<[string, object, object, string | null]>([
  ["as it is written", { constant_value: "eu-north-1" }, {}, "eu-north-1"],
  ["by a variable", { references: ["var.region"] }, {}, "eu-west-1"],
  ["by a variable that is no text", { references: ["var.number"] }, {}, null],
  ["by a variable that nobody knows", { references: ["var.unknown"] }, {}, null],
  ["by two variables", { references: ["var.region", "var.other"] }, {}, null],
  ["by a local value", { references: ["local.region"] }, {}, null],
  ["its own, of provider 6", { references: ["var.region"] }, { region: "eu-central-1" }, "eu-central-1"],
])("the region of a resource: %s", (_, expression, own, expected) => {
  expect(regionBy(expression, own)).toBe(expected);
});
