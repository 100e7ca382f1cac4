import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConfigurationFile } from "../../cli/source/configuration.ts";
import { loadGrammar } from "../../cli/source/grammar.ts";
import { readJson as read } from "../../cli/source/json.ts";
import { holds } from "../thorough.ts";
import { placeIn, textSource } from "./text-source.ts";

const grammar = await loadGrammar();

function readJson(file: string, text: string): ConfigurationFile | null {
  return read(grammar, file, text).configuration;
}

const stack = `{
  "//": { "metadata": { "backend": "local", "stackName": "shop" } },
  "module": { "ecr": { "source": "./ecr" } },
  "provider": {
    "aws": [
      { "region": "eu-west-1" },
      { "alias": "us",
        "secret_key": "x" }
    ]
  },
  "resource": {
    "aws_ecs_task_definition": {
      "web": {
        "//": { "metadata": { "path": "shop/web/task", "uniqueId": "web" } },
        "container_definitions": "\${jsonencode([{\\"name\\" = \\"web\\"}])}",
        "runtime_platform": {
          "operating_system_family": "LINUX"
        },
        "volume": [
          { "name": "one",
            "host_path": "/one" },
          { "name": "two",
            "host_path": "/two" }
        ],
        "dynamic": {
          "placement_constraints": {
            "for_each": [],
            "content": {
              "type": "x"
            }
          }
        },
        "lifecycle": { "ignore_changes": ["family"] },
        "family": "web"
      }
    },
    "aws_x": [
      { "y": [{
          "a": 1
      }] },
      { "twice": [{}, {}] },
      { "none": null }
    ]
  },
  "variable": { "token": {
      "default": "x" } },
  "output": { "token": { "value": "\${var.token}" } },
  "data": { "aws_x": { "z": { "a": 1 } } },
  "locals": { "a": 1 }
}
`;

const source = textSource({
  "cdk.tf.json": stack,
  "ecr/main.tf": 'resource "aws_x" "y" {}',
  "override.tf.json": '{ "resource": { "aws_x": { "y": {\n  "b": 2 } } } }',
});
const task = "aws_ecs_task_definition.web";

it.each([
  [task, null, "cdk.tf.json:13 block"],
  [task, "container_definitions[0].image", "cdk.tf.json:15 attribute"],
  [task, "runtime_platform[0].operating_system_family", "cdk.tf.json:17 attribute"],
  [task, 'volume["two"].host_path', "cdk.tf.json:23 attribute"],
  [task, "volume[1].host_path", "cdk.tf.json:19 attribute"],
  [task, "placement_constraints[0].type", "cdk.tf.json:29 attribute"],
  [task, "placement_constraints[0].expression", "cdk.tf.json:26 attribute"],
  [task, "family", "cdk.tf.json:13 block"],
  [task, "pid_mode", "cdk.tf.json:13 block"],
  ["provider.aws", "region", "cdk.tf.json:6 attribute"],
  ["provider.aws.us", null, "cdk.tf.json:7 block"],
  ["provider.aws.us", "secret_key", "cdk.tf.json:8 attribute"],
  ["aws_x.y", "a", "cdk.tf.json:39 attribute"],
  ["aws_x.y", "b", "override.tf.json:2 attribute"],
  ["aws_x.twice", null, null],
  ["aws_x.none", null, null],
  ["var.token", "default", "cdk.tf.json:46 attribute"],
  ["output.token", "value", "cdk.tf.json:47 attribute"],
  ["data.aws_x.z", "a", "cdk.tf.json:48 attribute"],
  ["module.ecr.aws_x.y", null, "ecr/main.tf:1 block"],
])("%s %s", (address, path, place) => {
  expect(placeIn(source, address, path)).toBe(place);
});

it("what cdktf made has the path of its construct", () => {
  expect(source.source.locate(task, "family")).toEqual({
    file: "cdk.tf.json",
    line: 13,
    of: "block",
    construct: "shop/web/task",
  });
});

describe("what is no configuration in JSON", () => {
  it.each([
    ["an array", "[]"],
    ["a string", '"x"'],
    ["nothing", ""],
    ["a comment", "{ // x\n}"],
    ["a comma too many", '{ "a": 1, }'],
    ["a body that is none", '{ "resource": { "aws_x": { "y": 1 } } }'],
    ["an attribute twice", '{ "resource": { "aws_x": { "y": { "a": 1, "a": 2 } } } }'],
    ["depth without end", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
  ])("%s", (_name, text) => {
    expect(readJson("main.tf.json", text)).toBeNull();
  });

  it("a block twice is one that is unknown", () => {
    const twice = textSource({
      "main.tf.json": '{ "resource": { "aws_x": { "y": {} } }, "resource": { "aws_x": { "y": {} } } }',
    });
    expect(placeIn(twice, "aws_x.y")).toBeNull();
  });

  it("names that every object has are no blocks", () => {
    expect(readJson("main.tf.json", '{ "constructor": { "a": {} }, "__proto__": { "a": {} } }')).toEqual({
      blocks: [],
      unread: new Set(),
      directives: [],
    });
  });
});

it("values of any JSON lie on the lines of their names", async () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !["//", "dynamic", "lifecycle"].includes(text));
  await holds(
    fc.property(fc.dictionary(name, fc.jsonValue(), { minKeys: 1 }), (body) => {
      const text = JSON.stringify({ resource: { aws_x: { y: body } } }, null, 1);
      const [block] = readJson("main.tf.json", text)?.blocks ?? [];
      const lines = text.split("\n");
      // The members of the body are the lines with four blanks and a name.
      const names = lines.flatMap((line, at) =>
        /^ {4}"/.test(line) ? [[JSON.parse(/^ {4}("(?:[^"\\]|\\.)*")/.exec(line)?.[1] ?? ""), at + 1]] : [],
      );
      expect([...(block?.body.attributes ?? [])].map(([key, { line }]) => [key, line])).toEqual(names);
    }),
    "text",
  );
});

it("any text is read or not, and never crashes", async () => {
  const pieces = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    '"resource"',
    '"aws_x"',
    '"//"',
    ":",
    ",",
    "1",
    "null",
    '"',
    "\\",
    "\n",
    "\u0000",
  );
  await holds(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "binary" })), { maxLength: 30 }), (parts) => {
      const file = readJson("main.tf.json", parts.join(""));
      expect(file === null || Array.isArray(file.blocks)).toBe(true);
    }),
    "text",
  );
});
