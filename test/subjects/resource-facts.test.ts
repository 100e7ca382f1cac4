import { expect, it } from "vitest";
import { readPlan } from "../../engine/plan/read.ts";
import { Unknown } from "../../engine/plan/unknown.ts";
import { parseAttributePath } from "../../engine/subjects/resource/attribute-path.ts";
import { resourceFact } from "../../engine/subjects/resource/resource-facts.ts";

const plan = readPlan({
  format_version: "1.2",
  resource_changes: [
    {
      address: "aws_thing.x",
      mode: "managed",
      type: "aws_thing",
      name: "x",
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: {
        actions: ["create"],
        before: null,
        after: {
          name: "n",
          empty: null,
          versioning: [{ enabled: true, mfa: null }],
          rules: [{ encrypted: true }, { encrypted: null }],
          none: [],
          ingress: [
            { cidr_blocks: ["10.0.0.0/8", "11.0.0.0/8"], port: 80 },
            { cidr_blocks: null, port: 443 },
          ],
          tags: { Team: "payments", "a/b": "c" },
          policy: '{"Statement":[{"Effect":"Allow","Action":["a","b"]}]}',
          broken: "{",
          secret: "hunter2",
        },
        after_unknown: { arn: true, ingress: [{}, { cidr_blocks: true }], later: [{ x: true }] },
        after_sensitive: { secret: true },
      },
    },
  ],
  configuration: {
    root_module: {
      resources: [
        {
          address: "aws_thing.x",
          mode: "managed",
          type: "aws_thing",
          name: "x",
          expressions: {
            ingress: [{ cidr_blocks: { constant_value: ["10.0.0.0/8"] } }, { cidr_blocks: { references: ["var.c"] } }],
          },
        },
      ],
    },
  },
});

function factOf(path: string) {
  const node = plan.resources[0]?.node;
  if (node === undefined) throw new Error("the plan has a resource");
  const { state, value, sensitive } = resourceFact(node, path);
  return [
    state,
    value instanceof Unknown ? (value.detail ?? value.reason) : value,
    ...(sensitive ? ["sensitive"] : []),
  ];
}

it.each<[path: string, fact: unknown[]]>([
  ["name", ["known", "n"]],
  ["empty", ["unset", null]],
  ["empty.0.x", ["unset", null]],
  ["empty.#", ["known", 0]],
  ["arn", ["unknown", "computed"]],
  ["nam", ["unknown", 'the resource has no attribute "nam"; check its spelling']],
  ["versioning.0.enabled", ["known", true]],
  ["versioning[0].enabled", ["known", true]],
  ["versioning.0.mfa", ["unset", null]],
  ["versioning.0.enabld", ["unknown", 'there is no attribute "enabld"; check its spelling']],
  ["versioning.1.enabled", ["unset", null]],
  ["versioning.#", ["known", 1]],
  [
    "versioning",
    ["unknown", "the attribute holds blocks or a map; name one of their attributes, or count them with #"],
  ],
  ["none.#", ["known", 0]],
  ["none", ["known", []]],
  ["ingress.*.port", ["known", [80, 443]]],
  ["rules.*.encrypted", ["known", [true, null]]],
  ["ingress.0.cidr_blocks", ["known", ["10.0.0.0/8", "11.0.0.0/8"]]],
  ["ingress.0.cidr_blocks.1", ["known", "11.0.0.0/8"]],
  ["ingress.1.cidr_blocks", ["unknown", "after-apply"]],
  ["tags.Team", ["known", "payments"]],
  ['tags["a/b"]', ["known", "c"]],
  ["tags.Owner", ["unset", null]],
  ["tags.#", ["known", 2]],
  ["name.0", ["unknown", "the text is not valid JSON"]],
  ["policy.Statement.0.Effect", ["known", "Allow"]],
  ["policy.Statement.*.Action", ["known", ["a", "b"]]],
  ["policy.Statement.0.Condition", ["unset", null]],
  ["broken.x", ["unknown", "the text is not valid JSON"]],
  ["secret", ["known", "hunter2", "sensitive"]],
  ["later.0.x", ["unset", null]],
])("%s", (path, fact) => {
  expect(factOf(path)).toEqual(fact);
});

it("of blocks whose attribute is unknown everywhere the known elements stay", () => {
  const node = plan.resources[0]?.node;
  const value = node === undefined ? [] : resourceFact(node, "ingress.*.cidr_blocks").value;
  expect(
    Array.isArray(value) ? value.map((each: unknown) => (each instanceof Unknown ? "unknown" : each)) : value,
  ).toEqual(["10.0.0.0/8", "11.0.0.0/8", "unknown"]);
});

it.each(["", ".a", "a.", "a..b", "0.a", "#", "a.#.b", "a[", 'a["]', "a b", "a.*b"])("%o is no path", (path) => {
  expect(parseAttributePath(path)).toBeNull();
});
