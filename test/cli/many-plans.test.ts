import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { outcomeOf } from "../../cli/check-plans.ts";
import type { Io } from "../../cli/io.ts";
import { planChecker } from "../../cli/plan-checker.ts";
import { findPlans } from "../../cli/plans.ts";
import { planBytes } from "../check-fixture.ts";
import { isRoot, unless } from "../needs.ts";
import { command } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-many-"));
afterAll(() => rmSync(folder, { recursive: true }));

for (const path of ["infra/api", "infra/web", "infra/.terraform", "infra/node_modules/x", "infra/.git"])
  mkdirSync(join(folder, path), { recursive: true });
const files: [string, Uint8Array | string][] = [
  ["infra/api/plan.json", planBytes("ssm")],
  ["infra/api/notes.json", "{}"],
  ["infra/web/plan.json", planBytes("shop/corrected")],
  ["infra/web/half.json", '{"format_version":"1.2","planned_values":{'],
  ["infra/.terraform/plan.json", planBytes("ssm")],
  ["infra/node_modules/x/plan.json", planBytes("ssm")],
  ["infra/.git/plan.json", planBytes("ssm")],
];
for (const [path, content] of files) writeFileSync(join(folder, path), content);
symlinkSync(join(folder, "infra/api"), join(folder, "infra/linked"));

const select = ["--select", "SSM-001", "PLN-001"];
const run = (args: readonly string[], options = {}) => command(["check", ...args], { cwd: folder, ...options });
const halfPlan =
  "the JSON ends in the middle, after 42 characters; was the command that wrote it cut short? Run again: terraform show -json tfplan > plan.json";

async function verdicts(args: readonly string[], options = {}) {
  const { code, out, error } = await run([...args, ...select, "--format", "json"], options);
  const plans: {
    file: string;
    report?: { plan: { file: string }; summary: { blocking: number } };
    failure?: string;
  }[] = JSON.parse(out).plans;
  return { code, error, plans: plans.map(({ file, report, failure }) => [file, failure ?? report?.summary.blocking]) };
}

describe("which plans are checked", () => {
  it("all below a directory, in the order of their names; not those of packages, history and downloads, nor behind links", async () => {
    expect(await verdicts(["infra"])).toEqual({
      code: 3,
      error: `plimsoll: infra/web/half.json: ${halfPlan}\n`,
      plans: [
        ["infra/api/plan.json", 3],
        ["infra/web/half.json", halfPlan],
        ["infra/web/plan.json", 0],
      ],
    });
  });

  it("several names in their order, each plan once, standard input among them, and what is not there", async () => {
    const names = ["infra/web/plan.json", "-", "nothing.json", "infra/api", "./infra/api/plan.json"];
    const failure =
      "no such file; make one with: terraform plan -out=tfplan && terraform show -json tfplan > plan.json";
    expect(await verdicts(names, { stdin: planBytes("ssm") })).toEqual({
      code: 3,
      error: `plimsoll: nothing.json: ${failure}\n`,
      plans: [
        ["infra/web/plan.json", 0],
        ["standard input", 3],
        ["nothing.json", failure],
        ["infra/api/plan.json", 3],
      ],
    });
  });

  it("what may not be read is a failure of its own", unless(!isRoot, "need a user who is not root"), async () => {
    const locked = join(folder, "locked");
    mkdirSync(join(locked, "sub"), { recursive: true });
    writeFileSync(join(locked, "a.json"), "{}", { mode: 0o000 });
    chmodSync(join(locked, "sub"), 0o000);
    const reason = (kind: string) => `cannot be read (EACCES); check the permissions of the ${kind}`;
    expect((await verdicts(["locked", "infra/api"])).plans).toEqual([
      ["locked/a.json", reason("file")],
      ["locked/sub", reason("folder")],
      ["infra/api/plan.json", 3],
    ]);
    chmodSync(join(locked, "sub"), 0o700);
  });

  it("an empty directory among several plans is a failure of its own", async () => {
    mkdirSync(join(folder, "empty"));
    const { code, plans } = await verdicts(["empty", "infra/api"]);
    expect([code, plans.map(([file]) => file)]).toEqual([3, ["empty", "infra/api/plan.json"]]);
  });
});

it("the exit code is the worst: not judged counts before blocked, and that before clean", async () => {
  const clean = "infra/web/plan.json";
  const blocked = "infra/api/plan.json";
  const codes = [];
  for (const plans of [[clean], [clean, blocked], [clean, blocked, "infra/web/half.json"]])
    codes.push((await run([...plans, ...select])).code);
  expect(codes).toEqual([0, 1, 3]);
});

it("the text has a section for each plan, and what they come to together", async () => {
  const { out } = await run(["infra", ...select]);
  await expect(out).toMatchFileSnapshot("many-plans.txt");
});

describe("threads", () => {
  const io: Io = {
    cwd: folder,
    env: {},
    today: "2026-11-24",
    stdin: async () => new Uint8Array(),
    out: () => {},
    print: async () => {},
    error: () => {},
    revision: () => null,
    colours: false,
    columns: 100,
    breaksLines: false,
    progress: null,
    threads: null,
  };

  /** Threads that hold back their first answer until another has given one, and break at the plans named. */
  function threads(breaksAt: readonly string[] = []) {
    const log: string[] = [];
    let release = () => {};
    const other = new Promise<void>((resolve) => {
      release = resolve;
    });
    let started = 0;
    const pool: Io["threads"] = {
      judge: { file: "", argument: "" },
      most: async () => 2,
      start: async (args) => {
        const number = started;
        started += 1;
        const check = await planChecker(args, io);
        return {
          check: async (plan) => {
            log.push(plan);
            if (breaksAt.includes(plan)) throw new Error("out of memory");
            if (number === 0) await other;
            else release();
            return outcomeOf(plan, check);
          },
          end: async () => {
            log.push("end");
          },
        };
      },
    };
    return { pool, log };
  }

  it("the order of the results is that of the plans, whichever ends first", async () => {
    const alone = await run(["infra", ...select]);
    const { pool, log } = threads();
    expect(await run(["infra", ...select], { threads: pool })).toEqual(alone);
    expect(log).toEqual([...findPlans(["infra"], false, io).plans, "end", "end"]);
  });

  it("a thread that breaks costs its plan only; another takes its place", async () => {
    const { pool } = threads(["infra/api/plan.json"]);
    const broken = "the thread that checked it broke down; is the plan too large for the memory? Check it alone";
    expect(await verdicts(["infra"], { threads: pool })).toEqual({
      code: 3,
      error: `plimsoll: infra/api/plan.json: ${broken}\nplimsoll: infra/web/half.json: ${halfPlan}\n`,
      plans: [
        ["infra/api/plan.json", broken],
        ["infra/web/half.json", halfPlan],
        ["infra/web/plan.json", 0],
      ],
    });
  });

  it("one plan starts none", async () => {
    const { pool, log } = threads();
    await run(["infra/api", ...select], { threads: pool });
    expect(log).toEqual([]);
  });
});

it("shows how far it is where somebody watches, and clears the line; for one plan nothing", async () => {
  const shown: string[] = [];
  const progress = (text: string) => shown.push(text);
  await run(["infra/api", ...select], { progress });
  expect(shown).toEqual([]);
  await run(["infra", ...select], { progress });
  expect(shown).toEqual(["1 of 3 plans", "2 of 3 plans", ""]);
});
