import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../engine/index.ts";
import { checkAll, encode, planDocument } from "../check-fixture.ts";

/** What a later Terraform may write beside the fields of today. */
const flat = { is_generated: true, note: "x", place: null };
const nested = { ...flat, origin: { line: 7, column: [1, 2] } };

/** Adds fields to each object that `isOne` picks by itself, its key and the key of what holds it. */
function withFields(
  value: unknown,
  fields: object,
  isOne: (value: object, key: string, parent: string) => boolean,
  key = "",
  parent = "",
): unknown {
  if (Array.isArray(value)) return value.map((element) => withFields(element, fields, isOne, key, parent));
  if (typeof value !== "object" || value === null) return value;
  const own = Object.entries(value).map(([name, member]) => [name, withFields(member, fields, isOne, name, key)]);
  return { ...Object.fromEntries(own), ...(isOne(value, key, parent) ? fields : {}) };
}

const isTold = (value: object) => "references" in value || "constant_value" in value;
/** A call of functions on literals alone. */
const isBare = (value: object, _: string, parent: string) =>
  Object.keys(value).length === 0 && parent === "expressions";
const envelope = ["", "resource_changes", "change", "resources", "module", "root_module", "configuration"];

const fixtures = ["roles", "shop/faulty", "dynamic-blocks", "source-map"];

describe.each(fixtures)("fields that a later Terraform adds to the plan of %s take nothing away", (fixture) => {
  const plan = planDocument(fixture);
  let report: Report;
  beforeAll(async () => {
    report = await checkAll(encode(plan));
  });

  it.each([
    ["expressions that tell something", nested, isTold],
    ["expressions that tell nothing", flat, isBare],
    ["the envelope", nested, (_: object, key: string) => envelope.includes(key)],
  ])("in %s", async (_, fields, isOne) => {
    const changed = withFields(plan, fields, isOne);
    expect(changed).not.toEqual(plan);
    expect(await checkAll(encode(changed))).toEqual(report);
  });
});
