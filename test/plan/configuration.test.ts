import { expect, it } from "vitest";
import { traversalsOf } from "../../engine/plan/configuration.ts";

it.each<[string, string[], string[]]>([
  ["one attribute", ["aws_x.a.id", "aws_x.a"], ["aws_x.a.id"]],
  ["of one instance", ['aws_x.a["one"].id', 'aws_x.a["one"]', "aws_x.a"], ['aws_x.a["one"].id']],
  [
    "of one instance and another as a whole",
    ['aws_x.a["one"].id', 'aws_x.a["one"]', "aws_x.a", 'aws_x.a["two"]', "aws_x.a"],
    ['aws_x.a["one"].id', 'aws_x.a["two"]'],
  ],
  ["by number", ["aws_x.a[0].id", "aws_x.a[0]", "aws_x.a", "aws_x.a[1]", "aws_x.a"], ["aws_x.a[0].id", "aws_x.a[1]"]],
  ["of two names", ["aws_x.a.id", "aws_x.a", "aws_x.b"], ["aws_x.a.id", "aws_x.b"]],
  ["the same twice", ["aws_x.a.id", "aws_x.a", "aws_x.a.id", "aws_x.a"], ["aws_x.a.id"]],
  ["longer ones after shorter ones", ["var.a", "var.a.b"], ["var.a", "var.a.b"]],
])("the full traversals of an expression: %s", (_, references, expected) => {
  expect(traversalsOf({ references }).map(({ text }) => text)).toEqual(expected);
});
