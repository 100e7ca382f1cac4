import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formats } from "../../cli/reporters/reporters.ts";
import { planFile } from "../../fixtures/fixtures.ts";
import { command } from "./command.ts";
import { testFolder } from "./folder.ts";

const folder = testFolder();
const reason = "an old decision";
const files = {
  "plimsoll.yaml": `waivers: [{ policy: ECR-004, resources: [module.registry], reason: ${reason} }]\n`,
};
const args = ["check", planFile("first-plan"), "--select", "ECR-003", "ECR-004", "--fail-on", "medium"];

/** How each format says that two findings are waived, and not in the list. */
const said: Readonly<Record<string, string>> = {
  text: "2 waived and not listed, ",
  junit: "2 waived findings not listed",
  markdown: "; 2 waived and not listed",
  github: "; 2 waived and not listed",
  atlantis: "; 2 waived and not listed",
  "run-task": "; 2 waived and not listed",
  "azure-devops": "; 2 waived and not listed",
  teamcity: "; 2 waived and not listed",
  html: "<p>2 waived findings are counted and not listed.</p>",
};

/** What they show is of what is open, whatever the option. */
const ofOpenOnly: ReadonlySet<string> = new Set(["github", "azure-devops", "teamcity"]);

describe("--hide-waived", () => {
  it("leaves what is waived out of all formats for people, and says how many", async () => {
    const cwd = folder(files);
    const named = formats.map((format) => `${format}=${format}.out`);
    const shown = await command([...args, "--format", ...named], { cwd });
    const before = Object.fromEntries(
      formats.map((format) => [format, readFileSync(join(cwd, `${format}.out`), "utf8")]),
    );
    const hidden = await command([...args, "--hide-waived", "--format", ...named], { cwd });
    expect([shown, hidden]).toEqual([
      { code: 1, out: "", error: "" },
      { code: 1, out: "", error: "" },
    ]);
    for (const format of formats) {
      const text = readFileSync(join(cwd, `${format}.out`), "utf8");
      if (format in said) {
        expect([format, before[format]?.includes(said[format] ?? "")]).toEqual([format, false]);
        expect([format, text.includes(said[format] ?? "")]).toEqual([format, true]);
        // The page lists waivers themselves, with what became of them.
        const findings = format === "html" ? text.replace(/<h3>Waivers<\/h3>.*/s, "") : text;
        expect([format, findings.includes(reason)]).toEqual([format, false]);
        expect([format, before[format]?.includes(reason)]).toEqual([format, !ofOpenOnly.has(format)]);
      } else expect([format, text]).toEqual([format, before[format]]);
    }
    expect(formats.filter((format) => !(format in said))).toEqual([
      "brief",
      "json",
      "sarif",
      "gitlab",
      "nist",
      "controls",
      "sonarqube",
      "csv",
      "ocsf",
    ]);
    expect(readFileSync(join(cwd, "json.out"), "utf8")).toContain(reason);
  });

  it("changes nothing where nothing is waived", async () => {
    const cwd = folder({});
    expect(await command([...args, "--hide-waived"], { cwd })).toEqual(await command(args, { cwd }));
  });
});
