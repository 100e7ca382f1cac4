import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, fitted, table, wrap } from "../../cli/reporters/terminal-text.ts";
import { showsProgress, takeColourOptions, wantsColours, widthOfOutput } from "../../cli/terminal.ts";
import { planFile } from "../../fixtures/fixtures.ts";
import { holds } from "../thorough.ts";
import { command } from "./command.ts";

const escapeSequence = "\u001b[";

describe("colours", () => {
  it.each([
    { env: {}, colours: false },
    { env: { FORCE_COLOR: "1" }, colours: true },
    { env: { FORCE_COLOR: "" }, colours: true },
    { env: { FORCE_COLOR: "0" }, colours: false },
    { env: { FORCE_COLOR: "false" }, colours: false },
    { env: { NO_COLOR: "1" }, colours: false },
    { env: { CI: "true" }, colours: false },
  ])("of a pipe with $env: $colours", ({ env, colours }) => {
    expect(wantsColours(null, env)).toBe(colours);
  });

  it.each([
    { argv: ["--color"], given: false, colours: true },
    { argv: ["--no-color"], given: true, colours: false },
    { argv: ["--no-color", "--color"], given: false, colours: true },
    { argv: ["--color", "--no-color"], given: true, colours: false },
  ])("$argv on the command line beats the environment", async ({ argv, given, colours }) => {
    const { out } = await command(["check", planFile("ssm"), ...argv], { colours: given });
    expect(out.includes(escapeSequence)).toBe(colours);
    expect(await command([...argv, "check", planFile("ssm")], { colours: given })).toMatchObject({ out });
  });

  it("behind -- the words are plans", () => {
    expect(takeColourOptions(["check", "--", "--color"])).toEqual({ words: ["check", "--", "--color"], colours: null });
    expect(takeColourOptions(["--no-color", "check", "--", "--color"])).toEqual({
      words: ["check", "--", "--color"],
      colours: false,
    });
  });

  it("takes no value", async () => {
    expect(await command(["check", planFile("ssm"), "--color=always"])).toMatchObject({
      code: 2,
      error: "plimsoll: --color=always: takes no value; write --color or --no-color\n",
    });
  });

  it("never reach a file, nor a format that programs read", async () => {
    const { out } = await command(["check", planFile("ssm"), "--color", "--format", "json"]);
    expect(out).not.toContain(escapeSequence);
  });
});

describe("width", () => {
  it.each([
    { COLUMNS: "60", columns: 60, breaksLines: true },
    { COLUMNS: "0", columns: 100, breaksLines: false },
    { COLUMNS: "wide", columns: 100, breaksLines: false },
    { COLUMNS: undefined, columns: 100, breaksLines: false },
  ])("of a pipe with COLUMNS $COLUMNS is $columns", ({ COLUMNS, ...width }) => {
    expect(widthOfOutput(null, { COLUMNS })).toEqual(width);
  });

  it("a wide character takes two columns, and a mark on a letter none", () => {
    expect(wrap("監査 監査 監査 監査 監査 監査 監査 監査 監査", 40, "", "  ")).toBe(
      "監査 監査 監査 監査 監査 監査 監査 監査\n  監査",
    );
    expect(wrap(`${"e\u0301".repeat(30)} ${"e\u0301".repeat(9)}`, 40, "", "")).toBe(
      `${"e\u0301".repeat(30)} ${"e\u0301".repeat(9)}`,
    );
    expect(cut("監査監査", 5)).toBe("監査…");
    expect(
      table([
        ["監査", "a"],
        ["x", "b"],
      ]),
    ).toBe("監査  a\nx     b\n");
  });

  it("a line with a word that is wider than a terminal goes on in the next one, from a separator on", () => {
    expect(fitted('      module.services["basket"].aws_ecs_task_definition.this', 40)).toBe(
      ['      module.services["basket"].', "      aws_ecs_task_definition.this"].join("\n"),
    );
  });

  it("no line is wider than the terminal, and no character is lost", () =>
    holds(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("a", "b", ".", "/", "-", "監", "é", "𠮷", "🙂"), minLength: 1 }), {
          minLength: 1,
        }),
        fc.integer({ min: 40, max: 120 }),
        (words, columns) => {
          const text = fitted(wrap(words.join(" "), columns, "      ", "        "), columns);
          expect(text.replaceAll(/\s/g, "")).toBe(words.join(""));
          for (const line of text.split("\n")) expect(cut(line, columns)).toBe(line);
        },
      ),
      "text",
    ));

  it.each([40, 60, 80, 120])("no line of the shop's report is wider than a terminal of %i columns", async (columns) => {
    for (const format of ["text", "nist", "controls"]) {
      const { out } = await command(["check", planFile("shop/faulty"), "--format", format], { columns });
      expect(out.split("\n").filter((line) => cut(line, columns) !== line)).toEqual([]);
    }
  });
});

it("a line that is written anew is for a terminal alone, and for none that a CI system keeps", () => {
  expect(showsProgress(null, {})).toBe(false);
});
