import { expect, it } from "vitest";
import { containerTexts } from "../../engine/model/container-texts.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

function textsIn(text: string) {
  const [container] = JSON.parse(text);
  return containerTexts(container, "container_definitions[0]", false).texts;
}

const nested = (levels: number, open: string, close: string) => `${open.repeat(levels)}"x"${close.repeat(levels)}`;

it.each([
  ["lists", nested(100_000, "[", "]")],
  ["objects", nested(100_000, '{"a":', "}")],
  ["lists with a text in each", nested(100_000, '["y",', "]")],
])("what nests 100,000 deep is unknown and says so: %s", (_, environment) => {
  const texts = textsIn(`[{"name":"web","image":"i","environment":${environment}}]`);
  const open = texts.flatMap(({ value }) => (value instanceof Unknown ? [value.detail] : []));
  expect([...new Set(open)]).toEqual(["it nests deeper than 50 levels"]);
  // Name and image, and what stands in the levels that are read.
  expect(texts.length).toBeLessThanOrEqual(2 + 52);
  // No path is longer than its levels.
  expect(Math.max(...texts.map(({ path }) => path.length))).toBeLessThan(400);
});

it("a list of 200,000 texts, and as many labels", () => {
  const list = Array.from({ length: 200_000 }, (_, at) => `v${at}`);
  const labels = Object.fromEntries(list.map((key) => [key, "x"]));
  const texts = textsIn(JSON.stringify([{ name: "web", command: list, dockerLabels: labels }]));
  expect(texts).toHaveLength(1 + 400_000);
});
