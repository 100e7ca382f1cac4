import { describe, expect, it, vi } from "vitest";
import { Node } from "web-tree-sitter";
import { type Document, isCollection, parseDocument } from "yaml";
import { loadGrammar } from "../../cli/source/grammar.ts";
import { readHcl } from "../../cli/source/hcl.ts";
import { directivesOf } from "../../cli/source/hcl-directives.ts";
import { indexOf } from "../../engine/files/yaml-index.ts";
import { applyWaivers } from "../../engine/report/waivers.ts";

/** A list that counts how often one of its elements is read. */
function counting<T>(list: readonly T[], count: { reads: number }): readonly T[] {
  return new Proxy(list, {
    get: (target, key, receiver) => {
      if (typeof key === "string" && /^\d+$/.test(key)) count.reads += 1;
      return Reflect.get(target, key, receiver);
    },
  });
}

/** Twice the input may cost little more than twice the steps. */
async function expectInProportion(steps: (size: number) => Promise<number> | number): Promise<void> {
  const [one, two] = [await steps(500), await steps(1000)];
  expect(one).toBeGreaterThanOrEqual(500);
  expect(two / one).toBeLessThan(2.2);
}

describe("comments of a source", () => {
  const waiver = "# plimsoll:waive ECS-005: fine\n";
  it.each<[string, (size: number) => string]>([
    ["above a block", (size) => `${waiver.repeat(size)}resource "a" "b" {}\n`],
    ["within a block", (size) => `resource "a" "b" {\n${waiver.repeat(size)}}\n`],
    ["at blocks of their own", (size) => `${waiver}resource "a" "b" {}\n`.repeat(size)],
    ["in one comment", (size) => `/*\n${waiver.repeat(size)}*/\nresource "a" "b" {}\n`],
    ["that lead nowhere", (size) => `${waiver.repeat(size)}\n`],
  ])("%s", async (_, textOf) => {
    const grammar = await loadGrammar();
    await expectInProportion((size) => {
      const text = textOf(size);
      const count = { reads: 0 };
      const root = grammar.treeOf(text)?.rootNode;
      if (root === undefined) throw new Error("not read");
      const { blocks = [] } = readHcl(grammar, "main.tf", text).configuration ?? {};
      const found = blocks.map((block, at) => ({ block, start: at, end: at }));
      const source = { file: "main.tf", text, firstLine: 1 };
      const looks = vi.spyOn(Node.prototype, "children", "get");
      expect(directivesOf(source, root, counting(found, count))).toHaveLength(size);
      const nodes = looks.mock.results.map(({ value }) => (Array.isArray(value) ? value.length : 0));
      looks.mockRestore();
      return count.reads + nodes.reduce((sum, each) => sum + each, size);
    });
  });
});

describe("a YAML file", () => {
  function counted(document: Document, count: { reads: number }): void {
    const open: unknown[] = [document.contents];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (!isCollection(node)) continue;
      for (const item of node.items) open.push(item, Reflect.get(Object(item), "value"));
      Reflect.set(node, "items", counting(node.items, count));
    }
  }

  it("with a mistake in every part", async () => {
    await expectInProportion(async (size) => {
      const parts = Array.from({ length: size }, (_, at) => `  p${at}: { type: x }\n`);
      const document = parseDocument(`a:\n${parts.join("")}`, { uniqueKeys: false });
      const count = { reads: 0 };
      counted(document, count);
      const index = await indexOf(document);
      for (const at of parts.keys()) expect(index.offsetOf(["a", `p${at}`, "type"], false)).toBeGreaterThan(0);
      return count.reads;
    });
  });
});

it("waivers at every block, each for its own findings", async () => {
  await expectInProportion((size) => {
    const finding = (at: number) => ({
      policy: "ECS-005",
      title: "",
      severity: "high" as const,
      verdict: "fail" as const,
      blocking: true,
      subject: { kind: "container", address: `a.b${at}`, name: null, action: null },
      problem: null,
      message: "",
      notes: [],
      evidence: [],
      waiver: null,
      location: null,
      cause: `ECS-005 a.b${at}`,
      fingerprint: String(at),
    });
    const count = { reads: 0 };
    const findings = counting(
      Array.from({ length: size }, (_, at) => finding(at)),
      count,
    );
    const waivers = Array.from({ length: size }, (_, at) => ({
      policy: "ECS-005",
      resources: [`a.b${at}`],
      exact: true,
      fingerprint: null,
      reason: "fine",
      owner: null,
      expires: null,
      maxMatches: 20,
      from: `main.tf:${at}`,
    }));
    expect(applyWaivers(waivers, findings, null).of.size).toBe(size);
    return count.reads;
  });
});
