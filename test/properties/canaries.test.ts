import { describe, expect, it } from "vitest";
import { facts } from "../../engine/index.ts";
import { checkAll, encode, planDocument } from "../check-fixture.ts";
import { type Canary, canary, isSeen, type Leaf, leavesOf } from "./canaries.ts";

/** How many plans are made of each fixture: each holds a canary in every resource. */
const plansOfEach = 8;
/** Of how many resources of each plan the attributes are listed. */
const addressesOfEach = 3;

const fixtures = ["first-plan", "ecs", "codebuild", "secret-values", "ecr-lifecycle", "iam-statements", "network"];

/** Groups leaves so that no two of a group stand in one resource: then they can all be planted in one plan. */
function groups(leaves: readonly Leaf[]): number[][] {
  const found: number[][] = [];
  const next = new Map<string, number>();
  for (const [at, { address }] of leaves.entries()) {
    const group = next.get(address) ?? 0;
    next.set(address, group + 1);
    found[group] = [...(found[group] ?? []), at];
  }
  return found;
}

/** Every so many of a list, and not the same ones of each list. */
function sample<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.ceil(all.length / count));
  return all.filter((_, at) => at % step === Math.floor(step / 2));
}

describe("what stands within a sensitive attribute is in no report and in no facts", () => {
  it.each(fixtures)("%s", { timeout: 300_000 }, async (fixture) => {
    const all = groups(leavesOf(planDocument(fixture)));
    const seen: string[] = [];
    let planted = 0;
    for (const group of sample(all, plansOfEach)) {
      const plan = planDocument(fixture);
      const leaves = leavesOf(plan);
      const canaries = new Map<Canary, Leaf>();
      for (const at of group) {
        const leaf = leaves[at];
        if (leaf === undefined) throw new Error(`${fixture} has no leaf ${at}`);
        canaries.set(canary(at), leaf);
        leaf.plant(canary(at));
      }
      planted += group.length;
      const bytes = encode(plan);
      const outputs = [JSON.stringify(await checkAll(bytes, { system: true })), JSON.stringify(await facts(bytes))];
      for (const { address } of sample([...canaries.values()], addressesOfEach))
        outputs.push(JSON.stringify(await facts(bytes, { address })));
      for (const [each, { address, path }] of canaries)
        if (outputs.some((output) => isSeen(each, output))) seen.push(`${address} ${path}`);
    }
    process.stdout.write(`${fixture}: ${planted} canaries at ${all.flat().length} places\n`);
    expect(seen).toEqual([]);
    expect(planted).toBeGreaterThan(8);
  });
});
