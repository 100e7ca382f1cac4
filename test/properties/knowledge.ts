import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Report } from "../../engine/index.ts";
import { mayHide } from "../../engine/plan/absence.ts";
import { ownMember } from "../../engine/plan/json.ts";
import { memberNode } from "../../engine/plan/node.ts";
import { readPlan } from "../../engine/plan/read.ts";
import { fixtureNames, planFile } from "../../fixtures/fixtures.ts";
import { checkAll, encode, type PlanJson, planDocument, reportOf, subjectId } from "../check-fixture.ts";
import { drawn, howToRepeat, some } from "../thorough.ts";

type Path = readonly (string | number)[];

/** A value in a plan: the number of its resource, and the keys that lead to it below `after`. */
interface Place {
  readonly resource: number;
  readonly path: Path;
}

/** Plans of which nothing is judged, or nothing that a planned value decides, so that no verdict can change. */
const notJudged = ["destroy", "later-plans/group-rules", "related"];

/** Places where a verdict has once been flipped; every run takes them. By fixture: address and path. */
const found: Readonly<Record<string, readonly { readonly address: string; readonly path: Path }[]>> = {
  labels: [{ address: "aws_iam_user.bounded", path: ["name"] }],
  "later-plans/identities": [
    { address: "aws_iam_role.deploy", path: ["arn"] },
    { address: "aws_iam_role.deploy", path: ["unique_id"] },
    { address: "aws_iam_role.build", path: ["name"] },
  ],
};

/** Every place in the planned values of a plan. */
function places(plan: PlanJson): Place[] {
  return plan.resource_changes.flatMap(({ mode, type, change }, resource) =>
    mode === "managed" && type.startsWith("aws_") ? paths(change.after, []).map((path) => ({ resource, path })) : [],
  );
}

/**
 * Tells the places whose being unknown a plan can tell. A block that only a dynamic one makes leaves no expression, and the
 * provider computes it where it is not written: only the list that it is made over is told then, where nothing else hides
 * what it uses.
 */
function isTold(plan: PlanJson): (place: Place) => boolean {
  const nodes = new Map(readPlan(plan).resources.map(({ address, deposed, node }) => [`${address} ${deposed}`, node]));
  return (place) => {
    const change = plan.resource_changes[place.resource];
    const {
      path: [name = "", ...below],
    } = place;
    const node = nodes.get(`${change?.address} ${change?.["deposed"] ?? null}`);
    if (below.length > 0 || node === undefined || !Array.isArray(ownMember(node.value, String(name)))) return true;
    if (memberNode(node, String(name)).expressions?.length !== 0) return true;
    const after = readPlan(hide(plan, place)).resources.find(({ address }) => address === change?.address)?.node
      .context;
    return after !== null && after !== undefined && mayHide(after);
  };
}

/** The address of the resource that every hidden list is made of, in the module of what is hidden. */
const laterList = "terraform_data.later_list";

/** What Terraform lists as relevant where a dynamic block is made over a list that is decided at apply. */
function addLaterList(plan: PlanJson, module: unknown): void {
  const address = typeof module === "string" ? `${module}.${laterList}` : laterList;
  plan["relevant_attributes"] = [{ resource: address, attribute: ["output"] }];
  plan.resource_changes.push({
    address,
    ...(typeof module === "string" ? { module_address: module } : {}),
    mode: "managed",
    type: "terraform_data",
    name: "later_list",
    change: { actions: ["create"], after: {}, after_unknown: { output: true }, after_sensitive: {} },
  });
}

function paths(value: unknown, path: Path): Path[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== "object" || value === null || path.length > 6) return own;
  const steps = Array.isArray(value) ? value.map((_, at) => at) : Object.keys(value);
  return [...own, ...steps.flatMap((step) => paths(Reflect.get(value, step), [...path, step]))];
}

/** The same plan in which one value is decided only at apply: null in a list, missing in an object, true in the mask. */
function hide(plan: PlanJson, { resource, path }: Place): PlanJson {
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
  if (path.length === 1) addLaterList(copy, copy.resource_changes[resource]?.["module_address"]);
  return copy;
}

/** Of an attribute of a resource, what the configuration says: `{ references }`, `{ constant_value }` or blocks. */
function expressionsOf(plan: PlanJson, resource: number): object | null {
  const change = plan.resource_changes[resource];
  if (change === undefined) return null;
  let module: unknown = Reflect.get(Object(plan["configuration"]), "root_module");
  const path = String(change["module_address"] ?? "").match(/(?<=module\.)[\w-]+/g) ?? [];
  for (const name of path) module = step(step(step(module, "module_calls"), name), "module");
  const resources = step(module, "resources");
  const own = Array.isArray(resources)
    ? resources.find((each: unknown) => step(each, "type") === change.type && step(each, "name") === change["name"])
    : undefined;
  const expressions = step(own, "expressions");
  return typeof expressions === "object" ? expressions : null;
}

function step(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

/** What else an expression may mention: a variable that adds to a list or decides, and a key of which another one is made. */
const mentions = ["var.more", "each.key"];

/**
 * The same plan in which the expression of the attribute mentions something else too; null where no expression makes it, or
 * one that refers to nothing else: variables and keys are known when the plan is made, so that they alone leave nothing open.
 */
function mention(plan: PlanJson, { resource, path }: Place, mentioned: string): PlanJson | null {
  const copy = structuredClone(plan);
  const expression = step(expressionsOf(copy, resource), String(path[0]));
  if (typeof expression !== "object" || expression === null || Array.isArray(expression)) return null;
  const references = step(expression, "references");
  if (!Array.isArray(references) || references.every((text) => /^(?:var|each|count|path|terraform)\./.test(text)))
    return null;
  Reflect.set(expression, "references", [...references, mentioned]);
  return copy;
}

/** A block of a resource, of which there may be another one. */
function isBlock(plan: PlanJson, { resource, path }: Place): boolean {
  const [name, at] = path;
  if (path.length !== 2 || typeof at !== "number") return false;
  const block = step(step(plan.resource_changes[resource]?.change.after, String(name)), String(at));
  return typeof block === "object" && block !== null && Object.keys(block).length > 0;
}

/** The same plan with the block twice, as a dynamic block beside it may make the second. */
function withSecond(plan: PlanJson, { resource, path: [name, at] }: Place): PlanJson {
  const copy = structuredClone(plan);
  const change = copy.resource_changes[resource]?.change;
  for (const part of [change?.after, change?.after_unknown]) {
    const blocks = step(part, String(name));
    if (Array.isArray(blocks)) blocks.push(structuredClone(blocks[Number(at)]));
  }
  return copy;
}

/** The place of each value of the second block. */
function valuesOfSecond(plan: PlanJson, { resource, path: [name = ""] }: Place): Place[] {
  const blocks = step(plan.resource_changes[resource]?.change.after, String(name));
  const last = Array.isArray(blocks) ? blocks.length - 1 : 0;
  const second = Array.isArray(blocks) ? blocks[last] : {};
  return Object.keys(Object(second)).map((key) => ({ resource, path: [name, last, key] }));
}

type Verdicts = ReadonlyMap<string, string>;

function verdictsOf({ findings }: Report): Verdicts {
  return new Map(findings.map(({ policy, subject, verdict }) => [`${policy} ${subjectId(subject)}`, verdict]));
}

/** What was proven before and is the opposite after, each as `ECR-003 aws_x.y: fail to pass`. */
function flips(before: Verdicts, after: Verdicts): string[] {
  const opposites: Readonly<Record<string, string>> = { fail: "pass", pass: "fail" };
  return [...after].flatMap(([subject, verdict]) => {
    const was = before.get(subject);
    return was !== undefined && opposites[was] === verdict ? [`${subject}: ${was} to ${verdict}`] : [];
  });
}

/** The attributes that some verdict was reached by, each as address and name. */
function evidenceOf({ findings }: Report): Set<string> {
  return new Set(
    findings.flatMap(({ subject, evidence }) =>
      evidence.map(({ address, path }) => `${address ?? subject.address} ${/^\w+/.exec(path ?? "")}`),
    ),
  );
}

/** What makes less of a plan known, with the plan that it is compared with. */
function changesAt(plan: PlanJson, place: Place): { readonly before: PlanJson; readonly after: PlanJson }[] {
  const mentioning = mentions.flatMap((mentioned) => {
    const after = mention(hide(plan, place), place, mentioned);
    return after === null ? [] : [{ before: plan, after }];
  });
  if (!isBlock(plan, place)) return mentioning;
  const before = withSecond(plan, place);
  const after = valuesOfSecond(before, place).reduce(hide, before);
  return [...mentioning, { before, after }];
}

/** Lists that get a remainder, keys that are only mentioned, and blocks beside which a dynamic one stands. */
async function flipsNothingByConfiguration(name: string): Promise<void> {
  const plan = planDocument(name);
  const evidence = evidenceOf(await reportOf(name));
  const known = places(plan).filter(
    (place) =>
      evidence.has(`${plan.resource_changes[place.resource]?.address} ${place.path[0]}`) && place.path.length < 3,
  );
  for (const place of drawn(known, "place")) {
    for (const { before, after } of changesAt(plan, place)) {
      const [one, other] = [verdictsOf(await checkAll(encode(before))), verdictsOf(await checkAll(encode(after)))];
      const at = `${plan.resource_changes[place.resource]?.address} ${place.path.join(".")}`;
      expect(
        flips(one, other).map((flip) => `${flip} at ${at}`),
        howToRepeat(),
      ).toEqual([]);
    }
  }
}

async function flipsNothing(name: string): Promise<void> {
  const plan = planDocument(name);
  const report = await reportOf(name);
  const before = verdictsOf(report);
  const all = places(plan).filter(isTold(plan));
  const addressOf = ({ resource }: Place) => plan.resource_changes[resource]?.address;
  const known = (found[name] ?? []).map((once) => {
    const place = all.find((each) => addressOf(each) === once.address && `${each.path}` === `${once.path}`);
    if (place === undefined) throw new Error(`${name} has no place ${once.address} ${once.path.join(".")}`);
    return place;
  });
  let hasChanged = false;
  const look = async (place: Place) => {
    const after = verdictsOf(await checkAll(encode(hide(plan, place))));
    hasChanged ||= [...before].some(([subject, verdict]) => after.get(subject) !== verdict);
    const flipped = flips(before, after).map((flip) => `${flip} without ${addressOf(place)} ${place.path.join(".")}`);
    expect(flipped, howToRepeat()).toEqual([]);
  };
  // Of what stands in the evidence a small sample says most, and what no verdict speaks of must do no harm either.
  const evidence = evidenceOf(report);
  const isEvidence = (place: Place) => evidence.has(`${addressOf(place)} ${place.path[0]}`);
  const others = all.filter((place) => !isEvidence(place));
  for (const place of known) await look(place);
  for (const place of drawn(all.filter(isEvidence), "place", () => hasChanged)) await look(place);
  // Places on which no verdict depends prove nothing.
  for (const place of drawn(others, "place", () => hasChanged)) await look(place);
  expect(hasChanged).toBe(true);
}

/**
 * Tests the property on every n-th fixture, the largest plans dealt out evenly, or on some of them: it takes the longest of
 * all tests, and in files of its own it is shared by the workers.
 */
export function knowledge(part: number, parts: number): void {
  const sizeOf = (name: string) => statSync(planFile(name)).size;
  const bySize = fixtureNames
    .filter((name) => !notJudged.includes(name))
    .sort((one, other) => sizeOf(other) - sizeOf(one));
  const own = bySize.filter((_, at) => at % parts === part);
  const taken = (property: string) => {
    const drawnOnes = new Set(some(own, "fixture", property));
    return own.filter((name) => drawnOnes.has(name) || name in found);
  };
  const unknown = "making a known value unknown flips no verdict between pass and fail";
  describe(unknown, () => {
    it.each(taken(unknown))("%s", flipsNothing);
  });
  const more = "an expression that may make more of what it refers to flips no verdict";
  describe(more, () => {
    it.each(taken(more))("%s", flipsNothingByConfiguration);
  });
}
