import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openSource } from "../../cli/source/open.ts";
import { compareWithPlan } from "../../engine/expressions/agreement.ts";
import { workOutBody } from "../../engine/expressions/body.ts";
import { configurationOf } from "../../engine/expressions/configuration.ts";
import { withLibraries } from "../../engine/expressions/libraries.ts";
import { moduleAt } from "../../engine/expressions/modules.ts";
import { decode } from "../../engine/plan/decode.ts";
import { type Plan, readPlan } from "../../engine/plan/read.ts";
import type { ConfigurationSource } from "../../engine/plan/source.ts";
import { type Fixture, fixtures, fixturesFolder } from "../../fixtures/fixtures.ts";
import { synthesize } from "../../fixtures/stack.ts";
import { planBytes } from "../check-fixture.ts";

const work = mkdtempSync(join(tmpdir(), "plimsoll-judge-"));
afterAll(() => rmSync(work, { recursive: true }));

async function sourceOf({ name, language }: Fixture): Promise<ConfigurationSource> {
  let folder = join(fixturesFolder, name);
  if (language === "cdktf") {
    const { declare } = await import(`../../fixtures/${name}/stack.ts`);
    folder = mkdtempSync(join(work, "stack-"));
    writeFileSync(join(folder, "cdk.tf.json"), synthesize(name, join(folder, "cdktf.out"), declare));
  }
  const { source } = await openSource(folder, ".");
  await source.load?.();
  const { configuration } = source;
  if (configuration === undefined) throw new Error("no configuration");
  return configuration;
}

/** All that the plan knows and the source tells too. */
function compareAll(plan: Plan, source: ConfigurationSource) {
  const configuration = configurationOf(plan, source);
  if (configuration === null) throw new Error("no root module");
  let equal = 0;
  const differing: string[] = [];
  for (const { address, willExist, module: path, mode, type, name, key, node } of plan.resources) {
    const module = moduleAt(configuration, path);
    const block = module?.source.find(mode === "data" ? "data" : "resource", [type, name]);
    if (!willExist || module === null || block === null || block === undefined) continue;
    const value = workOutBody({ configuration, module, instance: { key, block: block.body } }, block.body);
    const found = compareWithPlan(node.value, node.unknown, value, "");
    equal += found.equal;
    differing.push(...found.differing.map((attribute) => `${address} ${attribute}`));
  }
  return { equal, differing };
}

/** The provider reads members of containers in any case, the last of each name, and plans them as AWS writes them. */
const rewritten: Readonly<Record<string, readonly string[]>> = {
  edges: ["aws_ecs_task_definition.cases container_definitions"],
};

describe("what the plan knows and the source tells is equal", () => {
  let total = 0;

  it.each(fixtures)("$name", async (fixture) => {
    const plan = readPlan(decode(planBytes(fixture.name)).json);
    const source = await sourceOf(fixture);
    const { equal, differing } = await withLibraries(() => compareAll(plan, source));
    expect(differing).toEqual(rewritten[fixture.name] ?? []);
    total += equal;
  });

  it("in thousands of attributes", () => {
    process.stdout.write(`The plan as judge: ${total} attributes are equal, none differs.\n`);
    expect(total).toBeGreaterThan(5000);
  });
});

it("a value that differs is found, wherever it stands", () => {
  const planned = { a: "x", list: ["b", "a"], tags: { one: "1", two: "2" }, blocks: [{ name: "n", port: 1 }] };
  const text = (value: string) => ({ kind: "string", value }) as const;
  const object = (entries: [string, Parameters<typeof compareWithPlan>[2]][]) =>
    ({ kind: "mapping", of: "object", entries: new Map(entries) }) as const;
  const list = (...elements: Parameters<typeof compareWithPlan>[2][]) =>
    ({ kind: "sequence", of: "tuple", elements }) as const;
  const differing = (entries: [string, Parameters<typeof compareWithPlan>[2]][]) =>
    compareWithPlan(planned, {}, object(entries), "").differing;
  expect(differing([["a", text("X")]])).toEqual([]);
  expect(differing([["a", text("y")]])).toEqual(["a"]);
  expect(differing([["list", list(text("a"), text("b"))]])).toEqual([]);
  expect(differing([["list", list(text("a"), text("c"))]])).toEqual(["list"]);
  expect(differing([["list", list(text("a"))]])).toEqual(["list"]);
  expect(differing([["tags", object([["one", text("1")]])]])).toEqual(["tags.two"]);
  expect(differing([["blocks", list(object([["port", text("1")]]))]])).toEqual([]);
  expect(differing([["blocks", list(object([["port", text("2")]]))]])).toEqual(["blocks"]);
  expect(differing([["other", text("1")]])).toEqual(["other"]);
  // A block that may stand once.
  expect(differing([["tags", list(object([["one", text("1")]]))]])).toEqual(["tags.two"]);
  expect(differing([["tags", list(object([["one", text("2")]]))]])).toEqual(["tags.one", "tags.two"]);
  expect(differing([["tags", list(object([]), object([]))]])).toEqual(["tags"]);
});
