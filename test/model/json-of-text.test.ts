import { describe, expect, it } from "vitest";
import { workOutUnknown } from "../../engine/expressions/work-out.ts";
import { jsonOfText } from "../../engine/model/json-of-text.ts";
import { ownMember } from "../../engine/plan/json.ts";
import { readPlan } from "../../engine/plan/read.ts";
import { waitsOn } from "../../engine/plan/references.ts";
import { Unknown } from "../../engine/plan/unknown.ts";
import { textSource } from "../source/text-source.ts";

const others = ["aws_ecr_repository", "aws_iam_role", "aws_ssm_parameter", "random_password", "terraform_data"];

/** A plan in JSON syntax with a text that is a template, beside resources of which nothing is known. */
function planWith(text: string) {
  const resource = (type: string, expressions: unknown) => ({ mode: "managed", type, name: "x", expressions });
  const change = (type: string, attributes: readonly string[]) => ({
    address: `${type}.x`,
    mode: "managed",
    type,
    name: "x",
    provider_name: "aws",
    change: {
      actions: ["create"],
      before: null,
      after: {},
      after_unknown: Object.fromEntries(attributes.map((name) => [name, true])),
    },
  });
  return readPlan({
    format_version: "1.2",
    resource_changes: [
      change("aws_ecs_task_definition", ["container_definitions"]),
      ...others.map((type) => change(type, ["arn", "repository_url", "address", "name", "value", "output", "result"])),
    ],
    configuration: {
      root_module: {
        resources: [
          resource("aws_ecs_task_definition", { container_definitions: { constant_value: text, references: ["x"] } }),
          ...others.map((type) => resource(type, {})),
        ],
        variables: { x: {} },
      },
    },
  });
}

/** The configuration of that plan. */
function sourceWith(text: string) {
  const empty = Object.fromEntries(others.map((type) => [type, { x: {} }]));
  return { resource: { ...empty, aws_ecs_task_definition: { x: { container_definitions: text } } } };
}

/** The tree with `{waits: [...]}` in place of unknown leaves; null where the text cannot be read. */
function read(text: string): unknown {
  const plan = planWith(text);
  const { configuration } = textSource({ "main.tf.json": JSON.stringify(sourceWith(text)) }).source;
  if (configuration === undefined) throw new Error("no configuration");
  const { resources } = workOutUnknown(plan, configuration);
  const found = resources.find(({ type }) => type === "aws_ecs_task_definition");
  const value = ownMember(found?.node.value, "container_definitions");
  const tree = value instanceof Unknown ? jsonOfText(value) : null;
  return tree === null ? null : show(tree);
}

function show(value: unknown): unknown {
  if (value instanceof Unknown) return { waits: waitsOn(value.references) };
  if (Array.isArray(value)) return value.map(show);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, show(inner)]));
}

const waits = (...names: string[]) => ({ waits: names });

describe("what is known of JSON text with interpolations", () => {
  it.each<[string, unknown]>([
    [
      '[{"image":"${aws_ecr_repository.x.repository_url}:v1","user":"app"}]',
      [{ image: waits("aws_ecr_repository.x.repository_url"), user: "app" }],
    ],
    ['{"a":"jdbc:mysql://${aws_ecr_repository.x.address}:3306/db"}', { a: waits("aws_ecr_repository.x.address") }],
    ['{"a":"${ aws_ecr_repository.x.arn }"}', { a: waits("aws_ecr_repository.x.arn") }],
    [
      '{"a":"${aws_ecr_repository.x.arn}/${aws_ssm_parameter.x.arn}"}',
      { a: waits("aws_ecr_repository.x.arn", "aws_ssm_parameter.x.arn") },
    ],
    [
      '{"a":"$${literal}","b":"${aws_ecr_repository.x.arn}"}',
      { a: "${literal}", b: waits("aws_ecr_repository.x.arn") },
    ],
    // A password that is drawn has a quote only where somebody asks for one, and then the text is no JSON.
    [
      '{"a":"postgres://app:${random_password.x.result}@db","privileged":true}',
      { a: waits("random_password.x.result"), privileged: true },
    ],
    ['{"a":"${aws_iam_role.x.name}"}', { a: waits("aws_iam_role.x.name") }],
    ['{"${aws_ecr_repository.x.arn}":1}', waits("aws_ecr_repository.x.arn")],
    // A condition that is known chooses, and a value as JSON stands for itself.
    ['{"a":"${true ? aws_ecr_repository.x.arn : ""}"}', { a: waits("aws_ecr_repository.x.arn") }],
    [
      '{"a":"%{ if true }yes%{ endif }","b":"${aws_ecr_repository.x.arn}"}',
      { a: "yes", b: waits("aws_ecr_repository.x.arn") },
    ],
    ['{"a":${jsonencode(terraform_data.x.output)}}', { a: waits("terraform_data.x.output") }],
    [
      '${jsonencode([{"name" = "web", "image" = aws_ssm_parameter.x.value}])}',
      [{ name: "web", image: waits("aws_ssm_parameter.x.value") }],
    ],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe("nothing is guessed", () => {
  it.each([
    ["a value that may hold a quote", '{"a":"${aws_ssm_parameter.x.value}"}'],
    ["an attribute of it that may be anything", '{"a":"${random_password.x.arn}"}'],
    ["a value of another provider", '{"a":"${terraform_data.x.arn}"}'],
    ["a variable", '{"a":"${var.y}"}'],
    ["a local value", '{"a":"${local.x}"}'],
    ["a function", '{"a":"${upper(aws_ecr_repository.x.arn)}"}'],
    ["a resource that is not declared", '{"a":"${aws_ecr_repository.y.arn}"}'],
    ["a value outside of a string", '{"a":${aws_ecr_repository.x.arn}}'],
    ["an interpolation that does not end", '{"a":"${aws_ecr_repository.x.arn"}'],
    ["text that is no JSON", '{"a":${aws_ecr_repository.x.arn}'],
  ])("%s", (_name, text) => {
    expect(read(text)).toBeNull();
  });
});
