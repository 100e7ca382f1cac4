import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatKey, formatModule, parseModule, parseTraversal } from "../../engine/plan/address.ts";
import { holds } from "../thorough.ts";

describe("parseTraversal", () => {
  it.each([
    ["aws_ecr_repository.app", [{ name: "aws_ecr_repository" }, { name: "app" }]],
    ["x.y[0].z", [{ name: "x" }, { name: "y" }, { key: 0 }, { name: "z" }]],
    ['module.m["a.b[\\"c\\"]"].out', [{ name: "module" }, { name: "m" }, { key: 'a.b["c"]' }, { name: "out" }]],
    ['x.y["tab\\tline\\nback\\\\"]', [{ name: "x" }, { name: "y" }, { key: "tab\tline\nback\\" }]],
    ['x.y["$${a} %%{b}"]', [{ name: "x" }, { name: "y" }, { key: "${a} %{b}" }]],
    ['x.y["\\u00e9\\U0001F600"]', [{ name: "x" }, { name: "y" }, { key: "é😀" }]],
    ["x.list.0.attr", [{ name: "x" }, { name: "list" }, { name: "0" }, { name: "attr" }]],
    ["x.with-hyphen", [{ name: "x" }, { name: "with-hyphen" }]],
    ["x.__proto__", [{ name: "x" }, { name: "__proto__" }]],
  ])("%s", (text, steps) => {
    expect(parseTraversal(text)).toEqual(steps);
  });

  it.each([
    "",
    ".",
    "x.",
    ".x",
    "x..y",
    "x[",
    "x[]",
    'x["a]',
    "x[a]",
    "[0]",
    "x y",
    'x["a"]b',
    'x["\\q"]',
    "0.x",
    "x[0",
  ])("is no traversal: %s", (text) => {
    expect(parseTraversal(text)).toBeNull();
  });
});

describe("parseModule", () => {
  it.each([
    ["module.a", [{ name: "a", key: null }]],
    [
      'module.a["k.x"].module.b[1]',
      [
        { name: "a", key: "k.x" },
        { name: "b", key: 1 },
      ],
    ],
    [
      "module.module.module.b",
      [
        { name: "module", key: null },
        { name: "b", key: null },
      ],
    ],
  ])("%s", (text, path) => {
    expect(parseModule(text)).toEqual(path);
  });

  it.each(["module", "module.a.b", "aws_x.y", 'module["a"]', "module.a[0][1]"])("is no module: %s", (text) => {
    expect(parseModule(text)).toBeNull();
  });
});

it("reads every key that it writes", async () => {
  const key = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.nat());
  const path = fc.array(fc.record({ name: fc.stringMatching(/^[a-z][a-z0-9_-]*$/), key: fc.option(key) }), {
    minLength: 1,
  });
  const property = fc.property(path, (steps) => {
    expect(parseModule(formatModule(steps))).toEqual(steps);
  });
  await holds(property, "text");
});

it("writes keys as Terraform does", () => {
  expect([null, 0, "a", 'a"b\\c', "${x}\n"].map(formatKey)).toEqual([
    "",
    "[0]",
    '["a"]',
    '["a\\"b\\\\c"]',
    '["$${x}\\n"]',
  ]);
});
