import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { formats } from "../cli/reporters/reporters.ts";
import { planFile } from "../fixtures/fixtures.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "plimsoll-package-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The command as a shell finds it. */
const installed = join(folder, "node_modules/.bin/plimsoll");

/** The packed tarball, installed into an empty folder, without what the project itself has installed. */
execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], { cwd: root });
writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}');
execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", "plimsoll-0.1.0.tgz"], {
  cwd: folder,
});

it("the command runs from an installed package", () => {
  const { status, stdout, stderr } = spawnSync(
    "npx",
    ["--no-install", "plimsoll", "check", planFile("shop/corrected"), "--format", "json"],
    { cwd: folder, encoding: "utf8" },
  );
  expect([status, stderr, JSON.parse(stdout).summary]).toEqual([
    0,
    "",
    {
      blocking: 0,
      fail: { critical: 0, high: 0, medium: 0, low: 0 },
      unknown: 12,
      waived: 0,
      pass: 568,
      notApplicable: 506,
    },
  ]);
});

it("the installed command checks several plans in threads", () => {
  const { status, stdout, stderr } = spawnSync(
    installed,
    ["check", planFile("ssm"), planFile("shop/corrected"), "nothing.json", "--format", "json"],
    { cwd: folder, encoding: "utf8" },
  );
  const plans: { file: string; report?: { summary: { pass: number } } }[] = JSON.parse(stdout).plans;
  expect([status, plans.map(({ file, report }) => [file, report?.summary.pass])]).toEqual([
    3,
    [
      [planFile("ssm"), 15],
      [planFile("shop/corrected"), 568],
      ["nothing.json", undefined],
    ],
  ]);
  expect(stderr).toMatch(/^plimsoll: nothing\.json: no such file; [^\n]*\n$/);
});

it("the installed command reads Terraform's source with the grammar that it ships", () => {
  const source = dirname(planFile("roles"));
  const all = ["check", planFile("roles"), "--source", source, "--format", "json"];
  const { stdout } = spawnSync(installed, all, { cwd: folder, encoding: "utf8" });
  const findings: { location: { line: number } | null }[] = JSON.parse(stdout).findings;
  expect(findings.filter(({ location }) => location !== null).length).toBeGreaterThan(0);
});

it("a check that prints text loads neither threads nor another format", () => {
  const watch = join(folder, "watch.cjs");
  writeFileSync(
    watch,
    `process.on("exit", () => {
      const parts = Object.keys(require.cache).filter((file) => file.includes("on-demand"));
      const threads = process.moduleLoadList.filter((name) => name === "NativeModule worker_threads");
      process.stderr.write(JSON.stringify([...parts, ...threads]));
    });`,
  );
  const command = join(folder, "node_modules/plimsoll/dist/plimsoll.cjs");
  const loaded = (args: readonly string[]): string[] => {
    const all = ["-r", watch, command, "check", planFile("ssm"), ...args];
    const { stderr } = spawnSync(process.execPath, all, { encoding: "utf8" });
    return JSON.parse(stderr)
      .map((file: string) => basename(file))
      .sort();
  };
  expect(loaded([])).toEqual([]);
  // So that the watch is one: another format is seen.
  expect(loaded(["--format", "github"])).toContain("github.cjs");
});

const script = `
import * as names from "plimsoll";
import * as policies from "plimsoll/policies";
const { check, facts, formats, loadConfiguration, openSource, render } = names;
import { readFile } from "node:fs/promises";
const [, , file, folder] = process.argv;
const bytes = await readFile(file);
const { options, files } = await loadConfiguration({ folder: "team" });
const { source } = await openSource(folder);
const report = await check(JSON.parse(bytes), { ...options, source });
const texts = {};
for (const format of formats) texts[format] = [...(await render(format, [{ file, report }]))].join("").length > 0;
process.stdout.write(JSON.stringify({
  names: Object.keys(names),
  policies: Object.keys(policies),
  files,
  policy: options.policies.length - policies.pack.length,
  blocking: report.summary.blocking,
  lines: report.findings.some(({ location }) => location !== null),
  facts: (await facts(bytes)).subjects.length > 0,
  texts,
}));
`;

it("the package exports the names that its page lists, and they do what it says", () => {
  mkdirSync(join(folder, "team"));
  writeFileSync(join(folder, "team/plimsoll.yaml"), "policies: [./own.yaml]\nfailOn: critical\n");
  writeFileSync(
    join(folder, "team/own.yaml"),
    "{ id: TEAM-001, title: t, severity: low, subject: ecr-repository, why: w, fix: f, conditions: { all: [{ fact: name, operator: equal, value: a }] }, examples: { pass: [{ name: a }], fail: [{ name: b }] } }",
  );
  writeFileSync(join(folder, "script.mjs"), script);
  const args = ["script.mjs", planFile("roles"), dirname(planFile("roles"))];
  const said = JSON.parse(execFileSync("node", args, { cwd: folder, encoding: "utf8" }));
  expect(said).toEqual({
    names: [
      "OptionsError",
      "PlanError",
      "ReportError",
      "UsageError",
      "check",
      "facts",
      "formats",
      "loadConfiguration",
      "openSource",
      "readReport",
      "readReports",
      "render",
      "severities",
    ],
    policies: ["countermeasures", "pack"],
    files: ["plimsoll.yaml"],
    policy: 1,
    blocking: 1,
    lines: true,
    facts: true,
    texts: Object.fromEntries(formats.map((format) => [format, true])),
  });
});

const program = `
import { readFile } from "node:fs/promises";
import { check, type Report } from "plimsoll";
import { pack } from "plimsoll/policies";

const report: Report = await check(await readFile(process.argv[2] ?? ""), { policies: pack });
process.stdout.write(String(report.summary.blocking));
`;

it("a program that embeds it compiles against its types and runs", () => {
  writeFileSync(join(folder, "program.ts"), program);
  mkdirSync(join(folder, "node_modules/@types"));
  symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  const options = ["--module", "nodenext", "--target", "es2023", "--strict", "--types", "node"];
  const compiled = spawnSync(join(root, "node_modules/.bin/tsc"), [...options, "program.ts"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect([compiled.status, compiled.stdout]).toEqual([0, ""]);
  const blocking = (fixture: string) =>
    execFileSync("node", ["program.js", planFile(fixture)], { cwd: folder, encoding: "utf8" });
  expect(blocking("first-plan")).toBe("12");
  // It loads all that is loaded on demand: buildspecs as YAML, managed policies.
  expect(Number(blocking("shop/faulty"))).toBeGreaterThan(100);
});
