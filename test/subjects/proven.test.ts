import { expect, it } from "vitest";
import { checkAll, encode, planDocument, verdictLines } from "../check-fixture.ts";

it("the capacity providers of a cluster outside of the plan say nothing of those in it", async () => {
  const plan = planDocument("ecs");
  for (const { type, change } of plan.resource_changes) {
    if (type === "aws_ecs_cluster_capacity_providers") Object.assign(change.after ?? {}, { cluster_name: "elsewhere" });
  }
  const { findings } = await checkAll(encode(plan), { select: ["ECS-009"] });
  expect(verdictLines(findings).filter((line) => /#|network_unset_(?:cluster|default)$/.test(line))).toEqual([
    "fail high ECS-009 aws_ecs_task_definition.network_unset_cluster",
    "fail high ECS-009 aws_ecs_task_definition.network_unset_default",
  ]);
});

it("a name made of variables and uuid() is unknown, although the plan lists variables only", async () => {
  const plan = JSON.parse(
    JSON.stringify(planDocument("ssm")).replaceAll(
      '"references":["terraform_data.later.output","terraform_data.later"]',
      '"references":["var.environment"]',
    ),
  );
  const { findings } = await checkAll(encode(plan), { select: ["SSM-001"] });
  expect(verdictLines(findings).filter((line) => line.includes("later"))).toEqual([
    "unknown critical SSM-001 aws_ssm_parameter.named_later",
    "unknown critical SSM-001 aws_ssm_parameter.secret_type_later",
  ]);
});
