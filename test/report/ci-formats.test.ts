import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type Format, reporters } from "../../cli/reporters/reporters.ts";
import { azureCommands, csvRecords, teamcityMessages } from "./readers.ts";
import { situations } from "./situations/situations.ts";

const options = { colours: false, columns: 100, cwd: "/srv/shop", version: "1.2.3" };
const names = Object.keys(situations);

async function render(format: Format, situation: string): Promise<string> {
  const results = situations[situation];
  if (results === undefined) throw new Error(situation);
  return [...(await reporters[format]())(results, options)].join("");
}

const findingsOf = (situation: string) =>
  (situations[situation] ?? []).flatMap((result) => ("failure" in result ? [] : result.report.findings));

/** learn.microsoft.com, "Logging commands", LogIssue. */
describe("azure-devops", () => {
  const issue = z.strictObject({
    name: z.literal("task.logissue"),
    properties: z.strictObject({
      type: z.enum(["error", "warning"]),
      sourcepath: z.string().min(1).exactOptional(),
      linenumber: z
        .string()
        .regex(/^[1-9]\d*$/)
        .exactOptional(),
      code: z.string().min(1).exactOptional(),
    }),
    message: z.string().min(1),
  });

  it.each(names)("%s: an issue a line, and a line that counts them", async (situation) => {
    const lines = (await render("azure-devops", situation)).trimEnd().split("\n");
    const issues = z.array(issue).parse(azureCommands(lines.join("\n")));
    expect(issues).toHaveLength(lines.length - 1);
    expect(lines.at(-1)).toMatch(/^plimsoll: /);
  });

  it("errors are what blocks, and stand first; warnings fail without blocking", async () => {
    const issues = azureCommands(await render("azure-devops", "waived-and-real"));
    expect(issues).toEqual([
      {
        name: "task.logissue",
        properties: { type: "error", sourcepath: "infra/ecr.tf", linenumber: "12", code: "ECR-003" },
        message:
          'critical ECR-003: Image tags are immutable: aws_ecr_repository.this["1"]: tagMutability (image_tag_mutability) is "MUTABLE"; it must be "IMMUTABLE"',
      },
      {
        name: "task.logissue",
        properties: { type: "warning", code: "ECR-004" },
        message:
          'low ECR-004: Image tags are immutable: aws_ecr_repository.this["3"]: tagMutability (image_tag_mutability) is "MUTABLE"; it must be "IMMUTABLE"',
      },
    ]);
  });
});

/** jetbrains.com, "Service Messages": reporting inspections and build problems. */
describe("teamcity", () => {
  const short = z.string().min(1).max(255);
  const long = z.string().min(1).max(4000);
  const message = z.discriminatedUnion("name", [
    z.strictObject({
      name: z.literal("inspectionType"),
      attributes: z.strictObject({ id: short, name: short, category: short, description: long }),
    }),
    z.strictObject({
      name: z.literal("inspection"),
      attributes: z.strictObject({
        typeId: short,
        message: long,
        file: long,
        line: z.string().regex(/^[1-9]\d*$/),
        SEVERITY: z.enum(["INFO", "ERROR", "WARNING", "WEAK WARNING"]),
      }),
    }),
    z.strictObject({
      name: z.literal("buildProblem"),
      attributes: z.strictObject({ description: long, identity: z.string().regex(/^[\w-]{1,60}$/) }),
    }),
  ]);

  it.each(names.filter((name) => name !== "five-thousand-findings"))(
    "%s: messages that TeamCity takes, each inspection of a type that is told before",
    async (situation) => {
      const lines = (await render("teamcity", situation)).trimEnd().split("\n");
      const messages = z.array(message).parse(teamcityMessages(lines.join("\n")));
      expect(messages).toHaveLength(lines.length - 1);
      const types = new Set<string>();
      for (const each of messages) {
        if (each.name === "inspectionType") types.add(each.attributes.id);
        if (each.name === "inspection") expect(types).toContain(each.attributes.typeId);
      }
    },
  );

  it("a build problem stands exactly where the command does not end with 0", async () => {
    const clean: string[] = [];
    for (const situation of names)
      if (!(await render("teamcity", situation)).includes("[buildProblem")) clean.push(situation);
    expect(clean).toEqual(["nothing-wrong", "only-unknowns", "hostile-unknowns"]);
  });

  it("what TeamCity gives a meaning is read back as it was", async () => {
    const base = situations["evidence-of-the-run"]?.[0];
    if (base === undefined || "failure" in base) throw new Error("no report");
    const text = "a|b'c[d]e é 🎉 ##teamcity[x]";
    const findings = base.report.findings.map((finding) => ({ ...finding, message: text }));
    const results = [{ ...base, report: { ...base.report, findings } }];
    const messages = teamcityMessages([...(await reporters.teamcity())(results, options)].join(""));
    expect(messages.find(({ name }) => name === "inspection")?.attributes["message"]).toBe(
      'Image tags are immutable: aws_ecr_repository.this["1"]: a|b\'c[d]e é 🎉 \\u0023#teamcity[x]',
    );
  });
});

/** docs.sonarsource.com, "Generic formatted issue reports". */
describe("sonarqube", () => {
  const document = z.strictObject({
    rules: z.array(
      z.strictObject({
        id: z.string().min(1),
        name: z.string().min(1),
        description: z.string().min(1),
        engineId: z.literal("plimsoll"),
        cleanCodeAttribute: z.literal("TRUSTWORTHY"),
        type: z.literal("VULNERABILITY"),
        severity: z.enum(["BLOCKER", "CRITICAL", "MAJOR", "MINOR", "INFO"]),
        impacts: z.tuple([
          z.strictObject({ softwareQuality: z.literal("SECURITY"), severity: z.enum(["HIGH", "MEDIUM", "LOW"]) }),
        ]),
      }),
    ),
    issues: z.array(
      z.strictObject({
        ruleId: z.string().min(1),
        primaryLocation: z.strictObject({
          message: z.string().min(1),
          filePath: z.string().regex(/^(?!\/|\.\/|\.\.\/)./),
          textRange: z.strictObject({ startLine: z.int().min(1) }),
        }),
      }),
    ),
  });

  it.each(names)(
    "%s: as SonarQube takes it, each issue of a rule, each rule once and of some issue",
    async (situation) => {
      const { rules, issues } = document.parse(JSON.parse(await render("sonarqube", situation)));
      const ids = rules.map(({ id }) => id);
      expect(ids).toEqual([...new Set(issues.map(({ ruleId }) => ruleId))].sort());
    },
  );

  it("a failure of another severity than its policy's is of a rule of its own", async () => {
    const { rules, issues } = document.parse(JSON.parse(await render("sonarqube", "waived-and-real")));
    expect(rules.map(({ id, severity }) => `${id} ${severity}`)).toEqual([
      "ECR-003-critical BLOCKER",
      "ECR-004-low MINOR",
    ]);
    expect(issues.map(({ ruleId }) => ruleId)).toEqual(["ECR-003-critical", "ECR-004-low"]);
  });
});

describe("csv", () => {
  it.each(names)("%s: as RFC 4180 has it, and no cell that a spreadsheet takes for a formula", async (situation) => {
    const records = csvRecords(await render("csv", situation));
    expect(new Set(records?.map((fields) => fields.length))).toEqual(new Set([19]));
    expect(records?.flat().filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
    expect((records?.length ?? 0) - 1).toBeGreaterThanOrEqual(findingsOf(situation).length);
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    [" =1", "' =1"],
    ['a "b", c', 'a "b", c'],
    ["\t=1", "\\u0009=1"],
    ["a=1", "a=1"],
    ["\uFF1D1", "'\uFF1D1"],
  ])("the cell %j is read as %j", async (text, read) => {
    const base = situations["evidence-of-the-run"]?.[0];
    if (base === undefined || "failure" in base) throw new Error("no report");
    const findings = base.report.findings.map((finding) => ({ ...finding, message: text }));
    const [header, row] =
      csvRecords([...(await reporters.csv())([{ ...base, report: { ...base.report, findings } }], options)].join("")) ??
      [];
    expect(row?.[header?.indexOf("message") ?? -1]).toBe(read);
  });
});

/** schema.ocsf.io, 1.4.0: class Compliance Finding with the profile cloud, as far as an event uses it. */
describe("ocsf", () => {
  const text = z.string().min(1);
  const event = z.strictObject({
    activity_id: z.int().min(1).max(3),
    activity_name: z.enum(["Create", "Update", "Close"]),
    category_uid: z.literal(2),
    category_name: z.literal("Findings"),
    class_uid: z.literal(2003),
    class_name: z.literal("Compliance Finding"),
    type_uid: z.int(),
    type_name: text,
    time: z.int().min(0),
    severity_id: z.int().min(2).max(5),
    severity: z.enum(["Low", "Medium", "High", "Critical"]),
    status_id: z.union([z.literal(1), z.literal(3), z.literal(4)]),
    status: z.enum(["New", "Suppressed", "Resolved"]),
    message: text,
    metadata: z.strictObject({
      version: z.literal("1.4.0"),
      product: z.strictObject({ name: text, vendor_name: text, version: text }),
      profiles: z.tuple([z.literal("cloud")]),
      event_code: text,
    }),
    cloud: z.strictObject({ provider: z.literal("AWS") }),
    finding_info: z.strictObject({
      uid: text,
      title: text,
      desc: text.exactOptional(),
      types: z.array(text).exactOptional(),
    }),
    compliance: z.strictObject({
      control: text,
      standards: z.array(text).min(1),
      requirements: z.array(text),
      status_id: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(99)]),
      status: text,
      status_details: z.tuple([z.string()]),
    }),
    remediation: z.strictObject({ desc: text, references: z.tuple([z.url()]).exactOptional() }).exactOptional(),
    resources: z.tuple([
      z.strictObject({
        uid: text,
        name: z.string(),
        type: text,
        namespace: text.exactOptional(),
        group: z.strictObject({ name: text }).exactOptional(),
      }),
    ]),
    unmapped: z.record(z.string(), z.unknown()),
  });

  it.each(names)(
    "%s: events of the class, one for each finding and each plan that was not judged",
    async (situation) => {
      const events = z.array(event).parse(JSON.parse(await render("ocsf", situation)));
      for (const each of events) expect(each.type_uid).toBe(200_300 + each.activity_id);
      const broken = (situations[situation] ?? []).filter(
        (result) => "failure" in result || result.report.plan.incomplete !== null,
      );
      expect(events).toHaveLength(findingsOf(situation).length + broken.length);
    },
  );

  it("what is waived is suppressed, what is unknown is no failure, and the time is that of the plan", async () => {
    const states = async (situation: string) =>
      z
        .array(event)
        .parse(JSON.parse(await render("ocsf", situation)))
        .map(({ time, status, compliance, severity }) => [time, status, compliance.status, severity].join(" "));
    expect(await states("waived-and-real")).toEqual([
      "0 New Fail Critical",
      "0 New Fail Low",
      "0 Suppressed Fail Critical",
      "0 Suppressed Fail High",
    ]);
    expect(await states("evidence-of-the-run")).toEqual([`${Date.UTC(2026, 10, 24, 8)} New Fail High`]);
    expect(await states("only-unknowns")).toEqual(["0 New Warning High", "0 New Warning High"]);
  });
});
