import { describe, expect, it } from "vitest";
import { PlanError } from "../../engine/index.ts";
import { checkAll, encode, planDocument } from "../check-fixture.ts";
import { command } from "../cli/command.ts";

const again = "run again: terraform show -json tfplan > plan.json";

async function refusal(plan: unknown): Promise<string> {
  try {
    await checkAll(encode(plan), { select: ["PLN-*"] });
  } catch (error) {
    if (error instanceof PlanError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "";
}

/** One policy that allows everything, with this change. */
function onePolicy(change: object) {
  return {
    format_version: "1.2",
    resource_changes: [
      {
        address: "aws_iam_policy.x",
        mode: "managed",
        type: "aws_iam_policy",
        name: "x",
        provider_name: "registry.terraform.io/hashicorp/aws",
        change,
      },
    ],
    configuration: { root_module: {} },
  };
}

const after = { name: "x", policy: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' };

describe("a change that leaves an object and has none is no plan", () => {
  const sentence = (attribute: string) =>
    "malformed-plan: the JSON is not shaped as a Terraform plan: aws_iam_policy.x exists after its change, and " +
    `change.${attribute} is no object, so that nobody could judge it; ${again}`;

  const actions = [
    ["create"],
    ["update"],
    ["no-op"],
    ["read"],
    ["delete", "create"],
    ["create", "delete"],
    ["create", "forget"],
    ["an action to come"],
    [],
  ];
  const nothing: [string, object][] = [
    ["missing", {}],
    ["null", { after: null }],
    ["a number", { after: 7 }],
    ["a text", { after: JSON.stringify(after) }],
    ["a list", { after: [after] }],
    ["a boolean", { after: true }],
  ];
  it.each(actions.map((each) => [each]))("with the actions %j", async (names) => {
    expect(await refusal(onePolicy({ actions: names, before: {}, after, after_unknown: {} }))).toBe("");
    for (const [, change] of nothing)
      expect(await refusal(onePolicy({ actions: names, before: {}, after_unknown: {}, ...change }))).toBe(
        sentence("after"),
      );
  });

  it.each([["missing", {}], ...nothing.slice(1)])("after_unknown that is %s", async (_, change) => {
    const unknown = Object.fromEntries(Object.entries(change).map(([, value]) => ["after_unknown", value]));
    expect(await refusal(onePolicy({ actions: ["create"], before: null, after, ...unknown }))).toBe(
      sentence("after_unknown"),
    );
  });

  it.each([["delete"], ["forget"]])("what only goes has none: %s", async (action) => {
    expect(await refusal(onePolicy({ actions: [action], before: after, after: null, after_unknown: {} }))).toBe("");
  });

  it("what is gone already is neither there before nor after, and is not judged", async () => {
    const plan = onePolicy({ actions: ["no-op"], before: null, after: null, after_unknown: {} });
    const { resources, findings } = await checkAll(encode(plan));
    expect(resources).toEqual({
      total: 1,
      judged: 0,
      destroyed: 0,
      notEvaluated: [{ type: "aws_iam_policy", count: 1 }],
    });
    expect(findings.filter(({ subject }) => subject.address !== null)).toEqual([]);
  });

  it("any resource of a plan that loses its object", async () => {
    const plan = planDocument("shop/faulty");
    const living = plan.resource_changes.filter(({ change }) => change.after !== null);
    expect(living.length).toBeGreaterThan(50);
    for (const [at, { address, change }] of living.entries()) {
      const kept = change.after;
      change.after = null;
      // The first one in the plan's order is named.
      if (at % 10 === 0)
        expect(await refusal(plan)).toBe(
          `malformed-plan: the JSON is not shaped as a Terraform plan: ${address} exists after its change, and ` +
            `change.after is no object, so that nobody could judge it; ${again}`,
        );
      change.after = kept;
    }
  });
});

describe("what the plan is going to hold stands among its changes", () => {
  const sentence = (address: string) =>
    `malformed-plan: the JSON is not shaped as a Terraform plan: planned_values holds ${address} and ` +
    `resource_changes does not, so that nobody could judge it; ${again}`;

  it("a change that is lost, in the root module and in others", async () => {
    for (const fixture of ["ecs", "nested-modules"]) {
      const plan = planDocument(fixture);
      const all = plan.resource_changes;
      const planned = JSON.stringify(plan["planned_values"]);
      const [lost] = all.filter(({ address }) => planned.includes(JSON.stringify(address))).slice(-1);
      plan.resource_changes = all.filter((change) => change !== lost);
      expect(await refusal(plan)).toBe(sentence(lost?.address ?? ""));
    }
  });

  it("all changes that are lost: the first is named, and the command ends with 3", async () => {
    const { resource_changes: all, ...rest } = planDocument("ecs");
    const first = /"address":"([^"]*)"/.exec(JSON.stringify(rest["planned_values"]))?.[1] ?? "";
    expect(all.map(({ address }) => address)).toContain(first);
    for (const plan of [rest, { ...rest, resource_changes: [] }]) expect(await refusal(plan)).toBe(sentence(first));
    const { code, out, error } = await command(["check", "-"], { stdin: encode(rest) });
    expect([code, out]).toEqual([3, ""]);
    expect(error).toContain(`planned_values holds ${first}`);
  });

  it.each(["destroy", "targeted", "errored", "changes", "readable"])(
    "what Terraform leaves out of one or the other is no loss: %s",
    async (fixture) => {
      expect(await refusal(planDocument(fixture))).toBe("");
    },
  );
});

it("without a configuration nothing can be joined by reference, which is said once", async () => {
  const { configuration, ...plan } = planDocument("ecs");
  expect(configuration).toBeDefined();
  for (const each of [plan, { ...plan, configuration: {} }]) {
    const { warnings } = await checkAll(encode(each));
    expect(warnings).toEqual([
      `the plan holds no configuration, so that no resource can be joined to another by reference; ${again}`,
    ]);
  }
  expect((await checkAll(encode({ ...plan, configuration }))).warnings).toEqual([]);
});
