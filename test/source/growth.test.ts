import { expect, it } from "vitest";
import { workOutBody } from "../../engine/expressions/body.ts";
import { configurationOf } from "../../engine/expressions/configuration.ts";
import { moduleAt } from "../../engine/expressions/modules.ts";
import { readPlan } from "../../engine/plan/read.ts";
import { textSource } from "./text-source.ts";

/** How many steps it takes to work out all of a stack with so many instances. */
function stepsOf(instances: number): number {
  const names = Array.from({ length: instances }, (_, at) => `n${at}`);
  const { source } = textSource({
    "main.tf": `
      locals {
        all = { for name in [${names.map((name) => `"${name}"`).join(", ")}] : name => { image = aws_ecr_repository.app[name].repository_url } }
      }
      resource "aws_ecr_repository" "app" {
        for_each = local.all
        name     = each.key
      }
      module "one" {
        source   = "./one"
        for_each = local.all
        name     = each.key
        image    = each.value.image
      }
      resource "aws_ecs_task_definition" "app" {
        for_each              = local.all
        container_definitions = jsonencode([{ name = each.key, image = each.value.image, same = aws_ecr_repository.app[each.key].repository_url, other = module.one[each.key].json }])
      }`,
    "one/main.tf": `
      variable "name" {}
      variable "image" {}
      output "json" {
        value = jsonencode([var.name, var.image])
      }`,
  });
  const change = (type: string, name: string, unknown: object) => ({
    address: `${type}.app["${name}"]`,
    mode: "managed",
    type,
    name: "app",
    index: name,
    change: { actions: ["create"], before: null, after: { name }, after_unknown: unknown },
  });
  const plan = readPlan({
    format_version: "1.2",
    resource_changes: names.flatMap((name) => [
      change("aws_ecr_repository", name, { repository_url: true }),
      change("aws_ecs_task_definition", name, { container_definitions: true }),
    ]),
  });
  const configuration = source.configuration === undefined ? null : configurationOf(plan, source.configuration);
  if (configuration === null) throw new Error("no configuration");
  const { steps } = configuration.budget;
  for (const { type, name, key, module: path } of plan.resources) {
    const module = moduleAt(configuration, path);
    const block = module?.source.find("resource", [type, name])?.body;
    if (module === null || block === undefined) throw new Error("no block");
    const value = workOutBody({ configuration, module, instance: { key, block } }, block);
    if (type === "aws_ecs_task_definition") expect(JSON.stringify([...value.entries])).toContain(`"${key}"`);
  }
  return steps - configuration.budget.steps;
}

it("what instances are repeated over and refer to is worked out once for all of them", () => {
  const [few, many] = [stepsOf(50), stepsOf(200)];
  expect(few).toBeGreaterThan(1000);
  expect(many / few).toBeLessThan(4.5);
});
