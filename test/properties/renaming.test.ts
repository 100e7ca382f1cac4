import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Finding, facts } from "../../engine/index.ts";
import { fixtureNames } from "../../fixtures/fixtures.ts";
import { checkAll, encode, planDocument } from "../check-fixture.ts";
import { holds, howToRepeat, some } from "../thorough.ts";
import { configuration, namesFrom, render } from "./random-plan.ts";
import { instanceKeys, renamePlan, unmark } from "./rename.ts";

/** All that a plan comes to, with the texts mapped and without what is a name by its nature. */
async function outcome(plan: unknown, map: (text: string) => string): Promise<unknown> {
  const report = await checkAll(encode(plan));
  const named = { findings: report.findings.map(withoutNames), fixed: (report.fixed ?? []).map(withoutNames) };
  return mapTexts({ ...report, ...named, facts: await facts(encode(plan)) }, map);
}

/** Fingerprints are made of addresses, and a cause is named by one without its keys. */
function withoutNames({ fingerprint: _, nextFingerprint: __, cause: ___, was, ...finding }: Finding): unknown {
  return { ...finding, was: was?.message };
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((each: unknown) => mapTexts(each, map));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, map)]));
}

describe("renaming modules, resources and instance keys changes only addresses in the report", () => {
  it.each(some(fixtureNames, "fixture", "renaming"))("%s", async (fixture) => {
    const plan = planDocument(fixture);
    const renamed = renamePlan(plan, instanceKeys(plan));
    expect(renamed).not.toEqual(plan);
    expect(await outcome(renamed, unmark), howToRepeat()).toEqual(await outcome(plan, unmark));
  });

  it("random plans under random names", async () => {
    const property = fc.asyncProperty(configuration, fc.nat(), fc.nat(), async (random, one, other) => {
      const [first, second] = [render(random, namesFrom(one)), render(random, namesFrom(other))];
      const before = await outcome(first.plan, first.canonical);
      expect(await outcome(second.plan, second.canonical)).toEqual(before);
    });
    await holds(property, "small");
  });

  it("random plans join in all ways; if they did not, they would prove nothing", async () => {
    const seen = new Set<string>();
    for (const random of fc.sample(configuration, { numRuns: 80, seed: 3 })) {
      const { joins } = await facts(encode(render(random, namesFrom(0)).plan));
      for (const { kind, by } of joins) seen.add(`${kind} by ${by}`);
    }
    expect([...seen].sort()).toEqual([
      "none by null",
      "one by reference",
      "one by reference and equal key",
      "one by value",
      "several by reference",
      "several by value",
      "unknown by null",
    ]);
  });
});
