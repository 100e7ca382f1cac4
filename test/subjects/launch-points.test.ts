import { describe, expect, it } from "vitest";
import { facts } from "../../engine/index.ts";
import { checkAll, encode, planDocument, verdictLines } from "../check-fixture.ts";

/** A plan of resources that exist already, so that all of their values are known. */
function planOf(resources: readonly { type: string; name: string; after: object }[]) {
  return encode({
    format_version: "1.2",
    resource_changes: resources.map(({ type, name, after }) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: { actions: ["no-op"], before: after, after, after_unknown: {} },
    })),
    configuration: {
      root_module: {
        resources: resources.map(({ type, name }) => ({ mode: "managed", type, name, expressions: {} })),
      },
    },
  });
}

async function launchPoint(plan: Uint8Array, address: string) {
  const { subjects } = await facts(plan, { address });
  const found = subjects.find(({ kind }) => kind === "launch-point");
  return Object.fromEntries(
    Object.entries(found?.facts ?? {}).map(([name, { value, unknown }]) => [name, unknown?.reason ?? value]),
  );
}

it("an Express Mode service, of provider 6, runs on Fargate and keeps its addresses to itself", async () => {
  const express = {
    type: "aws_ecs_express_gateway_service",
    name: "web",
    after: { service_name: "web", cluster: "default", network_configuration: [{ subnets: ["subnet-0a"] }] },
  };
  expect(await launchPoint(planOf([express]), "aws_ecs_express_gateway_service.web")).toEqual({
    type: "express-service",
    name: "web",
    clusterName: "default",
    deploymentController: null,
    launchTypes: ["FARGATE"],
    isFargate: true,
    platformVersion: "LATEST",
    operatingSystem: "cannot be determined: the operating system of a task definition that is not found in this plan",
    hasNetworkConfiguration: true,
    assignPublicIp: "cannot be determined: Express Mode chooses whether tasks get public addresses",
    subnets: ["subnet-0a"],
    securityGroups: "cannot be determined: Express Mode chooses the security groups of tasks where none is written",
    executeCommandEnabled: false,
    hasExecutionRole: true,
    isExcludedFromMonitoring: "cannot be determined: the tags of a cluster that is not found in this plan",
    isMonitored: false,
    rollsBack: true,
  });
});

it("a service whose task sets launch its tasks has no launch type of its own", async () => {
  const service = { type: "aws_ecs_service", name: "x", after: { deployment_controller: [{ type: "EXTERNAL" }] } };
  const { launchTypes, isFargate } = await launchPoint(planOf([service]), "aws_ecs_service.x");
  expect([launchTypes, isFargate]).toEqual([[], false]);
});

describe("whether a definition runs on instances of the team's own", () => {
  const service = (launch_type: string) => ({
    type: "aws_ecs_service",
    name: launch_type.toLowerCase(),
    after: { name: launch_type, task_definition: "api", launch_type },
  });
  const nobody = "cannot be determined: no launch point of this plan runs it";
  it.each<[string[], string[], boolean | string]>([
    [["EC2"], [], true],
    [["FARGATE"], [], false],
    [["EC2", "FARGATE"], [], nobody],
    [[], [], nobody],
    [[], ["EC2"], true],
    [[], ["FARGATE"], false],
    [["EC2", "FARGATE"], ["FARGATE"], false],
    [["EC2", "FARGATE"], ["FARGATE", "EC2"], true],
    [["EC2"], ["EC2"], true],
  ])("that asks for %j, run on %j: %s", async (requires_compatibilities, types, expected) => {
    const after = { family: "api", container_definitions: "[]", requires_compatibilities };
    const plan = planOf([{ type: "aws_ecs_task_definition", name: "api", after }, ...types.map(service)]);
    const { subjects } = await facts(plan, { address: "aws_ecs_task_definition.api" });
    const fact = subjects.find(({ kind }) => kind === "task-definition")?.facts["runsOnInstances"];
    expect(fact?.unknown?.reason ?? fact?.value).toBe(expected);
  });
});

it("managed instances, of provider 6, are told from hosts of an auto-scaling group", async () => {
  const service = (name: string, provider: string) => ({
    type: "aws_ecs_service",
    name,
    after: { name, launch_type: "", capacity_provider_strategy: [{ capacity_provider: provider }] },
  });
  const plan = planOf([
    { type: "aws_ecs_capacity_provider", name: "m", after: { name: "managed", managed_instances_provider: [{}] } },
    { type: "aws_ecs_capacity_provider", name: "h", after: { name: "hosts", auto_scaling_group_provider: [{}] } },
    service("managed", "managed"),
    service("hosts", "arn:aws:ecs:eu-west-1:111122223333:capacity-provider/hosts"),
  ]);
  const { findings } = await checkAll(plan, { select: ["ECS-017"], parameters: { allowed_launch_types: ["EC2"] } });
  expect(findings.map(({ subject, verdict, notes }) => [subject.address, verdict, notes])).toEqual([
    ["aws_ecs_service.managed", "fail", ["GuardDuty Runtime Monitoring does not watch managed instances"]],
    ["aws_ecs_service.hosts", "pass", []],
  ]);
});

it("a capacity provider from elsewhere may be of hosts, where hosts are agreed on", async () => {
  const { findings } = await checkAll(encode(planDocument("launch")), {
    select: ["ECS-017"],
    parameters: { allowed_launch_types: ["FARGATE", "EC2"] },
  });
  expect(verdictLines(findings).filter((line) => line.includes(".capacity_provider"))).toEqual([
    "unknown low ECS-017 aws_ecs_service.capacity_provider_elsewhere",
    "pass low ECS-017 aws_ecs_service.capacity_provider",
  ]);
});

it("services of one name in two clusters are two services", async () => {
  const service = (name: string, cluster: string, executes: boolean) => ({
    type: "aws_ecs_service",
    name,
    after: { name: "api", cluster, enable_execute_command: executes },
  });
  const plan = planOf([
    service("one", "arn:aws:ecs:eu-west-1:111122223333:cluster/one", false),
    service("two", "two", true),
    { type: "aws_ecs_task_set", name: "two", after: { service: "api", cluster: "two", task_definition: "api" } },
  ]);
  expect((await launchPoint(plan, "aws_ecs_task_set.two"))["executeCommandEnabled"]).toBe(true);
});

it("roles by bare name, as the API takes them", async () => {
  const task = (name: string, roles: object) => ({
    type: "aws_ecs_task_definition",
    name,
    after: { family: name, container_definitions: "[]", ...roles },
  });
  const arn = "arn:aws:iam::111122223333:role";
  const plan = planOf([
    task("same", { task_role_arn: "agent", execution_role_arn: `${arn}/service/agent` }),
    task("different", { task_role_arn: "app", execution_role_arn: `${arn}/agent` }),
    task("empty", { task_role_arn: "", execution_role_arn: `${arn}/agent` }),
  ]);
  const { findings } = await checkAll(plan, { select: ["ECS-016"] });
  expect(verdictLines(findings)).toEqual([
    "fail medium ECS-016 aws_ecs_task_definition.same",
    "pass medium ECS-016 aws_ecs_task_definition.different",
    "not-applicable medium ECS-016 aws_ecs_task_definition.empty",
  ]);
});

it("a task role is required where instances run the task", async () => {
  const { findings } = await checkAll(encode(planDocument("launch")), {
    select: ["ECS-016"],
    parameters: { require_task_role: true },
  });
  expect(verdictLines(findings).filter((line) => /roles_of_instance|windows|no-task|\.app$/.test(line))).toEqual([
    "fail medium ECS-016 aws_ecs_task_definition.app",
    "fail medium ECS-016 aws_ecs_task_definition.roles_of_instance",
    'unknown medium ECS-016 aws_ecs_task_definition.roles_by_value["no-task"]',
    "not-applicable medium ECS-016 aws_ecs_task_definition.windows",
  ]);
});

it("public services are named by globs", async () => {
  const { findings } = await checkAll(encode(planDocument("launch")), {
    select: ["ECS-019"],
    parameters: { public_services: ["address-*", "nightly"] },
  });
  expect(verdictLines(findings.filter(({ verdict }) => verdict === "fail"))).toEqual([
    "fail high ECS-019 aws_ecs_task_set.external",
    "fail high ECS-019 aws_scheduler_schedule.exposed",
  ]);
});
