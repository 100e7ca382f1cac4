import { expect, it } from "vitest";
import { planFile } from "../../fixtures/fixtures.ts";
import { command } from "./command.ts";

it("shows what policies see of one resource: states, values, paths, joins", async () => {
  const { code, out, error } = await command(["facts", planFile("ssm"), "aws_ssm_parameter.named_later"]);
  expect([code, error]).toEqual([0, ""]);
  expect(out).toBe(`aws_ssm_parameter.named_later
  resource
      allowed_pattern = not set [allowed_pattern]
      arn = unknown: it is computed by the provider at apply [arn]
      data_type = unknown: it is computed by the provider at apply [data_type]
      description = not set [description]
      has_value_wo = unknown: it is computed by the provider at apply [has_value_wo]
      id = unknown: it is computed by the provider at apply [id]
      insecure_value = unknown: it is computed by the provider at apply [insecure_value]
      key_id = unknown: it is computed by the provider at apply [key_id]
      name = unknown: it is known only after apply; it waits on terraform_data.later.output [name]
      overwrite = not set [overwrite]
      tags = not set [tags]
      tags_all = unknown: it is computed by the provider at apply [tags_all]
      tier = unknown: it is computed by the provider at apply [tier]
      type = "String" [type]
      value = (sensitive) [value]
      value_wo = not set [value_wo]
      value_wo_version = not set [value_wo_version]
      version = unknown: it is computed by the provider at apply [version]
  secret-material value
      attribute = "value"
      isSecretStore = false [type]
      isWritten = true [value] (the configuration holds the value)
      isPlaceholder = false [value]
      isWriteOnly = false [value]
  ssm-parameter
      name = unknown: it is known only after apply; it waits on terraform_data.later.output [name]
      type = "String" [type]
      dataType = "text", not set, this is the default [data_type]
      isSecretName = unknown: it is known only after apply; it waits on terraform_data.later.output
          [name]
      isMappedAsSecret = false
      isPublic = unknown: it is known only after apply; it waits on terraform_data.later.output
          [name]
      previousType = not set [type]
      secretForms = []
      highestEntropy = 0
      secretSources = [] [value]

3 subjects, 0 joins
`);
});

it("shows joins from both of their ends, and how they were made", async () => {
  const { out } = await command(["facts", planFile("ecr"), "aws_ecr_repository.named_later", "--format", "json"]);
  expect(JSON.parse(out).joins).toEqual([
    {
      address: "aws_ecr_lifecycle_policy.named_later_lifecycle",
      path: "repository",
      to: "aws_ecr_repository",
      kind: "one",
      by: "reference",
      targets: ["aws_ecr_repository.named_later"],
      unknown: null,
    },
  ]);
});

it("does not show sensitive values", async () => {
  const { out } = await command(["facts", planFile("first-plan"), "aws_ecs_task_definition.sensitive"]);
  expect(out.match(/^ {6}(?:image|user|privileged|container_definitions) = .*$/gm)).toEqual([
    "      image = (sensitive) [container_definitions[0].image]",
    "      user = not set [container_definitions[0].user]",
    "      privileged = true [container_definitions[0].privileged]",
    "      image = (sensitive) [container_definitions[0].image]",
    "      container_definitions = (sensitive) [container_definitions]",
  ]);
});

it("an address that is not there is wrong usage, and bad input ends as for check", async () => {
  const file = planFile("ssm");
  expect(await command(["facts", file, "aws_ssm_parameter.nothing"])).toEqual({
    code: 2,
    out: "",
    error:
      `plimsoll: aws_ssm_parameter.nothing: no resource of ${file} with that address is seen by a policy; ` +
      `list all that are with: plimsoll facts ${file}\n`,
  });
  expect((await command(["facts", "-"], { stdin: new Uint8Array() })).code).toBe(3);
});
