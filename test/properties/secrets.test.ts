import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { formats } from "../../cli/reporters/reporters.ts";
import { encode, planDocument } from "../check-fixture.ts";
import { command } from "../cli/command.ts";

const secret = fc
  .stringMatching(/^[A-Za-z0-9/+]{16,40}$/)
  .filter((text) => /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text));

const folder = mkdtempSync(join(tmpdir(), "plimsoll-secrets-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function outputs(plan: unknown): Promise<string> {
  const files = formats.map((format) => join(folder, format));
  const values = formats.map((format, at) => `${format}=${files[at]}`);
  const checked = await command(["check", "-", "--all", "--format", ...values], { stdin: encode(plan) });
  const texts = [checked.out, checked.error, ...files.map((file) => readFileSync(file, "utf8"))];
  for (const format of ["text", "json"]) {
    const { out, error } = await command(["facts", "-", "--format", format], { stdin: encode(plan) });
    texts.push(out, error);
  }
  return texts.join("\n");
}

it("the value of a sensitive variable is in no output, wherever it went", async () => {
  const plan = JSON.stringify(planDocument("first-plan"));
  const planted = "correct-horse-battery-staple";
  expect(plan).toContain(planted);
  await fc.assert(
    fc.asyncProperty(secret, async (value) => {
      expect(await outputs(JSON.parse(plan.replaceAll(planted, value)))).not.toContain(value);
    }),
    { numRuns: 20, seed: 1 },
  );
});

/** Every string in the planned values, as a function that puts another in its place. */
function strings(value: unknown, put: (text: string) => void): ((text: string) => void)[] {
  if (typeof value === "string") return [put];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => strings(Reflect.get(value, key), (text) => Reflect.set(value, key, text)));
}

it("a sensitive value is in no output, whichever attribute holds it", { timeout: 300_000 }, async () => {
  // The shop is judged hundreds of times.
  const attributes = planDocument("shop/faulty").resource_changes.flatMap(({ change }) =>
    strings(change.after, () => {}),
  );
  await fc.assert(
    fc.asyncProperty(secret, fc.nat(attributes.length - 1), async (value, at) => {
      const plan = planDocument("shop/faulty");
      const places = plan.resource_changes.flatMap(({ change }) =>
        strings(change.after, () => {}).length > 0 ? strings(change.after, () => {}) : [],
      );
      expect(places).toHaveLength(attributes.length);
      let left = at;
      for (const { change } of plan.resource_changes) {
        const put = strings(change.after, () => {});
        if (left < put.length) {
          put[left]?.(value);
          change.after_sensitive = true;
          break;
        }
        left -= put.length;
      }
      expect(await outputs(plan)).not.toContain(value);
    }),
    { numRuns: 100, seed: 1 },
  );
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
