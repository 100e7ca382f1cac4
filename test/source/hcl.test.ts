import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConfigurationFile } from "../../cli/source/configuration.ts";
import { loadGrammar } from "../../cli/source/grammar.ts";
import { readHcl as read } from "../../cli/source/hcl.ts";
import type { Block, Body } from "../../engine/plan/source.ts";
import { fixturesFolder } from "../../fixtures/fixtures.ts";
import { holds } from "../thorough.ts";

const grammar = await loadGrammar();

function readHcl(file: string, text: string): ConfigurationFile | null {
  return read(grammar, file, text).configuration;
}

/** The structure with its lines: `3 resource aws_x y`, and what is within it, indented. */
function outline(file: ConfigurationFile | null): string[] | null {
  if (file === null) return null;
  return file.blocks.flatMap((block) =>
    file.unread.has(block) ? `${block.line} ${block.type} is not read` : blockLines(block, ""),
  );
}

function blockLines({ line, type, labels, body }: Block, indent: string): string[] {
  return [`${indent}${line} ${[type, ...labels].join(" ")}`, ...bodyLines(body, `${indent}  `)];
}

function bodyLines({ attributes, blocks }: Body, indent: string): string[] {
  return [
    ...[...attributes].map(([name, { line }]) => `${indent}${line} ${name} =`),
    ...blocks.flatMap((block) => blockLines(block, indent)),
  ];
}

describe("the structure and the lines of a file", () => {
  it.each([
    ["nothing", "", []],
    ["a block in one line", 'variable "x" { type = string }', ["1 variable x", "  1 type ="]],
    ["an empty block, and one after it", 'a "x" {}\nb {\n}\n', ["1 a x", "2 b"]],
    ["labels without quotes", "resource aws_x y {\n}", ["1 resource aws_x y"]],
    ["Windows line ends", 'a "x" {\r\n  b = 1\r\n  c = 2\r\n}\r\n', ["1 a x", "  2 b =", "  3 c ="]],
    [
      "comments of all three forms, with brackets and quotes in them",
      '# { "\n// [ ${\n/* {\n " */ a {\n  b = 1 # }\n  c = /* } \n */ 2\n}\n',
      ["4 a", "  5 b =", "  6 c ="],
    ],
    [
      "brackets over lines",
      "a {\n  b = [\n    1,\n  ]\n  c = foo(\n    1)\n  d = {\n    e = 1\n    f = 2 }\n  g = 3\n}\n",
      ["1 a", "  2 b =", "  5 c =", "  7 d =", "  10 g ="],
    ],
    [
      "templates to any depth, with escapes",
      'a {\n  b = "x ${foo("y ${"z }"} \\" ")} $${ %%{ $ % \\\\"\n  c = "%{ if true }{%{ endif }"\n}\n',
      ["1 a", "  2 b =", "  3 c ="],
    ],
    [
      "heredocs with templates, markers within lines, and a heredoc within a heredoc",
      "a {\n  b = <<-EOT\n    EOT x\n    ${foo(<<IN\nEOT\nIN\n)}\n    %{ if x }%{ endif }\n    $${ } {\n    EOT\n  c = <<X\nX \n  d = 1\n}\n",
      ["1 a", "  2 b =", "  11 c =", "  13 d ="],
    ],
    [
      "a template whose end stands before the marker on a line",
      'a {\n  b = <<E\n${"x"}E\nE\n  c = 1\n}\n',
      ["1 a", "  2 b =", "  5 c ="],
    ],
    ["a heredoc as an argument", "a {\n  b = jsonencode(<<E\n{\nE\n  )\n  c = 1\n}\n", ["1 a", "  2 b =", "  6 c ="]],
    [
      "nested blocks",
      "a {\n  b {\n    c = 1\n    d {}\n  }\n  b {\n  }\n}",
      ["1 a", "  2 b", "    3 c =", "    4 d", "  6 b"],
    ],
    ["names beyond ASCII, and with hyphens", 'größe "日本" {\n  é-1 = 1\n}', ["1 größe 日本", "  2 é-1 ="]],
    ["escapes in labels", 'a "x\\u0041\\"\\n$${b}" {}', ['1 a xA"\n${b}']],
    [
      "conditions and operators over brackets",
      "a {\n  b = (x == 1 && !y\n    ? 1 : 2)\n  c = x >= 1 ? [1] : [\n  2]\n}",
      ["1 a", "  2 b =", "  4 c ="],
    ],
  ])("%s", async (_name, text, expected) => {
    expect(outline(readHcl("main.tf", text))).toEqual(expected);
    // What the cases expect is HCL for the real parser too.
    await parse("main.tf", text);
  });

  it.each([
    ["a bracket that is not closed", "a {\n  b = [1\n}\n", ["1 a is not read"]],
    ["a bracket too many", "a {\n}}\n"],
    ["brackets that do not match", "a {\n  b = (1]\n}\n"],
    ["a string that does not end", 'a {\n  b = "x\n}\n'],
    ["a template that does not end", 'a {\n  b = "${x"\n}\n'],
    ["a heredoc that does not end", "a {\n  b = <<E\nx\n}\n", ["1 a is not read"]],
    ["a heredoc whose marker ends the file without a line end", "a = <<E\nx\nE"],
    ["a comment that does not end", "a {\n}\n/* x\n"],
    ["a name twice", "a {\n  b = 1\n  b = 2\n}\n", ["1 a is not read"]],
    ["an attribute without a value", "a {\n  b =\n  c = 1\n}\n", ["1 a is not read"]],
    ["two attributes on a line", "a {\n  b = {} c = 1 }\n}\n"],
    ["code behind a block", "a {} b {}\n"],
    ["a template as a label", 'a "${x}" {}\n'],
    ["a word alone", "a\n"],
    ["no HCL at all", '<?xml version="1.0"?>\n'],
  ])("is not read: %s", async (_name, text, expected: readonly string[] | null = null) => {
    expect(outline(readHcl("main.tf", text))).toEqual(expected);
    await expect(parse("main.tf", text)).rejects.toThrow();
  });

  it("any text is read or not, and never crashes", async () => {
    const pieces = fc.constantFrom(
      "a",
      " ",
      "{",
      "}",
      "[",
      "]",
      "(",
      ")",
      '"',
      "${",
      "%{",
      "$${",
      "\\",
      "\n",
      "\r\n",
      "<<E\n",
      "E\n",
      "<<-E\n",
      "#",
      "//",
      "/*",
      "*/",
      "=",
      ",",
      "é",
      "😀",
      "\u0000",
      "1",
      "~",
      ":",
    );
    await holds(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "binary" })), { maxLength: 40 }), (parts) => {
        const file = readHcl("main.tf", parts.join(""));
        expect(file === null || Array.isArray(file.blocks)).toBe(true);
      }),
      "text",
    );
  });

  it("depth and length have no end that crashes", () => {
    expect(outline(readHcl("main.tf", "a {\n".repeat(5000) + "}\n".repeat(5000)))).toEqual(["1 a is not read"]);
    const deep = 20_000;
    expect(outline(readHcl("main.tf", `a {\n  b = ${"[".repeat(deep)}${"]".repeat(deep)}\n  c = 1\n}`))).toEqual([
      "1 a",
      "  2 b =",
      "  3 c =",
    ]);
    const templates = (depth: number) => `a {\n  b = ${'"${'.repeat(depth)}x${'}"'.repeat(depth)}\n  c = 1\n}`;
    expect(outline(readHcl("main.tf", templates(40)))).toEqual(["1 a", "  2 b =", "  3 c ="]);
    expect(readHcl("main.tf", templates(deep))).toBeNull();
    const long = (length: number) => `a {\n  b = "${"x".repeat(length)}"\n  # ${"x".repeat(length)}\n  c = 1\n}`;
    expect(outline(readHcl("main.tf", long(100_000)))).toEqual(["1 a", "  2 b =", "  4 c ="]);
    expect(readHcl("main.tf", long(10_000_000))).toBeNull();
  });
});

/** A piece of a file, and what the outline of it is, with lines from 0. */
interface Piece {
  readonly text: string;
  readonly lines: readonly { readonly line: number; readonly text: string }[];
}

const values = fc.constantFrom(
  "1",
  '"x"',
  '"${a.b["}"]} \\" $${"',
  "[\n  1, # ]\n  2,\n]",
  '{\n  a = 1\n  /* }\n */ b = "{"\n}',
  "jsonencode({\n  a = [\n  ]\n})",
  '<<-EOT\n  ${join("\\n", [\n    "EOT",\n  ])}\n  { " EOT\n  EOT',
  "<<X\nX Y\n%{ if a }\n}\n%{ endif }\nX",
  "a ? b : (\n  c\n)",
  "[for k, v in x : {\n  k = v }]",
  "/* [ */ 1 // {",
);
const fillers = fc.constantFrom("", "\n", '# { " <<E\n', "// x\n\n", "/* a\nb */\n", "/* } */ ");

function attributeAt(name: string, value: string, filler: string): Piece {
  return { text: `${filler}${name} = ${value}\n`, lines: [{ line: breaks(filler), text: `${name} =` }] };
}

function breaks(text: string): number {
  return text.split("\n").length - 1;
}

function joined(pieces: readonly Piece[]): Piece {
  let text = "";
  const lines: { line: number; text: string }[] = [];
  for (const piece of pieces) {
    const from = breaks(text);
    lines.push(...piece.lines.map((each) => ({ ...each, line: from + each.line })));
    text += piece.text;
  }
  return { text, lines };
}

function blockAt(header: string, label: string, inner: Piece, filler: string): Piece {
  const from = breaks(filler);
  const lines = inner.lines.map(({ line, text }) => ({ line: from + 1 + line, text: `  ${text}` }));
  return { text: `${filler}${header} {\n${inner.text}}\n`, lines: [{ line: from, text: label }, ...lines] };
}

const bodies = fc.letrec<{ body: Piece; block: Piece }>((tie) => ({
  body: fc
    .tuple(
      fc.array(fc.tuple(values, fillers), { maxLength: 4 }),
      fc.array(tie("block"), { maxLength: 2, depthIdentifier: "blocks" }),
    )
    .map(([attributes, blocks]) =>
      joined([...attributes.map(([value, filler], at) => attributeAt(`n${at}`, value, filler)), ...blocks]),
    ),
  block: fc.oneof(
    { depthIdentifier: "blocks", maxDepth: 3 },
    fillers.map((filler): Piece => ({ text: `${filler}empty {}\n`, lines: [{ line: breaks(filler), text: "empty" }] })),
    fc
      .tuple(fc.constantFrom('resource "a" "b"', "dynamic c", "/* { */ x"), tie("body"), fillers)
      .map(([header, body, filler]) =>
        blockAt(header, header.replace("/* { */ ", "").replaceAll('"', ""), body, filler),
      ),
  ),
}));

it("files assembled of pieces have the lines of their pieces", async () => {
  await holds(
    fc.asyncProperty(fc.array(bodies.block, { maxLength: 5 }), fc.boolean(), async (blocks, isWindows) => {
      const { text, lines } = joined(blocks);
      const file = isWindows ? text.replaceAll("\n", "\r\n") : text;
      // Within a body the attributes come first in the outline, as they do in these files.
      const expected = lines.map(({ line, text: label }) => label.replace(/\S/, (first) => `${line + 1} ${first}`));
      expect(outline(readHcl("main.tf", file))).toEqual(expected);
      await parse("main.tf", file);
    }),
    "text",
  );
});

/** What hcl2json makes of a file: types, labels and names, without lines. Blocks with the same header are one. */
type Structure = { readonly [name: string]: Structure | null };

function united(one: Structure | null, other: Structure | null): Structure | null {
  if (one === null || other === null) return one ?? other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, united(one[name] ?? null, other[name] ?? null)]));
}

function structureOf({ attributes, blocks }: Body): Structure {
  const own: Structure = Object.fromEntries([...attributes.keys()].map((name) => [name, null]));
  const nested = blocks.map(({ type, labels, body }) =>
    [type, ...labels].reduceRight((inner: Structure, label): Structure => ({ [label]: inner }), structureOf(body)),
  );
  return nested.reduce((all: Structure, each) => united(all, each) ?? all, own);
}

/** hcl2json writes blocks as arrays of objects, which attributes may be too: the scanner's structure says which is which. */
function namesIn(json: unknown, structure: Structure): Structure | null {
  if (Array.isArray(json)) return json.map((each) => namesIn(each, structure)).reduce(united, {});
  if (typeof json !== "object" || json === null) return null;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      const below = structure[name] ?? null;
      return [name, below === null ? null : namesIn(value, below)];
    }),
  );
}

describe("every .tf file of the fixtures has the structure that hcl2json reads", () => {
  const files = readdirSync(fixturesFolder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tf"))
    .sort();
  it.each(files)("%s", async (file) => {
    const text = readFileSync(join(fixturesFolder, file), "utf8");
    const read = readHcl(file, text);
    if (read === null) throw new Error("not read");
    const structure = structureOf({ attributes: new Map(), blocks: read.blocks });
    expect(structure).toEqual(namesIn(await parse(file, text), structure));
  });
});
