import fc from "fast-check";
import { expect, it } from "vitest";
import { factsText } from "../../cli/reporters/facts-text.ts";
import { formats, reporters } from "../../cli/reporters/reporters.ts";
import { facts } from "../../engine/index.ts";
import { countermeasures } from "../../policies/pack.ts";
import { checkAll, encode, type PlanJson, planDocument } from "../check-fixture.ts";
import { holds } from "../thorough.ts";

const secret = fc
  .stringMatching(/^[A-Za-z0-9/+]{16,40}$/)
  .filter((text) => /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text));

const columns = { colours: false, columns: 100 };
const options = { ...columns, cwd: "/srv/shop", version: "1.2.3" };

/** All that is said of a plan: its report in every format, and its facts in both. */
async function outputs(plan: unknown): Promise<string> {
  const bytes = encode(plan);
  const report = await checkAll(bytes, { system: true, countermeasures });
  const rendered = formats.map(async (format) =>
    [...(await reporters[format]())([{ file: "plan.json", report }], options)].join(""),
  );
  const seen = await facts(bytes);
  return [...(await Promise.all(rendered)), factsText(seen, columns), JSON.stringify(seen)].join("\n");
}

it("the value of a sensitive variable is in no output, wherever it went", async () => {
  const plan = JSON.stringify(planDocument("first-plan"));
  const planted = "correct-horse-battery-staple";
  expect(plan).toContain(planted);
  const property = fc.asyncProperty(secret, async (value) => {
    const changed: PlanJson = JSON.parse(plan.replaceAll(planted, value));
    // Into what reports show as well: names.
    for (const { change } of changed.resource_changes)
      if (change.after !== null && "name" in change.after) change.after["name"] = value;
    expect(await outputs(changed)).not.toContain(value);
  });
  await holds(property, "small");
});

/** Every string in the planned values, as a function that puts another in its place. */
function strings(value: unknown, put: (text: string) => void): ((text: string) => void)[] {
  if (typeof value === "string") return [put];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => strings(Reflect.get(value, key), (text) => Reflect.set(value, key, text)));
}

it("a sensitive value is in no output, whichever attribute holds it", async () => {
  const property = fc.asyncProperty(secret, fc.nat(), async (value, number) => {
    const changed = planDocument("shop/faulty");
    // One attribute of each resource: of few attributes a report shows the value, so that one alone would say little.
    for (const [at, { change }] of changed.resource_changes.entries()) {
      const places = strings(change.after, () => {});
      if (places.length === 0) continue;
      places[(number + 7919 * at) % places.length]?.(value);
      change.after_sensitive = true;
    }
    expect(JSON.stringify(changed)).toContain(value);
    expect(await outputs(changed)).not.toContain(value);
  });
  await holds(property, "check");
});

it("values of secret-named variables and of parameters are in no output, marked or not", async () => {
  const value = "Zq7-planted-Wm4";
  const plan = planDocument("ecs");
  for (const { type, change } of plan.resource_changes) {
    change.after_sensitive = {};
    if (change.after === null) continue;
    if (type === "aws_ssm_parameter") Object.assign(change.after, { value, insecure_value: value });
    const { container_definitions: text } = change.after;
    if (typeof text === "string") change.after["container_definitions"] = text.replaceAll("not-a-real-one", value);
  }
  expect(JSON.stringify(plan)).toContain(value);
  expect(await outputs(plan)).not.toContain(value);
});

it("what is recognised as a secret by its form is not shown as the image of a container either", async () => {
  const value = "AKIAABCDEFGHIJKLMNOP";
  const plan = planDocument("ecs");
  const text = JSON.stringify(plan).replaceAll(
    "registry.example.com:5000/shop/api",
    `registry.example.com:5000/${value}`,
  );
  expect(text).toContain(value);
  expect(await outputs(JSON.parse(text))).not.toContain(value);
});

it("fake secrets of a plan that real Terraform made are in no output", async () => {
  const plan = planDocument("sensitive");
  expect(JSON.stringify(plan).match(/hunter2-hunter2-[A-C]/g)?.length).toBeGreaterThan(10);
  expect(await outputs(plan)).not.toContain("hunter2");
});

it("a credential is in no output, whichever part of a container, parameter or secret store holds it, marked or not", async () => {
  const fixture = "secret-values";
  const unmarked = (plan: ReturnType<typeof planDocument>) => {
    for (const { change } of plan.resource_changes) change.after_sensitive = {};
    return plan;
  };
  const text = JSON.stringify(unmarked(planDocument(fixture)));
  const planted = [
    `AK${"IA"}QRSTUVWX23456789`,
    `https://app:${"Zq7planted"}Wm4@example.com/hook`,
    `gh${"p_"}${"Zq7plantedWm4Xk2Vb6Nc8Hs1Jd5Fg3Lp0Ry"}`,
  ];
  for (const value of planted) {
    const changed = text.replaceAll("not-a-real-one", value).replaceAll(/hunter2-hunter2-[D-T]/g, value);
    expect(changed).toContain(value);
    expect(await outputs(JSON.parse(changed))).not.toContain(value);
  }
});

it("passwords without a form of their own are in no output of the plan of secret values", async () => {
  const plan = planDocument("secret-values");
  expect(JSON.stringify(plan).match(/hunter2-hunter2-[D-T]/g)?.length).toBeGreaterThan(20);
  for (const { change } of plan.resource_changes) change.after_sensitive = {};
  expect(await outputs(plan)).not.toContain("hunter2");
});

it("passwords in commands are in no output: words, shell texts, health checks and buildspecs", async () => {
  const text = JSON.stringify(planDocument("commands"));
  expect(text.match(/not-a-real-one/g)?.length).toBeGreaterThan(25);
  expect(await outputs(JSON.parse(text.replaceAll("not-a-real-one", "Zq7-planted-Wm4")))).not.toContain("planted");
});

it("what stands in provider blocks, variables and outputs is in no output either, also where it is used elsewhere", async () => {
  const plan = planDocument("credentials");
  const text = JSON.stringify(plan);
  expect(text.match(/hunter2-hunter2-[D-N]/g)?.length).toBeGreaterThan(15);
  expect(text).toContain('\\"user\\":\\"hunter2-hunter2-D\\"');
  // Without the marks of the plan: what is recognised must do.
  const unmarked = JSON.parse(text.replaceAll(/"(after|before)_sensitive":true/g, '"$1_sensitive":false'));
  for (const each of [plan, unmarked]) {
    expect(await outputs(each)).not.toMatch(/hunter2-hunter2|AKIAABCDEFGHIJKLMNOP|not\/a\/real|not-a-real-session/);
  }
});
