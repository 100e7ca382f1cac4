import fc from "fast-check";
import { expect, it } from "vitest";
import type { PlanResult } from "../../cli/reporters/plan-result.ts";
import { type Format, formats, reporters } from "../../cli/reporters/reporters.ts";
import { foreignMarkup, junitErrors, obeyedByRunner, strayCommands } from "../report/checks.ts";
import { situations } from "../report/situations/situations.ts";

const options = { colours: false, columns: 100, cwd: "/srv/shop", version: "1.2.3" };

/** Texts of any characters, often of those that some format gives a meaning. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(..."\\`|*_~<>&\"'[](){}#@:%!\n\r\t -".split("")),
      fc.constantFrom(
        "::error::",
        "##[x]",
        "%0A",
        "]]>",
        "<!--",
        "-->",
        "```",
        "fail",
        "FAIL",
        "@octocat",
        "\u202e",
        "\0",
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

/** A report with a failure, an unknown and a waived finding, in which everything that a plan names is the text. */
function reportOn(name: string): readonly PlanResult[] {
  return (situations["waived-and-real"] ?? []).map((result) => {
    if ("failure" in result) return result;
    const findings = result.report.findings.map((finding, at) => ({
      ...finding,
      verdict: at === 2 ? ("unknown" as const) : finding.verdict,
      subject: { ...finding.subject, address: name, name },
      message: name,
      location: { file: name, line: 3, of: "block" as const },
      waiver: finding.waiver === null ? null : { ...finding.waiver, reason: name, owner: name, from: name },
    }));
    return { file: name, report: { ...result.report, findings } };
  });
}

async function render(format: Format, name: string): Promise<string> {
  return (await reporters[format]())(reportOn(name), options);
}

const runs = { numRuns: 300, seed: 1 };

it("no text becomes a command, a line or markup of its own", async () => {
  await fc.assert(
    fc.asyncProperty(text, async (name) => {
      expect(strayCommands(await render("github", name))).toEqual([]);
      expect(foreignMarkup(await render("markdown", name))).toEqual([]);
      const lines = async (format: Format, other: string) => (await render(format, other)).split("\n").length;
      for (const format of formats.filter((each) => each !== "text" && each !== "nist"))
        expect([format, await lines(format, name)]).toEqual([format, await lines(format, "x")]);
      for (const format of formats.filter((each) => each !== "github"))
        expect(obeyedByRunner(await render(format, name))).toEqual([]);
      for (const format of ["json", "sarif", "gitlab", "run-task"] as const) JSON.parse(await render(format, name));
    }),
    runs,
  );
});

it("no text makes JUnit XML invalid", async () => {
  await fc.assert(
    fc.asyncProperty(text, async (name) => {
      expect(await junitErrors(await render("junit", name))).toEqual([]);
    }),
    { ...runs, numRuns: 40 },
  );
});
