import { createHash } from "node:crypto";
import { join } from "node:path";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type Format, formats, reporters } from "../../cli/reporters/reporters.ts";
import { foreignMarkup, junitErrors, obeyedByRunner, strayCommands } from "./checks.ts";
import { situations } from "./situations/situations.ts";

const options = { colours: false, columns: 100, cwd: "/srv/shop", version: "1.2.3" };

const rendered = new Map<string, Promise<string>>();

/** Each is made once: several tests look at it. */
function render(format: Format, situation: string): Promise<string> {
  const key = `${format} ${situation}`;
  const made = rendered.get(key) ?? renderAnew(format, situation);
  rendered.set(key, made);
  return made;
}

async function renderAnew(format: Format, situation: string): Promise<string> {
  const results = situations[situation];
  if (results === undefined) throw new Error(situation);
  return [...(await reporters[format]())(results, options)].join("");
}

const names = Object.keys(situations);

describe.each(names)("%s", (situation) => {
  it.each(formats)("as %s", async (format) => {
    const text = await render(format, situation);
    // Large outputs are told by their size, their beginning and their end.
    const hash = createHash("sha256").update(text).digest("hex");
    const golden =
      text.length < 60_000
        ? text
        : `${text.length} characters, sha256 ${hash}\n\n${text.slice(0, 2000)}\n[...]\n${text.slice(-1000)}`;
    await expect(golden).toMatchFileSnapshot(join(import.meta.dirname, "situations", situation, `${format}.txt`));
  });

  it.each(formats)(
    "%s has no character that a terminal or a reader's eye obeys, and ends with its last line",
    async (format) => {
      const written = await render(format, situation);
      // RFC 4180 ends lines with both.
      const text = format === "csv" ? written.replaceAll("\r\n", "\n") : written;
      expect(text.match(/[^\n -~\u00a0-\uffff]|[\u200e\u200f\u2028-\u202e\u2066-\u2069]/g)).toBeNull();
      expect(text).toMatch(/[^\n]\n$/);
      expect(Buffer.from(written).toString()).toBe(written);
    },
  );
});

describe("sarif", () => {
  const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(sarifSchema);

  it.each(names)("%s is valid against the schema of SARIF 2.1.0", async (situation) => {
    validate(JSON.parse(await render("sarif", situation)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it("the schema refuses what is no SARIF", () => {
    expect(validate({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });

  /** docs.github.com, "SARIF support for code scanning", and what its ingestion refuses. */
  const accepted = z.object({
    runs: z.tuple([
      z.object({
        tool: z.object({
          driver: z.object({
            rules: z.array(
              z.object({
                id: z.string().min(1),
                shortDescription: z.object({ text: z.string().max(1024) }),
                fullDescription: z.object({ text: z.string().max(1024) }),
                help: z.object({ text: z.string().min(1), markdown: z.string().min(1) }),
                properties: z.object({
                  "security-severity": z.string().regex(/^(?:[0-9]|10)\.[0-9]$/),
                  tags: z.array(z.string()).max(10),
                }),
              }),
            ),
          }),
        }),
        results: z
          .array(
            z.object({
              ruleId: z.string(),
              message: z.object({ text: z.string().min(1) }),
              locations: z.tuple([
                z.object({
                  physicalLocation: z.object({
                    artifactLocation: z.object({ uri: z.string().regex(/^(?![/\\]|[A-Za-z][\w+.-]*:|\.\.\/)[!-~]+$/) }),
                    region: z.object({ startLine: z.int().min(1) }),
                  }),
                }),
              ]),
              partialFingerprints: z.object({ primaryLocationLineHash: z.string().min(1) }),
            }),
          )
          .max(25_000),
      }),
    ]),
  });

  it.each(names)("%s keeps the rules of GitHub's ingestion", async (situation) => {
    expect(accepted.safeParse(JSON.parse(await render("sarif", situation))).error).toBeUndefined();
  });

  it("leaves out what is more than GitHub takes, the mildest, and says so", async () => {
    const [base] = situations["five-thousand-findings"] ?? [];
    if (base === undefined || "failure" in base) throw new Error("no report");
    const findings = Array.from({ length: 6 }, () => base.report.findings).flat();
    const many = [{ ...base, report: { ...base.report, findings } }];
    const log = JSON.parse([...(await reporters.sarif())(many, options)].join(""));
    const [{ results, invocations }] = log.runs;
    expect([results.length, invocations[0].toolExecutionNotifications]).toEqual([
      25_000,
      [
        {
          level: "warning",
          message: {
            text: "5000 of 30000 results are left out, the least severe; GitHub takes 25000 in a run.",
          },
        },
      ],
    ]);
  });
});

describe("junit", () => {
  it.each(names)("%s is valid against the schema that Jenkins published", async (situation) => {
    expect(await junitErrors(await render("junit", situation))).toEqual([]);
  });

  it("the schema refuses what is no JUnit report", async () => {
    expect(await junitErrors("<testsuites><testcase/></testsuites>")).not.toEqual([]);
  });
});

it("gitlab: every entry has what Code Quality wants, and a fingerprint of its own", async () => {
  const entry = z.strictObject({
    description: z.string().min(1),
    check_name: z.string().min(1),
    fingerprint: z.string().min(1),
    severity: z.enum(["info", "minor", "major", "critical", "blocker"]),
    location: z.strictObject({
      path: z.string().regex(/^(?!\/|\.\/|\.\.\/)/),
      lines: z.strictObject({ begin: z.int().min(1) }),
    }),
  });
  for (const situation of names) {
    const entries = z.array(entry).parse(JSON.parse(await render("gitlab", situation)));
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
  }
});

it("run-task: the body that HCP Terraform takes, failed exactly where the command ends with another code than 0", async () => {
  const level = z.enum(["none", "info", "warning", "error"]);
  const tags = z.array(z.strictObject({ label: z.string().min(1), level }));
  const body = z.strictObject({
    data: z.strictObject({
      type: z.literal("task-results"),
      attributes: z.strictObject({ status: z.enum(["passed", "failed"]), message: z.string() }),
      relationships: z.strictObject({
        outcomes: z.strictObject({
          data: z.array(
            z.strictObject({
              type: z.literal("task-result-outcomes"),
              attributes: z.strictObject({
                "outcome-id": z.string(),
                description: z.string(),
                body: z.string().max(1_000_000),
                tags: z.record(z.string(), tags),
              }),
            }),
          ),
        }),
      }),
    }),
  });
  const passed: string[] = [];
  for (const situation of names) {
    const { data } = body.parse(JSON.parse(await render("run-task", situation)));
    if (data.attributes.status === "passed") passed.push(situation);
  }
  expect(passed).toEqual(["nothing-wrong", "only-unknowns", "hostile-unknowns"]);
});

it("github: nothing but workflow commands, not more of each kind than GitHub shows, and a count of all", async () => {
  for (const situation of names) {
    const text = await render("github", situation);
    expect(strayCommands(text)).toEqual([]);
    expect(text.match(/^::notice title=plimsoll::/gm)).toHaveLength(1);
  }
});

it.each(formats.filter((format) => format !== "github"))(
  "%s: a log of GitHub Actions obeys nothing of it",
  async (format) => {
    for (const situation of names) expect(obeyedByRunner(await render(format, situation))).toEqual([]);
  },
);

describe("markdown", () => {
  it("fits into a comment of GitHub and says how much is left out", async () => {
    for (const situation of names) expect((await render("markdown", situation)).length).toBeLessThanOrEqual(65_536);
    const [, left] = /^\| and ([0-9]+) more \|/m.exec(await render("markdown", "five-thousand-findings")) ?? [];
    const shown = (await render("markdown", "five-thousand-findings")).match(/^\| \*\*[a-z]+\*\* \|/gm);
    expect((shown?.length ?? 0) + Number(left)).toBe(5000);
    const plans = Array.from({ length: 2000 }, (_, at) => ({ file: `infra/${at}/plan.json`, failure: "no such file" }));
    expect([...(await reporters.markdown())(plans, options)].join("").length).toBeLessThanOrEqual(65_536);
  });

  it.each(names)(
    "%s: no markup but our own, and no text outside of code in which a mention or a link could hide",
    async (situation) => {
      expect(foreignMarkup(await render("markdown", situation))).toEqual([]);
    },
  );

  it("the search for foreign markup finds some", () => {
    expect(foreignMarkup("a *b* <img src=x> @octocat\n")).toEqual(["<em>", "</em>", "<img src=x>", "@", "octocat"]);
  });
});

it("atlantis: where nothing blocks the word that Atlantis looks for is nowhere, where something does it is in the first line", async () => {
  const clean: string[] = [];
  for (const situation of names) {
    const text = await render("atlantis", situation);
    const isClean = !/fail/i.test(text);
    if (isClean) clean.push(situation);
    expect(text).toMatch(isClean ? /^PASS - plimsoll - / : /^FAIL - plimsoll - [1-9][0-9]* failures?: /);
  }
  expect(clean).toEqual(["nothing-wrong", "only-unknowns", "hostile-unknowns"]);
});
