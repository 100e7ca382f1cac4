import { describe, expect, it } from "vitest";
import { parseBuildspec } from "../../engine/buildspec/buildspec.ts";
import { nestingOf } from "../../engine/buildspec/nesting.ts";
import { understandBuildspec } from "../../engine/buildspec/understand.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

const input = { variables: new Map(), isWindows: false, wrappers: { vulnerabilities: [], configuration: [] } };

function reasonOf(value: unknown): string | null {
  return value instanceof Unknown ? value.detail : null;
}

const nested = (levels: number, open: string, inner: string, close: string) =>
  `${open.repeat(levels)}${inner}${close.repeat(levels)}`;

describe("how deep a text nests", () => {
  it.each([
    ["a: 1", 2],
    ["a:\n  b:\n    c:\n", 3],
    ["a:\n  - b\n  - c\n", 3],
    ["- - - x", 4],
    ["? ? x", 3],
    ["[[x], [y]]", 2],
    ["{a: {b: [c]}}", 3],
    ['{"a": {"b": ["c"]}}', 3],
    ["a: |\n  [[[[ {{{{\n  - - - -\n", 1],
    ["a: '[[[['\nb: \"{{{{\"\n", 2],
    ["a: # [[[[\n", 1],
    ["]]]] [", 1],
    [nested(100_000, "[", "x", "]"), 100_000],
    ["- ".repeat(100_000), 100_000],
  ])("text %#", (text, levels) => {
    expect(nestingOf(text)).toBe(levels);
  });
});

describe("a buildspec that is out of all proportion is not read, and says why", () => {
  const tooDeep = "the buildspec nests deeper than 50 levels";
  const tooLong = "the buildspec is longer than 100000 characters";
  it.each([
    ["JSON lists", nested(10_000, "[", '"x"', "]"), tooDeep],
    ["JSON objects", nested(10_000, '{"a":', '"x"', "}"), tooDeep],
    ["a YAML list in a list", `phases:\n  ${"- ".repeat(40_000)}x`, tooDeep],
    ["YAML that is not closed", `phases: ${"[".repeat(40_000)}`, tooDeep],
    ["lines that go in", Array.from({ length: 60 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"), tooDeep],
    ["100,000 levels", nested(100_000, "[", "x", "]"), tooLong],
    ["a long comment", `phases: { build: { commands: [ls] } }\n# ${"x".repeat(100_000)}`, tooLong],
  ])("%s", (_, text, reason) => {
    expect(reasonOf(parseBuildspec(text).buildspec)).toBe(reason);
    expect(reasonOf(parseBuildspec(text).variables)).toBe(reason);
  });

  it("more than 1,000 variables", () => {
    const variables = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`V${at}`, "x"]));
    const text = (count: number) => JSON.stringify({ env: { variables: variables(count) }, phases: {} });
    expect(parseBuildspec(text(1000)).variables).toHaveLength(1000);
    expect(reasonOf(parseBuildspec(text(1001)).buildspec)).toBe("the buildspec has more than 1000 variables");
  });

  it("a key twice is a mistake, and found without comparing each with each", () => {
    const text = `phases:\n  build:\n    commands: [ls]\n  build:\n    commands: [make]\n`;
    expect(reasonOf(parseBuildspec(text).buildspec)).toBe("the buildspec is not valid YAML, at character 38");
  });

  it("aliases that stand within what they name end", () => {
    const text = `phases: { build: { commands: [ls] } }\nbatch: &b [${"*b, ".repeat(50)}*b]\n`;
    expect(parseBuildspec(text).buildspec).toMatchObject({ hasOtherBuildspecs: false });
  });
});

describe("commands out of all proportion are not understood, and say why", () => {
  const tooMany = "the buildspec runs more than 2000 commands";
  const unparsed = "its text cannot be parsed as shell";
  const doubling = (levels: number) =>
    `${Array.from({ length: levels }, (_, at) => `f${at}() { f${at + 1}; f${at + 1}; }`).join("; ")}; f${levels}() { ls; ls; }; f0`;
  const functions = Array.from(
    { length: 40 },
    (_, at) => `f${at}() { ${nested(50, "{ ", `f${at + 1};`, " };")} }`,
  ).join("; ");
  it.each([
    ["subshells", nested(9000, "( ", "ls", " )"), unparsed],
    ["groups", nested(9000, "{ ", "ls;", " };"), unparsed],
    ["substitutions", nested(9000, "$(", "ls", ")"), unparsed],
    ["conditions", nested(4000, "if ", "ls", "; then x; fi"), unparsed],
    ["functions that each call the next one twice", doubling(45), tooMany],
    ["functions that nest all the way", `${functions}; f40() { ls; }; f0`, "commands nest too deep"],
    ["&& again and again", Array(9000).fill("ls").join(" && "), tooMany],
    ["|| again and again", Array(9000).fill("ls").join(" || "), tooMany],
    ["pipes", Array(9000).fill("ls").join(" | "), tooMany],
    ["one command after the other", Array(9000).fill("ls").join("; "), tooMany],
    ["ends that may be clean", Array(3000).fill("[ x ] || exit 0").join("; "), tooMany],
    ["substitutions side by side", `ls ${"$(ls) ".repeat(9000)}`, tooMany],
  ])("%s", (_, command, because) => {
    const text = JSON.stringify({ version: 0.2, phases: { build: { commands: [command] } } });
    expect(text.length).toBeLessThan(100_000);
    const understood = understandBuildspec(parseBuildspec(text).buildspec, input);
    if (understood instanceof Unknown) throw new Error(understood.detail ?? "");
    expect(understood.unread.map((each) => each.because)).toContain(because);
    expect(understood.actions.length).toBeLessThanOrEqual(2000);
    // Nothing that is not understood is all that there is to say.
    expect(understood.unread.length).toBeLessThanOrEqual(2000);
  });

  it("entries of a list count together", () => {
    const text = JSON.stringify({ version: 0.2, phases: { build: { commands: Array(9000).fill("ls") } } });
    const understood = understandBuildspec(parseBuildspec(text).buildspec, input);
    expect(understood).toMatchObject({
      unread: [{ place: "phases.build.commands[2000]", because: tooMany, isCommand: false }],
    });
  });

  it("variables that are put together of themselves are unknown", () => {
    const commands = ["A=trivy", ...Array(60).fill("A=$A$A"), "$A image x"];
    const text = JSON.stringify({ version: 0.2, phases: { build: { commands } } });
    const understood = understandBuildspec(parseBuildspec(text).buildspec, input);
    if (understood instanceof Unknown) throw new Error(understood.detail ?? "");
    expect(understood.actions.at(-1)?.run.program).toBe(null);
  });

  it("programs that run programs", () => {
    const text = JSON.stringify({ version: 0.2, phases: { build: { commands: [`${"sudo ".repeat(15_000)}ls`] } } });
    const understood = understandBuildspec(parseBuildspec(text).buildspec, input);
    if (understood instanceof Unknown) throw new Error(understood.detail ?? "");
    expect(understood.actions.map(({ run }) => run.program)).toEqual(["ls"]);
  });
});
