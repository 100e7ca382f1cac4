import { expect, it } from "vitest";
import { facts } from "../../engine/index.ts";
import { encode } from "../check-fixture.ts";

/** What policies see of a task definition that nothing of the plan runs. */
async function seen(after: object) {
  const resource = {
    address: "aws_ecs_task_definition.x",
    mode: "managed",
    type: "aws_ecs_task_definition",
    name: "x",
  };
  const change = {
    actions: ["create"],
    before: null,
    after: { family: "x", container_definitions: '[{"name":"web","image":"web:1"}]', ...after },
    after_unknown: {},
    after_sensitive: {},
  };
  const plan = {
    format_version: "1.2",
    resource_changes: [{ ...resource, provider_name: "registry.terraform.io/hashicorp/aws", change }],
    configuration: { root_module: { resources: [{ ...resource, expressions: {} }] } },
  };
  const { subjects } = await facts(encode(plan));
  const own = subjects.find(({ kind }) => kind === "task-definition")?.facts ?? {};
  const shown = (name: string) => (own[name]?.state === "unknown" ? "unknown" : own[name]?.value);
  return ["networkMode", "runsOnInstances", "isExternalOnly"].map(shown);
}

const asks = (...requires_compatibilities: string[]) => ({ requires_compatibilities });
const windows = { runtime_platform: [{ operating_system_family: "WINDOWS_SERVER_2019_CORE" }] };

it.each<[string, object, networkMode: string, runsOnInstances: unknown, isExternalOnly: boolean]>([
  ["nothing", {}, "bridge", "unknown", false],
  ["no list entry", asks(), "bridge", "unknown", false],
  ["Fargate", asks("FARGATE"), "awsvpc", false, false],
  ["Fargate on Windows", { ...asks("FARGATE"), ...windows }, "awsvpc", false, false],
  ["EC2", asks("EC2"), "bridge", true, false],
  ["EC2 on Windows", { ...asks("EC2"), ...windows }, "default", true, false],
  ["EC2 or Fargate", asks("EC2", "FARGATE"), "bridge", "unknown", false],
  ["external", asks("EXTERNAL"), "bridge", "unknown", true],
  ["EC2 or external", asks("EC2", "EXTERNAL"), "bridge", true, false],
  ["a mode that is written", { ...asks("FARGATE"), network_mode: "host" }, "host", false, false],
])("a task definition that asks for %s", async (_, after, ...expected) => {
  expect(await seen(after)).toEqual(expected);
});
