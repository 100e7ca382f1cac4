import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, type ReportSystem } from "../../engine/index.ts";
import { fixturesFolder } from "../../fixtures/fixtures.ts";
import { encode, planBytes, planDocument, reportOf } from "../check-fixture.ts";

/** Nodes with their parts, then edges, each in one line. */
function lines(system: ReportSystem | null): string[] {
  if (system === null) return [];
  const nodes = system.nodes.flatMap(({ kind, id, label, service, parts }) => [
    `${kind} ${id} "${label}" ${service ?? "elsewhere"}`,
    ...parts.map((part) => `  with ${part}`),
  ]);
  const edges = system.edges.map(
    ({ from, to, attributes, certainty }) =>
      `${from} -> ${to}${certainty === "exact" ? "" : " (one of several)"}: ${attributes.join(", ")}`,
  );
  return [...nodes, "", ...edges, "", `${system.unknownLinks} links are unknown`];
}

// What is in the picture stands beside each plan, in `system.txt`.
describe("the planned system", () => {
  it.each(["shop/faulty", "shop/corrected", "launch", "network", "keys", "codebuild", "images", "ecs"])(
    "%s",
    async (name) => {
      await expect(`${lines((await reportOf(name)).system).join("\n")}\n`).toMatchFileSnapshot(
        join(fixturesFolder, name, "system.txt"),
      );
    },
  );
});

it("is left out where nobody asks for it", async () => {
  expect((await check(planBytes("shop/faulty"), { policies: [] })).system).toBeNull();
});

it.each([
  ["images", "container_definitions"],
  ["launch", "container_definitions"],
  ["services", "container_definitions"],
  ["codebuild", "image_uri"],
])("of %s no name of an image is shown that stands in a sensitive attribute, %s", async (fixture, attribute) => {
  const document = planDocument(fixture);
  for (const { change } of document.resource_changes)
    if (change.after !== null && attribute in change.after) change.after_sensitive = { [attribute]: true };
  const { system } = await check(encode(document), { policies: [], system: true });
  const names = (system?.nodes ?? []).filter(({ kind }) => kind === "image").map(({ label }) => label);
  expect(names).toEqual(["(sensitive)"]);
});
