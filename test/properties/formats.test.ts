import fc from "fast-check";
import { expect, it } from "vitest";
import type { PlanResult } from "../../cli/reporters/plan-result.ts";
import { type Format, formats, reporters } from "../../cli/reporters/reporters.ts";
import { foreignMarkup, junitErrors, obeyedByRunner, strayCommands } from "../report/checks.ts";
import { situations } from "../report/situations/situations.ts";
import { holds } from "../thorough.ts";

const options = { colours: false, columns: 100, cwd: "/srv/shop", version: "1.2.3" };

/** Texts of any characters, often of those that some format gives a meaning. */
const text = fc
  .array(
    fc.oneof(
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
      { weight: 3, arbitrary: fc.constantFrom(..."\\`|*_~<>&\"'[](){}#@:%!\n\r\t -".split("")) },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          "::error::",
          "##[x]",
          "##vso[task.complete]",
          "##teamcity[x]",
          "=1+1",
          "%0A",
          "]]>",
          "<!--",
          "-->",
          "```",
          "fail",
          "FAIL",
          "@octocat",
          "<img src=x>",
          "www.example.com",
          "`",
          " ",
          "\u202e",
          "\0",
        ),
      },
    ),
    // Long ones: what one format obeys is often made of several of these, one behind the other.
    { maxLength: 30, size: "max" },
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
  return [...(await reporters[format]())(reportOn(name), options)].join("");
}

const linesOf = (rendered: string) => rendered.split("\n").length;
const usual = new Map(
  await Promise.all(formats.map(async (format) => [format, linesOf(await render(format, "x"))] as const)),
);

it("no text becomes a command, a line or markup of its own", async () => {
  await holds(
    fc.asyncProperty(text, async (name) => {
      for (const format of formats) {
        const rendered = await render(format, name);
        if (format === "github") expect(strayCommands(rendered)).toEqual([]);
        else expect([format, obeyedByRunner(rendered)]).toEqual([format, []]);
        if (format === "markdown") expect(foreignMarkup(rendered)).toEqual([]);
        if (["json", "sarif", "gitlab", "run-task", "sonarqube", "ocsf"].includes(format)) JSON.parse(rendered);
        if (format !== "text" && format !== "nist")
          expect([format, linesOf(rendered)]).toEqual([format, usual.get(format)]);
      }
    }),
    "small",
  );
});

it("no text makes JUnit XML invalid", async () => {
  // One document for many texts, for reading the schema takes longer than reading them.
  const property = fc.asyncProperty(fc.array(text, { minLength: 20, maxLength: 20 }), async (names) => {
    const junit = await reporters.junit();
    expect(await junitErrors([...junit(names.flatMap(reportOn), options)].join(""))).toEqual([]);
  });
  await holds(property, "check");
});
