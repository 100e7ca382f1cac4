import { describe, expect, it } from "vitest";
import { checkAll, encode, type PlanJson, planBytes, planDocument, subjectId } from "../check-fixture.ts";

/** Every place in the planned values of a plan, as the path of its keys below `after`. */
function places(plan: PlanJson): { resource: number; path: (string | number)[] }[] {
  return plan.resource_changes.flatMap(({ mode, type, change }, resource) =>
    mode === "managed" && type.startsWith("aws_") ? paths(change.after, []).map((path) => ({ resource, path })) : [],
  );
}

function paths(value: unknown, path: (string | number)[]): (string | number)[][] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== "object" || value === null || path.length > 6) return own;
  const steps = Array.isArray(value) ? value.map((_, at) => at) : Object.keys(value);
  return [...own, ...steps.flatMap((step) => paths(Reflect.get(value, step), [...path, step]))];
}

/** The same plan in which one value is decided only at apply: null in a list, missing in an object, true in the mask. */
function hide(plan: PlanJson, { resource, path }: { resource: number; path: (string | number)[] }): PlanJson {
  const copy = structuredClone(plan);
  const change = copy.resource_changes[resource]?.change;
  if (change === undefined) throw new Error("no such resource");
  let value: object = change.after ?? {};
  let mask: object = change.after_unknown;
  for (const step of path.slice(0, -1)) {
    const inner = Reflect.get(value, step);
    // A value with nothing unknown in it has no mask, or false.
    let innerMask = Reflect.get(mask, step);
    if (typeof innerMask !== "object" || innerMask === null) {
      innerMask = Array.isArray(inner) ? inner.map(() => false) : {};
      Reflect.set(mask, step, innerMask);
    }
    value = inner;
    mask = innerMask;
  }
  const last = path.at(-1) ?? "";
  Reflect.set(mask, last, true);
  if (typeof last === "number") Reflect.set(value, last, null);
  else Reflect.deleteProperty(value, last);
  return copy;
}

describe("making a known value unknown flips no verdict between pass and fail", () => {
  it.each([
    ["ecr"],
    ["ecr-lifecycle"],
    ["ecr-registry"],
    ["ecs"],
    ["iam"],
    ["ssm"],
    ["first-plan"],
    ["documents"],
    ["overrides"],
    ["attachments"],
    ["keyed"],
    ["dynamic-blocks"],
    ["changes"],
    ["aliases"],
    ["images"],
    ["hardening"],
    ["volumes"],
    ["logging"],
    ["launch"],
    ["clusters"],
    ["secret-values"],
    ["secret-stores"],
    ["buildspec"],
    ["codebuild"],
    ["iam-statements"],
    ["people"],
    ["protection"],
    ["readable"],
    ["credentials"],
    ["keys"],
    ["sensitive"],
    ["nested-modules"],
    ["conditions"],
    ["network"],
    ["detection"],
    ["roles"],
    ["ecr-grants"],
    ["shop/faulty"],
    ["shop/corrected"],
  ])("%s", { timeout: 240_000 }, async (name) => {
    const plan = planDocument(name);
    const verdicts = async (bytes: Uint8Array) =>
      new Map(
        (await checkAll(bytes)).findings.map(({ policy, subject, verdict }) => [
          `${policy} ${subjectId(subject)}`,
          verdict,
        ]),
      );
    const before = await verdicts(planBytes(name));
    const all = places(plan);
    // Every place of a small plan, evenly spread ones of a large plan.
    const step = Math.max(1, Math.ceil(all.length / 400));
    const flipped: string[] = [];
    let changed = 0;
    for (const [at, place] of all.entries()) {
      if (at % step !== 0) continue;
      const after = await verdicts(encode(hide(plan, place)));
      if ([...before].some(([subject, verdict]) => after.get(subject) !== verdict)) changed += 1;
      for (const [subject, verdict] of after) {
        const was = before.get(subject);
        if ((was === "fail" && verdict === "pass") || (was === "pass" && verdict === "fail")) {
          flipped.push(
            `${subject}: ${was} to ${verdict} without ${plan.resource_changes[place.resource]?.address} ${place.path.join(".")}`,
          );
        }
      }
    }
    expect(flipped).toEqual([]);
    expect(changed).toBeGreaterThan(0);
  });
});

describe("the order of resources changes nothing", () => {
  it.each([["ecs"], ["iam"], ["rescan"], ["shop/faulty"]])("%s", async (name) => {
    const plan = planDocument(name);
    const inOrder = await checkAll(encode(plan));
    const reversed = await checkAll(encode({ ...plan, resource_changes: plan.resource_changes.toReversed() }));
    const middle = Math.floor(plan.resource_changes.length / 2);
    const rotated = [...plan.resource_changes.slice(middle), ...plan.resource_changes.slice(0, middle)];
    expect(reversed).toEqual(inOrder);
    expect(await checkAll(encode({ ...plan, resource_changes: rotated }))).toEqual(inOrder);
  });
});
