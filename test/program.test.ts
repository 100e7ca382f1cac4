import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import {
  check,
  facts,
  loadConfiguration,
  OptionsError,
  openSource,
  PlanError,
  render,
  UsageError,
} from "../cli/program/index.ts";
import { planFile } from "../fixtures/fixtures.ts";
import { pack } from "../policies/pack.ts";
import { planBytes } from "./check-fixture.ts";
import { testFolder } from "./cli/folder.ts";

const folderWith = testFolder();
const bytes = planBytes("ssm");
const text = new TextDecoder().decode(bytes);

const functions = { check, facts, loadConfiguration, openSource, render };

/** Calls a function as a program without types does. */
async function called(name: keyof typeof functions, ...args: readonly unknown[]): Promise<string> {
  try {
    await Reflect.apply(functions[name], null, args);
    return "nothing is wrong";
  } catch (error) {
    return error instanceof OptionsError ? error.message : `not an error of options: ${error}`;
  }
}

const policies = pack;
const one = "must be one of";

it.each<[string, Parameters<typeof check>[0]]>([
  ["bytes", bytes],
  ["what hands them over", () => bytes],
  ["a text", text],
  ["an object", JSON.parse(text)],
])("a plan is %s", async (_, plan) => {
  expect((await check(plan, { policies })).summary.blocking).toBe(4);
  expect((await facts(plan)).subjects).toHaveLength(25);
});

describe("what is no plan is refused", () => {
  it.each<[unknown, string]>([
    ["plan.json", "the plan is a text that is no JSON of one; read the file, and hand over its bytes"],
    [5, "the plan is neither bytes, nor a text, nor an object; hand over the bytes of its JSON"],
    [null, "the plan is neither bytes, nor a text, nor an object; hand over the bytes of its JSON"],
    [undefined, "the plan is neither bytes, nor a text, nor an object; hand over the bytes of its JSON"],
    [[], "the plan is neither bytes, nor a text, nor an object; hand over the bytes of its JSON"],
    [Promise.resolve(bytes), "the plan is a promise; await it first"],
    [() => text, "the function that hands over the plan gave no bytes"],
    [{ a: 1n }, "the plan is an object that is no JSON; hand over the bytes of its JSON"],
  ])("%s", async (plan, message) => {
    expect(await called("check", plan, { policies })).toBe(`check: ${message}`);
    expect(await called("facts", plan)).toBe(`facts: ${message}`);
  });

  it("an object of something else", async () => {
    await expect(check({}, { policies })).rejects.toThrow(PlanError);
  });
});

describe("an option that is wrong is refused with a sentence", () => {
  it.each<[options: object | undefined, message: string]>([
    [{ policies, failOn: "hgh" }, `failOn: ${one} critical, high, medium, low, never; did you mean "high"?`],
    [{ policies, failon: "high" }, 'unknown key "failon"; did you mean "failOn"?'],
    [{ policies, onUnknown: true }, `onUnknown: ${one} report, fail`],
    [{ policies, block: "new" }, `block: ${one} all, introduced`],
    [{ policies, blockAlways: "never" }, `blockAlways: ${one} critical, high, medium, low`],
    [{ policies, waiversFrom: "none" }, `waiversFrom: ${one} config, all`],
    [{ policies, all: "yes" }, "all: must be true or false, and is a text"],
    [{ policies, select: "SSM-001" }, "select: must be a list, and is a text"],
    [{ policies, select: ["SSM-999"] }, "select, skip: no policy has the id SSM-999"],
    [{ policies, skip: ["*"] }, "select and skip leave no policy to judge by, so that nothing would ever block"],
    [{ policies, today: "2026-13-01" }, "today: must be a day, as 2027-03-31"],
    [{ policies, source: "infra" }, "source: must be the source that openSource opens"],
    [{ policies, parameters: [] }, "parameters: must be a map, and is a list"],
    [{ policies, waivers: [{ policy: "SSM-001" }] }, "waivers.0.resources: is missing"],
    [
      { policies, overrides: [{ policy: "SSM-001", severty: "low" }] },
      'overrides.0: unknown key "severty"; did you mean "severity"?',
    ],
    [{ policies: [] }, "policies: must not be empty"],
    [{ policies: ["SSM-001"] }, "policies.0: must be a map, and is a text"],
    [{}, "policies: is missing"],
    [undefined, "is missing"],
  ])("%#: $1", async (options, message) => {
    expect((await called("check", bytes, options)).split("\n")[0]).toBe(`check: ${message}`);
  });

  it("of facts too", async () => {
    expect(await called("facts", bytes, { adress: "a.b" })).toBe(
      'facts: unknown key "adress"; did you mean "address"?',
    );
  });

  it("of render too", async () => {
    expect(await called("render", "jsn", [{ file: "a", failure: "b" }])).toMatch(
      /^render: jsn: no such format; there are: text/,
    );
    const failed = { file: "a", failure: "b" };
    for (const results of [[], "a", failed, [5], [{ file: "a" }], [{ failure: "b" }], [{ file: "a", report: {} }]])
      expect(await called("render", "json", results)).toMatch(/^render: the results are a list of plans/);
    expect(await called("render", Symbol("json"), [failed])).toMatch(/^render: Symbol\(json\): no such format/);
    expect(await called("render", "json", [failed])).toBe("nothing is wrong");
  });

  it.each<[keyof typeof functions, unknown[], string]>([
    [
      "render",
      ["json", [{ file: "a", failure: "b" }], { colors: true }],
      'unknown key "colors"; did you mean "colours"?',
    ],
    ["render", ["json", [{ file: "a", failure: "b" }], { columns: "80" }], "columns: must be a number, and is a text"],
    ["render", ["json", [{ file: "a", failure: "b" }], { columns: 0 }], "columns: must be at least 1"],
    [
      "render",
      ["json", [{ file: "a", failure: "b" }], { listing: "cause" }],
      `listing: ${one} causes, instances; did you mean "causes"?`,
    ],
    ["render", ["json", [{ file: "a", failure: "b" }], null], "must be a map, and is empty"],
    ["loadConfiguration", ["team"], "must be a map, and is a text"],
    ["loadConfiguration", [{ foldr: "team" }], 'unknown key "foldr"; did you mean "folder"?'],
    ["loadConfiguration", [{ config: "plimsoll.yaml" }], 'unknown key "config"'],
    ["loadConfiguration", [{ policies: "own.yaml" }], "policies: must be a list, and is a text"],
    ["loadConfiguration", [{ file: "" }], "file: must not be empty"],
    ["loadConfiguration", [null], "must be a map, and is empty"],
    ["openSource", [], "folder: is missing"],
    ["openSource", [5], "folder: must be a text, and is a number"],
    ["openSource", [".", "none"], `waiversFrom: ${one} config, all`],
    ["openSource", [".", { waiversFrom: "config" }], `waiversFrom: ${one} config, all`],
    ["facts", [bytes, "aws_ecr_repository.x"], "must be a map, and is a text"],
  ])("of %s: %#", async (of, given, message) => {
    expect((await called(of, ...given)).split("\n")[0]).toMatch(`${of}: ${message}`);
  });
});

it("what loadConfiguration, openSource and render hand over fits", async () => {
  const folder = folderWith({ "plimsoll.yaml": "failOn: critical\nwaiversFrom: config\n" });
  const { options, files, warnings } = await loadConfiguration({ folder });
  expect([files, warnings, options.failOn, options.policies.length]).toEqual([
    ["plimsoll.yaml"],
    [],
    "critical",
    pack.length,
  ]);
  const { source } = await openSource(dirname(planFile("roles")), options.waiversFrom);
  const report = await check(planBytes("roles"), { ...options, source });
  expect([report.summary.blocking, report.findings.some(({ location }) => location !== null)]).toEqual([1, true]);
  const pieces = await render("json", [{ file: "plan.json", report }]);
  expect(JSON.parse([...pieces].join(""))).toEqual(JSON.parse(JSON.stringify(report)));
  await expect(loadConfiguration({ file: "/nothing.yaml" })).rejects.toThrow(UsageError);
  await expect(openSource("/nothing")).rejects.toThrow(UsageError);
});
