import { describe, expect, it } from "vitest";
import { jsonOfTemplate } from "../../engine/model/template.ts";
import { rootScope, unrepeated } from "../../engine/plan/configuration.ts";
import { waitsOn } from "../../engine/plan/references.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

const resources = ["aws_ecr_repository", "aws_ssm_parameter", "terraform_data"].map((type) => ({
  mode: "managed",
  type,
  name: "x",
}));
const context = { scope: rootScope({ resources }), repetition: unrepeated, resource: "aws_ecs_task_definition.x" };

/** The tree with `{waits: [...]}` in place of unknown leaves; null where the text cannot be read. */
function read(text: string): unknown {
  const tree = jsonOfTemplate({ text, context });
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
    ['{"a":"${ aws_ecr_repository.x.arn }"}', { a: waits("aws_ecr_repository.x.arn") }],
    ['{"a":"${aws_ecr_repository.x["a}b"].arn}"}', { a: waits('aws_ecr_repository.x["a}b"].arn') }],
    [
      '{"a":"${aws_ecr_repository.x.arn}/${aws_ssm_parameter.x.arn}"}',
      { a: waits("aws_ecr_repository.x.arn", "aws_ssm_parameter.x.arn") },
    ],
    [
      '{"a":"$${literal}","b":"${aws_ecr_repository.x.arn}"}',
      { a: "${literal}", b: waits("aws_ecr_repository.x.arn") },
    ],
    ['{"${aws_ecr_repository.x.arn}":1}', waits("aws_ecr_repository.x.arn")],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe("nothing is guessed", () => {
  it.each([
    ["a value that may hold a quote", '{"a":"${aws_ssm_parameter.x.value}"}'],
    ["a value of another provider", '{"a":"${terraform_data.x.arn}"}'],
    ["a variable", '{"a":"${var.x}"}'],
    ["a local value", '{"a":"${local.x}"}'],
    ["a function", '{"a":"${upper(aws_ecr_repository.x.arn)}"}'],
    ["a conditional", '{"a":"${true ? aws_ecr_repository.x.arn : ""}"}'],
    ["a resource that is not declared", '{"a":"${aws_ecr_repository.y.arn}"}'],
    ["a value outside of a string", '{"a":${aws_ecr_repository.x.arn}}'],
    ["an expression that makes all of it", '${jsonencode([{"name" = "a"}])}'],
    ["a control structure", '{"a":"%{ if true }x%{ endif }"}'],
    ["an interpolation without an end", '{"a":"${aws_ecr_repository.x.arn'],
  ])("%s", (_, text) => {
    expect(read(text)).toBeNull();
  });
});
