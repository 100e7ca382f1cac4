import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandNames } from "../../cli/command-names.ts";
import { formats } from "../../cli/reporters/reporters.ts";
import { fixtureNames } from "../../fixtures/fixtures.ts";
import { encode, type PlanJson, planBytes, planDocument } from "../check-fixture.ts";
import { command } from "../cli/command.ts";
import { testFolder } from "../cli/folder.ts";
import { obeyedByRunner, strayCommands } from "../report/checks.ts";
import { holds, tried } from "../thorough.ts";
import { expectOrderly, hostileName, situations } from "./hostile.ts";
import { placesIn } from "./places.ts";

const folderWith = testFolder();
const plan = planBytes("ssm");

const options = ["config", "policies", "format", "fail-on", "on-unknown", "select", "skip", "source", "waivers"];
const others = [
  "all",
  "quiet",
  "trusted-config",
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
  { weight: 1, arbitrary: hostileName },
);

it("random command lines", async () => {
  const line = fc.tuple(
    fc.oneof({ weight: 3, arbitrary: fc.constant("check") }, fc.constantFrom(...commandNames, "nothing", "--")),
    fc.array(token, { maxLength: 7 }),
  );
  await holds(
    fc.asyncProperty(line, async ([first, rest]) => {
      const cwd = folderWith({ "plan.json": plan, "a/plan.json": plan, "plimsoll.yaml": "failOn: low\n" });
      const args = [first, ...rest];
      const ran = await command(args, { cwd, stdin: plan });
      tried(`random command lines, exit code ${ran.code}`);
      expectOrderly(args, ran);
      // Whatever is asked for, no plan is lost.
      for (const file of ["plan.json", "a/plan.json"])
        expect([args, Buffer.compare(readFileSync(join(cwd, file)), plan)]).toEqual([args, 0]);
      rmSync(cwd, { recursive: true });
    }),
    "small",
  );
});

describe("hostile names in every message", () => {
  it.each(Object.keys(situations))("%s", async (situation) => {
    const property = fc.asyncProperty(hostileName, async (name) => {
      const { files, runs } = situations[situation]?.(name) ?? { files: {}, runs: [] };
      const cwd = folderWith(files);
      for (const args of runs) {
        const ran = await command(args, { cwd });
        tried(`hostile names, exit code ${ran.code}`);
        expectOrderly(args, ran);
        expect([args, obeyedByRunner(`${ran.out}${ran.error}`)]).toEqual([args, []]);
      }
      expect(runs.length).toBeGreaterThan(0);
      rmSync(cwd, { recursive: true });
    });
    await holds(property, "check");
  });

  const place = fc.record({ at: fc.nat(), isKey: fc.boolean(), to: hostileName });

  it("anywhere in a plan, in all that is told of it", async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...fixtureNames),
      fc.array(place, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(...formats),
      async (fixture, changes, format) => {
        const stdin = encode(renamed(planDocument(fixture), changes));
        for (const args of [
          ["check", "-", "--all", "--format", format],
          ["facts", "-"],
        ]) {
          const ran = await command(args, { stdin });
          tried(`plans with hostile names, exit code ${ran.code}`);
          expectOrderly(args, ran);
          const isObeyed = args.includes("github") ? strayCommands : obeyedByRunner;
          expect([args, isObeyed(ran.out), obeyedByRunner(ran.error)]).toEqual([args, [], []]);
        }
      },
    );
    await holds(property, "small");
  });
});

/** The plan with other names at some places: as the key of a member, or as the text that stands there or at its end. */
function renamed(plan: PlanJson, changes: readonly { at: number; isKey: boolean; to: string }[]): PlanJson {
  for (const { at, isKey, to } of changes) {
    const places = placesIn(plan);
    const { holder, key } = places[at % places.length] ?? { holder: {}, key: "" };
    const value: unknown = Reflect.get(holder, key);
    if (!isKey || Array.isArray(holder)) Reflect.set(holder, key, typeof value === "string" ? `${value}${to}` : to);
    else {
      Reflect.deleteProperty(holder, key);
      Reflect.set(holder, to, value);
    }
  }
  return plan;
}

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
  await holds(
    fc.asyncProperty(change, fc.constantFrom("plan.json", "tfplan.json"), async (content, file) => {
      writeFileSync(join(cwd, "b", file), content);
      const ran = await command(check, { cwd });
      tried(`plans in folders, exit code ${ran.code}`);
      expectOrderly(check, ran);
      // Alone it is blocked or cannot be judged; so it must not be clean beside another plan.
      expect([ran.code, `${ran.out}${ran.error}`.includes(`b/${file}`)]).toEqual([ran.code === 1 ? 1 : 3, true]);
      rmSync(join(cwd, "b", file));
    }),
    "small",
  );
  expect(readdirSync(join(cwd, "b"))).toEqual(["x"]);
});
