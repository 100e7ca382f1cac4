import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { commandNames } from "../../cli/commands.ts";
import { formats } from "../../cli/reporters/reporters.ts";
import { planBytes } from "../check-fixture.ts";
import { command, type Ran } from "../cli/command.ts";
import { testFolder } from "../cli/folder.ts";
import { hostileParts, obeyed } from "../cli/hostile-names.ts";
import { obeyedByRunner } from "../report/checks.ts";
import { attackRuns } from "./runs.ts";

const folderWith = testFolder();
const plan = planBytes("ssm");
const runs = { numRuns: attackRuns };

/** What the runs ended with, which is printed: a property that only ever sees one end proves little. */
const counts = new Map<string, number>();
function count(property: string, { code }: Ran): void {
  const key = `${property}, exit code ${code}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
afterAll(() => {
  const lines = [...counts].sort().map(([key, number]) => `${key}: ${number}\n`);
  process.stdout.write(lines.join(""));
});

/** A run ends with a code of its own, a sentence for each failure, and nothing that anybody obeys. */
function expectOrderly(args: readonly string[], { code, out, error }: Ran): void {
  expect([args, [0, 1, 2, 3].includes(code)]).toEqual([args, true]);
  expect([args, code >= 2 ? error !== "" : true]).toEqual([args, true]);
  expect([args, error.includes("an error inside"), obeyed.test(`${out}${error}`)]).toEqual([args, false, false]);
  expect([args, error.split("\n").filter((line) => line !== "" && !line.startsWith("plimsoll: "))]).toEqual([args, []]);
}

const hostile = fc.constantFrom(...hostileParts.map(([part]) => part)).filter((part) => !part.includes("\ud800"));
const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }).map((text) => text.replace(/[/\\\0]/g, "_"));
const name = fc
  .array(fc.oneof(hostile, word), { minLength: 1, maxLength: 4 })
  .map((parts) => `n${parts.join("")}`.replaceAll("/", ""))
  .filter((text) => Buffer.byteLength(text) < 200 && !/\p{Surrogate}/u.test(text));

const options = ["config", "policies", "format", "fail-on", "on-unknown", "select", "skip", "source", "waivers"];
const others = [
  "all",
  "quiet",
  "trusted",
  "open-saved",
  "write-waivers",
  "reason",
  "owner",
  "expires",
  "help",
  "version",
];
const values = [
  "plan.json",
  "a",
  ".",
  "plimsoll.yaml",
  "SSM-*",
  "*",
  "high",
  "report",
  "config",
  "text",
  "2030-01-01",
  "",
];

const token = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...[...options, ...others].map((option) => `--${option}`)) },
  { weight: 4, arbitrary: fc.constantFrom(...values) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...options, ...others), fc.constantFrom(...values))
      .map((pair) => `--${pair.join("=")}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("--", "-", "-x", "--no-source", "--format.x", "--__proto__", "--constructor=1"),
  },
  { weight: 1, arbitrary: fc.constantFrom(...formats).map((format) => `${format}=report.${format}`) },
  { weight: 1, arbitrary: name },
);

it("random command lines", async () => {
  const line = fc.tuple(
    fc.oneof({ weight: 3, arbitrary: fc.constant("check") }, fc.constantFrom(...commandNames, "nothing", "--")),
    fc.array(token, { maxLength: 7 }),
  );
  await fc.assert(
    fc.asyncProperty(line, async ([first, rest]) => {
      const cwd = folderWith({ "plan.json": plan, "a/plan.json": plan, "plimsoll.yaml": "failOn: low\n" });
      const args = [first, ...rest];
      const ran = await command(args, { cwd, stdin: plan });
      count("random command lines", ran);
      expectOrderly(args, ran);
      // Whatever is asked for, no plan is lost.
      for (const file of ["plan.json", "a/plan.json"])
        expect([args, Buffer.compare(readFileSync(join(cwd, file)), plan)]).toEqual([args, 0]);
      rmSync(cwd, { recursive: true });
    }),
    runs,
  );
});

it("hostile names in every message", async () => {
  await fc.assert(
    fc.asyncProperty(name, async (hostileName) => {
      const quoted = JSON.stringify(hostileName);
      const cwd = folderWith({
        "plan.json": plan,
        [`${hostileName}/plan.json`]: "",
        [`${hostileName}.json`]: `{ ${quoted}: [${quoted}] }`,
        "extends.json": `{ "extends": [${JSON.stringify(`./${hostileName}.json`)}] }`,
        "main/main.tf": `# plimsoll:${hostileName.replaceAll("\n", "")}\n`,
      });
      for (const args of [
        ["check", "."],
        ["check", hostileName],
        ["check", "plan.json", "--config", `${hostileName}.json`],
        ["check", "plan.json", "--config", "extends.json"],
        ["check", "plan.json", "--policies", `${hostileName}.json`],
        ["check", "plan.json", "--select", hostileName],
        ["check", "plan.json", "--source", "main"],
        ["facts", "plan.json", hostileName],
        ["test", hostileName],
        ["explain", hostileName],
        [hostileName, hostileName],
      ]) {
        const ran = await command(args, { cwd });
        count("hostile names", ran);
        expectOrderly(args, ran);
        expect(obeyedByRunner(`${ran.out}${ran.error}`)).toEqual([]);
      }
      rmSync(cwd, { recursive: true });
    }),
    { numRuns: Math.ceil(attackRuns / 4) },
  );
});

it("a plan in a folder is judged or named, whatever was done to it", async () => {
  const text = new TextDecoder().decode(plan);
  const change = fc.oneof(
    fc.nat(text.length).map((length) => Buffer.from(text.slice(0, length))),
    fc
      .constantFrom<BufferEncoding>("utf8", "utf16le", "latin1")
      .map((encoding) => Buffer.from(`\ufeff${text}`, encoding)),
    fc
      .string()
      .map((before) => Buffer.from(`[command]${before.replaceAll("\n", "")}\n${JSON.stringify(JSON.parse(text))}`)),
    fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
    fc
      .shuffledSubarray(Object.entries(JSON.parse(text)), { minLength: Object.keys(JSON.parse(text)).length })
      .map((members) => Buffer.from(JSON.stringify(Object.fromEntries(members)))),
  );
  const cwd = folderWith({
    "a/plan.json": '{"format_version":"1.2","planned_values":{},"configuration":{}}',
    "b/x": "",
  });
  const check = ["check", ".", "--select", "SSM-*"];
  await fc.assert(
    fc.asyncProperty(change, fc.constantFrom("plan.json", "tfplan.json"), async (content, file) => {
      writeFileSync(join(cwd, "b", file), content);
      const ran = await command(check, { cwd });
      count("plans in folders", ran);
      expectOrderly(check, ran);
      // Alone it is blocked or cannot be judged; so it must not be clean beside another plan.
      expect([ran.code, `${ran.out}${ran.error}`.includes(`b/${file}`)]).toEqual([ran.code === 1 ? 1 : 3, true]);
      rmSync(join(cwd, "b", file));
    }),
    runs,
  );
  expect(readdirSync(join(cwd, "b"))).toEqual(["x"]);
});
