import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Finding, Report } from "../../engine/index.ts";
import { fixturesFolder, planFile } from "../../fixtures/fixtures.ts";
import { type PlanJson, planDocument } from "../check-fixture.ts";
import { command } from "./command.ts";
import { testFolder } from "./folder.ts";

const folder = testFolder();

/** A folder with a plan and the waivers that are written for it. */
async function adopted(plan: PlanJson, args: readonly string[] = []) {
  const cwd = folder({
    "plan.json": JSON.stringify(plan),
    "plimsoll.yaml": "extends: [./w.yaml]\n",
    "none.yaml": "{}",
  });
  const write = ["--config", "none.yaml", "--write-waivers", "w.yaml", "--by", "cause", "--reason", "adopted"];
  const written = await command(["check", "plan.json", ...write, ...args], { cwd });
  expect([written.code, written.error]).toEqual([0, ""]);
  const report = async (changed: PlanJson): Promise<Report> => {
    writeFileSync(join(cwd, "plan.json"), JSON.stringify(changed));
    return JSON.parse((await command(["check", "plan.json", "--format", "json", ...args], { cwd })).out);
  };
  const text = readFileSync(join(cwd, "w.yaml"), "utf8").replaceAll(`${fixturesFolder}/`, "");
  return { text, out: written.out, report };
}

function openFailures({ findings }: Report): Finding[] {
  return findings.filter(({ verdict, waiver }) => verdict === "fail" && waiver === null);
}

const service = (key: string) => `module.service["${key}"]`;

function withoutInstance(plan: PlanJson, key: string): PlanJson {
  // What was planned is not read, but must not hold more than what changes.
  const { planned_values: _, ...others } = plan;
  const changes = plan.resource_changes.filter(({ address }) => !address.startsWith(service(key)));
  return { ...others, resource_changes: changes };
}

/** The plan with the container definitions of an instance as a function has them. */
function withContainers(plan: PlanJson, key: string, change: (containers: Record<string, unknown>[]) => unknown) {
  const changed = structuredClone(plan);
  for (const {
    address,
    change: { after },
  } of changed.resource_changes)
    if (after !== null && address === `${service(key)}.aws_ecs_task_definition.this`)
      after["container_definitions"] = JSON.stringify(change(JSON.parse(String(after["container_definitions"]))));
  return changed;
}

describe.each([
  ["with the source", "cause-waivers-by-line.txt", ["--source", join(fixturesFolder, "one-module")]],
  ["without", "cause-waivers-by-address.txt", []],
])("twenty services of one module, %s", (_, file, args) => {
  const plan = planDocument("one-module");

  it("are waived by as many waivers as there are faults, each of which applies", async () => {
    const { text, out, report } = await adopted(plan, args);
    expect(out).toBe("23 waivers written to w.yaml. They apply where plimsoll.yaml has: extends: [./w.yaml]\n");
    // Fingerprints are of the evidence, whose words are not what is shown here.
    const shown = text.replace(/fingerprint: [0-9a-f]{32}$/gm, "fingerprint: (of what was found)");
    await expect(shown).toMatchFileSnapshot(join(import.meta.dirname, file));
    const again = await report(plan);
    expect(openFailures(again)).toEqual([]);
    expect(again.waivers.map(({ state }) => state)).toEqual(Array.from({ length: 23 }, () => "applied"));
  });

  it("stay waived where one more has the same faults, or one is gone", async () => {
    const { report } = await adopted(withoutInstance(plan, "basket"), args);
    const more = await report(plan);
    expect(openFailures(more)).toEqual([]);
    expect(more.summary.waived).toBe(20 * 22 + 1);
    const fewer = await report(withoutInstance(plan, "tax"));
    expect(openFailures(fewer)).toEqual([]);
    expect(fewer.waivers.filter(({ state }) => state !== "applied")).toEqual([]);
  });
});

it("one of the services has findings again where it gets another fault", async () => {
  const plan = planDocument("one-module");
  const { report } = await adopted(plan);
  const lines = (found: Report) => openFailures(found).map(({ policy, subject }) => `${policy} ${subject.name}`);
  // The same policy at another container of the same file.
  const root = withContainers(plan, "stock", (all) =>
    all.map((each) => (each["name"] === "agent" ? { ...each, user: "root" } : each)),
  );
  expect(lines(await report(root))).toEqual(["ECS-004 agent"]);
  // A further container of one instance.
  const further = withContainers(plan, "stock", (all) => [
    ...all,
    { ...all.find(({ name }) => name === "agent"), name: "proxy" },
  ]);
  expect(new Set(lines(await report(further)))).toEqual(
    new Set(["ECS-001 proxy", "ECS-006 proxy", "ECS-014 proxy", "ECS-015 proxy"]),
  );
  // What is worse than what was waived.
  const worse = structuredClone(plan);
  for (const { address, change } of worse.resource_changes)
    if (change.after !== null && address === `${service("stock")}.aws_iam_role_policy.task`)
      change.after["policy"] = String(change.after["policy"]).replace('"s3:*"', '["s3:*","iam:*"]');
  expect(new Set(lines(await report(worse)))).toContain("IAM-002 policy/0");
});

it("the faulty shop", async () => {
  const source = ["--source", join(fixturesFolder, "shop/faulty")];
  const { text, report } = await adopted(planDocument("shop/faulty"), source);
  const again = await report(planDocument("shop/faulty"));
  expect(openFailures(again)).toEqual([]);
  expect(again.summary.blocking).toBe(0);
  expect(new Set(again.waivers.map(({ state }) => state))).toEqual(new Set(["applied"]));
  const { waivers } = parse(text);
  const causes = new Set(again.findings.filter(({ verdict }) => verdict === "fail").map(({ cause }) => cause));
  expect(waivers).toHaveLength(causes.size);
  expect(again.waivers.reduce((sum, { matches }) => sum + matches, 0)).toBe(again.summary.waived);
});

it("--by belongs to --write-waivers", async () => {
  expect(await command(["check", planFile("first-plan"), "--by", "cause"])).toEqual({
    code: 2,
    out: "",
    error: "plimsoll: --by belongs to --write-waivers; waivers of a configuration have their own\n",
  });
});
