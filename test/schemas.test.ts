import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { jsonSchemas } from "../engine/json-schemas.ts";
import { reportSchema } from "../engine/report/report-schema.ts";
import { fixtureNames } from "../fixtures/fixtures.ts";
import { reportOf } from "./check-fixture.ts";

const ajv = new Ajv2020({ allErrors: true, strict: false });
const validators = {
  policy: ajv.compile(jsonSchemas.policy()),
  config: ajv.compile(jsonSchemas.config()),
  report: ajv.compile(jsonSchemas.report()),
};

function mistakes(of: keyof typeof validators, data: unknown): string[] {
  const validate = validators[of];
  return validate(data) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const files = readdirSync("policies", { recursive: true, encoding: "utf8" }).filter((file) =>
  /^(?!examples\/).*\/.*\.yaml$/.test(file),
);

it.each(files)("%s is valid against the schema that it names", (file) => {
  const text = readFileSync(join("policies", file), "utf8");
  expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=../../dist/schemas/policy.schema.json");
  expect(mistakes("policy", parse(text))).toEqual([]);
});

describe("the schema of policies refuses", () => {
  const policy = parse(readFileSync("policies/ecr/ecr-003-immutable-tags.yaml", "utf8"));
  const withWhere = (where: object) => ({
    ...policy,
    subject: "plan",
    related: { gateways: { type: "aws_nat_gateway", where } },
    conditions: { all: [{ fact: "gateways", operator: "equal", value: true }] },
  });

  it("and takes conditions over attributes of related resources", () => {
    const where = { all: [{ fact: "subnet_id", operator: "equal", value: "a" }] };
    expect(mistakes("policy", JSON.parse(JSON.stringify(withWhere(where))))).toEqual([]);
  });

  it.each([
    ["an unknown key", { ...policy, whi: "" }],
    ["a fact of another subject", { ...policy, subject: "container" }],
    ["an unknown operator", { ...policy, conditions: { all: [{ fact: "name", operator: "like", value: "a" }] } }],
    ["no conditions", { ...policy, conditions: undefined }],
    ["an empty list of conditions", { ...policy, conditions: { all: [] } }],
    ["an empty list of conditions over related resources", withWhere({ all: [] })],
    [
      "an unknown operator over related resources",
      withWhere({ all: [{ fact: "name", operator: "like", value: "a" }] }),
    ],
  ])("%s", (_, data) => {
    expect(mistakes("policy", JSON.parse(JSON.stringify(data)))).not.toEqual([]);
  });
});

it("the schema of configurations takes what the design shows, and refuses a waiver without a reason", () => {
  const waiver = { policy: "ECS-004", resources: ["a.b"], reason: "x" };
  expect(mistakes("config", { policies: ["./policies"], failOn: "high", waivers: [waiver] })).toEqual([]);
  expect(mistakes("config", { waivers: [{ ...waiver, reason: undefined }] })).toEqual([
    "/waivers/0 must have required property 'reason'",
  ]);
});

it.each(fixtureNames)("the report on %s is valid against its schema", async (name) => {
  const report = await reportOf(name);
  expect(mistakes("report", JSON.parse(JSON.stringify(report)))).toEqual([]);
  expect(reportSchema.safeParse(report).error).toBeUndefined();
});
