import { describe, expect, it } from "vitest";
import { isMarkedAt } from "../../engine/plan/marks.ts";
import { holdsTrue, jsonNode } from "../../engine/plan/node.ts";

describe("what stands at a path is marked", () => {
  it.each<[unknown, string, boolean]>([
    [true, "environment[0].variables.KEY", true],
    [{ environment: true }, "environment[0].variables.KEY", true],
    [{ environment: [{ variables: true }] }, "environment[0].variables.KEY", true],
    [{ environment: [{ variables: { KEY: true } }] }, "environment[0].variables.KEY", true],
    [{ environment: [{ variables: { OTHER: true } }] }, "environment[0].variables.KEY", false],
    [{ environment: [{ variables: { OTHER: true } }] }, "environment[0].variables", true],
    [{ environment: [{ variables: { KEY: true } }] }, "environment[1].variables.KEY", false],
    [{ environment: [{}, { variables: { KEY: true } }] }, "environment", true],
    [{ environment: [{ variables: { KEY: false } }] }, "environment", false],
    [{ tags: { "a b/c": true } }, "tags.a b/c", true],
    [{ tags: true }, "tags.a b/c", true],
    [{ name: true }, "names", false],
    [undefined, "name", false],
    [{}, "", false],
  ])("%j at %s: %s", (sensitiveMask, path, expected) => {
    expect(isMarkedAt({ ...jsonNode({}, "", false), sensitiveMask }, path)).toBe(expected);
  });
});

it("a mask is looked at in every part, and one that is deeper than any hides", () => {
  const nested = (levels: number, inner: unknown): unknown => (levels === 0 ? inner : { a: nested(levels - 1, inner) });
  expect(holdsTrue([false, [{ a: false, b: [true] }]])).toBe(true);
  expect([holdsTrue(nested(100, {})), holdsTrue(nested(101, {}))]).toEqual([false, true]);
});
