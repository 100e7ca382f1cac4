import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facts } from "../engine/index.ts";
import { fixtures, fixturesFolder } from "../fixtures/fixtures.ts";
import { planBytes } from "./check-fixture.ts";

// Which resource names which, and how that was found, stands beside each plan, in `joins.txt`.
describe("every join on the fixtures", () => {
  it.each(fixtures)("$name", async ({ name }) => {
    const { joins } = await facts(planBytes(name));
    const lines = joins.map(({ address, path, to, kind, by, targets, unknown }) => {
      const found = {
        one: `${targets} by ${by}`,
        several: `one of ${targets.join(", ")} by ${by}`,
        none: "none",
        unknown: unknown?.reason,
      }[kind];
      return `${address} ${path} -> ${to}: ${found}`;
    });
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(join(fixturesFolder, name, "joins.txt"));
  });
});
