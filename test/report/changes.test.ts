import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { github } from "../../cli/reporters/github.ts";
import { gitlab } from "../../cli/reporters/gitlab.ts";
import { junit } from "../../cli/reporters/junit.ts";
import { sarif } from "../../cli/reporters/sarif.ts";
import { text } from "../../cli/reporters/text.ts";
import { type CheckOptions, check, type Finding, type Report } from "../../engine/index.ts";
import { fixturesFolder } from "../../fixtures/fixtures.ts";
import { pack } from "../../policies/pack.ts";
import { encode, type PlanJson, planBytes, planDocument, subjectId } from "../check-fixture.ts";

const name = "later-plans/introduced";
const options = { colours: false, columns: 100, cwd: "/", version: "0.0.0" };

function checked(plan: Uint8Array, more: Partial<CheckOptions> = {}): Promise<Report> {
  return check(plan, { policies: pack, file: "plan.json", ...more });
}

function linesOf({ findings, fixed = [] }: Report): string[] {
  return [...findings, ...fixed].map(
    ({ change, verdict, severity, policy, subject }) =>
      `${change} ${verdict} ${severity} ${policy} ${subjectId(subject)}`,
  );
}

/** The plan with each change as `make` has it. */
function withChanges(make: (change: PlanJson["resource_changes"][number]["change"]) => unknown): Uint8Array {
  const plan = planDocument(name);
  const changes = plan.resource_changes.map((resource) => ({ ...resource, change: make(resource.change) }));
  return encode({ ...plan, planned_values: undefined, resource_changes: changes });
}

describe("what a plan introduces, makes worse, leaves and fixes", () => {
  it("is told of each finding", async () => {
    const report = await checked(planBytes(name));
    await expect(`${linesOf(report).sort().join("\n")}\n`).toMatchFileSnapshot(
      join(fixturesFolder, name, "changes.txt"),
    );
    expect(report.changes).toEqual({
      block: "all",
      introduced: { fail: 11, unknown: 0 },
      worse: { fail: 1, unknown: 0 },
      existing: { fail: 38, unknown: 0 },
      undetermined: { fail: 0, unknown: 0 },
      fixed: { fail: 8, unknown: 0 },
    });
  });

  it("is what the text begins with, and only that where only that blocks", async () => {
    const report = await checked(planBytes(name), { block: "introduced" });
    const shown = [...text([{ file: "plan.json", report }], options)].join("");
    await expect(shown).toMatchFileSnapshot(join(fixturesFolder, name, "introduced.txt"));
  });

  it("is SARIF's state against a baseline", async () => {
    const report = await checked(planBytes(name));
    const log: { runs: { results: { ruleId: string; baselineState: string; kind: string; level: string }[] }[] } =
      JSON.parse([...sarif([{ file: "plan.json", report }], options)].join(""));
    const count = (state: string) => log.runs[0]?.results.filter(({ baselineState }) => baselineState === state).length;
    expect(["new", "updated", "unchanged", "absent"].map(count)).toEqual([11, 1, 38, 8]);
    expect(
      new Set(
        log.runs[0]?.results
          .filter(({ baselineState }) => baselineState === "absent")
          .map(({ kind, level }) => `${kind} ${level}`),
      ),
    ).toEqual(new Set(["pass none"]));
  });

  it("of a worse one tells what it was", async () => {
    const { findings } = await checked(planBytes(name));
    expect(
      findings
        .filter(({ change }) => change === "worse")
        .map(({ policy, subject, message, was }) => [policy, subject.name, message, was?.message]),
    ).toEqual([
      [
        "IAM-002",
        "policy/2",
        expect.stringContaining('wildcardServices (policy.Statement[2].Action) is ["logs", "ssm"]'),
        expect.stringContaining('wildcardServices (policy.Statement[1].Action) is ["logs"]'),
      ],
    ]);
  });
});

describe("what blocks", () => {
  const blockingOf = ({ findings }: Report) => findings.filter(({ blocking }) => blocking);
  const changesOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ change }) => change))].sort();

  it("is all, or what the plan introduces or makes worse", async () => {
    const all = await checked(planBytes(name), { failOn: "medium" });
    const introduced = await checked(planBytes(name), { failOn: "medium", block: "introduced" });
    expect(changesOf(blockingOf(all))).toEqual(["existing", "introduced", "worse"]);
    expect(changesOf(blockingOf(introduced))).toEqual(["introduced", "worse"]);
    expect(introduced.summary.blocking).toBe(11);
  });

  it("is what is critical in any case, where that is asked for", async () => {
    const report = await checked(planBytes(name), { block: "introduced", blockAlways: "critical" });
    const existing = blockingOf(report).filter(({ change }) => change === "existing");
    expect(existing.map(({ policy, subject }) => `${policy} ${subject.name}`)).toEqual([
      "ECS-005 gateway",
      "ECS-005 web",
    ]);
  });

  it("may differ from policy to policy", async () => {
    const overrides = [{ policy: "ECR-003", block: "introduced" as const }];
    const report = await checked(planBytes(name), { overrides, select: ["ECR-00[13]", "ECR-001", "ECR-003"] });
    const existing = blockingOf(report).filter(({ change }) => change === "existing");
    expect(new Set(existing.map(({ policy }) => policy))).toEqual(new Set(["ECR-001"]));
  });
});

it("a plan that changes nothing leaves all as it is", async () => {
  const plan = withChanges(({ after, ...change }) => {
    const values = after ?? Object(change)["before"];
    return { ...change, actions: ["no-op"], before: values, after: values, after_unknown: {} };
  });
  const report = await checked(plan, { block: "introduced" });
  const { introduced, worse, fixed } = report.changes ?? {};
  const none = { fail: 0, unknown: 0 };
  expect([report.summary.blocking, introduced, worse, fixed, report.fixed]).toEqual([0, none, none, none, []]);
});

it("what variables were no plan shows, also one that changes nothing", async () => {
  const plan = adopted();
  const changes = plan.resource_changes.map((resource) => {
    const { after } = resource.change;
    const change = { ...resource.change, actions: ["no-op"], before: after, after_unknown: {} };
    return resource.mode === "managed" && after !== null ? { ...resource, change } : resource;
  });
  const { findings } = await checked(encode({ ...plan, resource_changes: changes }), { select: ["PLN-004"] });
  const turnOf = (kind: RegExp) =>
    new Set(findings.filter(({ subject }) => kind.test(subject.address ?? "")).map(({ change }) => change));
  expect([turnOf(/^var\./), turnOf(/^output\./)]).toEqual([new Set(["undetermined"]), new Set(["existing"])]);
});

it("what was sensitive before is not shown of what is fixed", async () => {
  const plan = planDocument(name);
  const changes = plan.resource_changes.map((resource) =>
    resource.address === "aws_ecr_repository.repaired"
      ? { ...resource, change: { ...resource.change, before_sensitive: { image_tag_mutability: true } } }
      : resource,
  );
  const { fixed = [] } = await checked(encode({ ...plan, resource_changes: changes }), { select: ["ECR-003"] });
  const repaired = fixed.filter(({ subject }) => subject.address === "aws_ecr_repository.repaired");
  expect(repaired.map(({ evidence }) => evidence.map(({ actual }) => actual))).toEqual([
    ["(sensitive)", "(sensitive)"],
  ]);
});

it("a plan over nothing introduces all that it has", async () => {
  const plan = withChanges((change) => ({
    ...change,
    actions: change.after === null ? ["no-op"] : ["create"],
    before: null,
  }));
  const report = await checked(plan, { block: "introduced" });
  expect([report.changes, report.fixed, new Set(report.findings.map(({ change }) => change))]).toEqual([
    undefined,
    undefined,
    new Set(["introduced"]),
  ]);
});

it("what leaves the state and stays in AWS is not fixed", async () => {
  const { fixed = [], warnings } = await checked(planBytes("changes"), { select: ["ECR-003"] });
  expect([fixed.map(({ subject }) => subject.address), warnings]).toEqual([
    ["aws_ecr_repository.gone"],
    [
      "aws_ecr_repository.forgotten: the plan takes it out of the state and leaves it in AWS, with 1 finding that is not fixed and that no later plan shows; destroy it, or watch it elsewhere",
    ],
  ]);
});

/** The faulty shop as it stands, with one service that is new and bad, and one repository that is repaired. */
function adopted(): PlanJson {
  const plan = planDocument("shop/faulty");
  const isNew = (address: string) => ["aws_ecs_service.worker", "aws_ecs_task_definition.worker"].includes(address);
  const repaired = 'module.ecr.aws_ecr_repository.this["shop/migrate"]';
  const changes = plan.resource_changes.map((resource) => {
    const { after } = resource.change;
    if (resource.mode !== "managed" || after === null || isNew(resource.address)) return resource;
    const before = resource.address === repaired ? { ...after, image_tag_mutability: "MUTABLE" } : after;
    const now = resource.address === repaired ? { ...after, image_tag_mutability: "IMMUTABLE" } : after;
    const actions = [resource.address === repaired ? "update" : "no-op"];
    return { ...resource, change: { ...resource.change, actions, before, after: now, after_unknown: {} } };
  });
  // The outputs stay as they are, too.
  return { ...plan, output_changes: undefined, resource_changes: changes };
}

it("who adopts the shop is blocked by what a new service brings alone, and is told what was repaired", async () => {
  const report = await checked(encode(adopted()), { block: "introduced" });
  const blocking = report.findings.filter(({ blocking: blocks }) => blocks);
  expect([...new Set(blocking.map(({ subject }) => subject.address))].sort()).toEqual([
    "aws_ecs_task_definition.worker",
    // A parameter that the new service maps as a secret, and the role that it is started by.
    "aws_ssm_parameter.log_api_key",
    'module.roles["worker"].aws_iam_role_policy.execution',
  ]);
  expect((report.fixed ?? []).map(({ policy, subject }) => `${policy} ${subject.address}`)).toEqual([
    'ECR-003 module.ecr.aws_ecr_repository.this["shop/migrate"]',
  ]);
  const each = { ...options, listing: "instances" as const };
  const formats = [...gitlab([{ file: "plan.json", report }], each)].join("");
  const listed: { check_name: string; location: { path: string } }[] = JSON.parse(formats);
  const introduced = report.findings.filter(({ change }) => change !== "existing" && change !== undefined);
  expect(listed.length).toBe(introduced.length);
  const cases = [...junit([{ file: "plan.json", report }])].join("").match(/<testcase /g) ?? [];
  expect(cases.length).toBe(introduced.length + 1);
  expect([...github([{ file: "plan.json", report }], each)].join("").match(/^::(?:error|warning)/gm)?.length).toBe(
    Math.min(10, blocking.length) +
      Math.min(10, introduced.filter((each) => each.verdict === "fail" && !each.blocking).length),
  );
});
