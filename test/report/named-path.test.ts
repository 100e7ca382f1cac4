import { expect, it } from "vitest";
import type { Source } from "../../engine/index.ts";
import { checkAll, encode, planBytes, planDocument } from "../check-fixture.ts";

/** The paths for which a check asks the source, of some policies. */
async function pathsAsked(plan: Uint8Array, policies: readonly string[]): Promise<string[]> {
  const asked = new Set<string>();
  const source: Source = {
    locate: (address, path) => {
      asked.add(`${address} ${path}`);
      return null;
    },
    waivers: () => [],
  };
  await checkAll(plan, { source, select: policies });
  return [...asked].sort();
}

const task = "aws_ecs_task_definition.app";

it("elements of lists are asked for by their names, as plans sort", async () => {
  expect(await pathsAsked(planBytes("source-map"), ["ECS-001", "ECS-010", "ECS-011"])).toEqual([
    `${task} container_definitions["agent"].image`,
    `${task} container_definitions["web"].environment["API_TOKEN"].name`,
    `${task} container_definitions["web"].environment["MODE"].name`,
    `${task} container_definitions["web"].image`,
    `${task} volume["data"].docker_volume_configuration[0].driver_opts.device`,
    `${task} volume["root"].host_path`,
  ]);
});

it("statements by their Sids, and by their place where they have none", async () => {
  expect(await pathsAsked(planBytes("shop/faulty"), ["IAM-010", "ECR-011"])).toMatchInlineSnapshot(`
    [
      "aws_ecr_repository_policy.web policy.Statement["EverybodyPulls"].Principal",
      "aws_ecr_repository_policy.web policy.Statement["OfficePushes"].Action",
      "aws_ecr_repository_policy.worker policy.Statement["AccountPushes"].Action",
      "aws_ecr_repository_policy.worker policy.Statement["DevelopersOwnIt"].Principal",
      "aws_ecr_repository_policy.worker policy.Statement["PartnerPulls"].Principal",
      "module.report_policy.aws_ecr_repository_policy.this policy.Statement[0].Effect",
      "module.report_policy.aws_ecr_repository_policy.this policy.Statement[1].Principal",
      "module.report_policy.aws_ecr_repository_policy.this policy.Statement[2].Principal",
      "module.roles["report"].aws_iam_role.execution assume_role_policy",
      "module.roles["report"].aws_iam_role.task assume_role_policy",
      "module.roles["web"].aws_iam_role.execution assume_role_policy",
      "module.roles["worker"].aws_iam_role.execution assume_role_policy",
      "module.roles["worker"].aws_iam_role.task assume_role_policy",
    ]
  `);
});

it("an element whose name another one has too, or that has none, by its place", async () => {
  const plan = planDocument("source-map");
  const definition = plan.resource_changes.find(({ address }) => address === task);
  const variable = { name: "API_TOKEN", value: "not-a-real-one" };
  const container = { image: "nginx", environment: [variable, variable] };
  if (definition?.change.after == null) throw new Error("no task definition");
  definition.change.after["container_definitions"] = JSON.stringify([container, { ...container, name: "web" }]);
  expect(await pathsAsked(encode(plan), ["ECS-011"])).toEqual([
    `${task} container_definitions["web"].environment[0].name`,
    `${task} container_definitions["web"].environment[1].name`,
    `${task} container_definitions[0].environment[0].name`,
    `${task} container_definitions[0].environment[1].name`,
  ]);
});
