import { describe, expect, it } from "vitest";
import { factsText } from "../../cli/reporters/facts-text.ts";
import { facts } from "../../engine/index.ts";
import { fixtureNames } from "../../fixtures/fixtures.ts";
import { checkAll, encode, type PlanJson, planDocument } from "../check-fixture.ts";
import { drawn, howToRepeat, isOver, some, tried } from "../thorough.ts";
import { type Canary, canary, isSeen, type Leaf, leavesOf, type Mark } from "./canaries.ts";

const marks: readonly Mark[] = ["attribute", "place"];

/** Of how many resources of each plan the attributes are listed. */
const addressesOfEach = 3;

/** Groups the positions of leaves so that no two of a group stand in what has the same name: one plan can hold them all. */
function groups(leaves: readonly Leaf[], nameOf: (leaf: Leaf) => string): number[][] {
  const found: number[][] = [];
  const next = new Map<string, number>();
  for (const [at, leaf] of leaves.entries()) {
    const group = next.get(nameOf(leaf)) ?? 0;
    next.set(nameOf(leaf), group + 1);
    found[group] = [...(found[group] ?? []), at];
  }
  return found;
}

/** Plants a canary at each of these leaves. */
function plantAll(leaves: readonly Leaf[], positions: readonly number[], mark: Mark): Map<Canary, Leaf> {
  return new Map(
    positions.flatMap((at) => {
      const leaf = leaves[at];
      if (leaf === undefined) return [];
      leaf.plant(canary(at), mark);
      return [[canary(at), leaf]];
    }),
  );
}

function seenIn(outputs: readonly string[], canaries: ReadonlyMap<Canary, Leaf>): string[] {
  return [...canaries].flatMap(([each, { address, path }]) =>
    outputs.some((output) => isSeen(each, output)) ? [`${address} ${path}`] : [],
  );
}

async function factsOf(plan: Uint8Array, address?: string): Promise<string> {
  const found = await facts(plan, address === undefined ? {} : { address });
  return `${factsText(found, { colours: false, columns: 200 })}\n${JSON.stringify(found)}`;
}

describe("what the plan marks as sensitive, in a text or as a key too, is in no report and in no facts", () => {
  it.each(some(fixtureNames, "fixture", "canaries"))("%s", async (fixture) => {
    const all = groups(leavesOf(planDocument(fixture)), ({ address }) => address);
    const rounds = all.flatMap((positions) => marks.map((mark) => ({ positions, mark })));
    for (const { positions, mark } of drawn(rounds, "check")) {
      const plan = planDocument(fixture);
      const canaries = plantAll(leavesOf(plan), positions, mark);
      const bytes = encode(plan);
      const outputs = [JSON.stringify(await checkAll(bytes, { system: true })), await factsOf(bytes)];
      const addresses = [...new Set([...canaries.values()].map(({ address }) => address))];
      for (const address of some(addresses, "check", `${fixture} ${positions[0]}`).slice(0, addressesOfEach))
        outputs.push(await factsOf(bytes, address));
      expect(seenIn(outputs, canaries), howToRepeat()).toEqual([]);
      expect(canaries.size).toBe(positions.length);
      tried("canaries", canaries.size);
    }
  });
});

/** Every type of a managed resource that a fixture has, in a plan with the first resource of that type alone. */
const planOfType = new Map(
  fixtureNames.flatMap((fixture) => {
    const plan = planDocument(fixture);
    return plan.resource_changes
      .filter(({ mode, change }) => mode === "managed" && change.after !== null)
      .map((resource): [string, PlanJson] => [
        resource.type,
        { ...plan, planned_values: {}, resource_changes: [resource] },
      ]);
  }),
);

it("nor in the attributes of a resource of any type", async () => {
  expect(planOfType.size).toBeGreaterThan(80);
  for (const [type, plan] of drawn([...planOfType], "place")) {
    for (const positions of groups(leavesOf(plan), ({ attribute }) => attribute)) {
      for (const mark of marks) {
        const copy = structuredClone(plan);
        const canaries = plantAll(leavesOf(copy), positions, mark);
        const address = copy.resource_changes[0]?.address ?? "";
        expect(seenIn([await factsOf(encode(copy), address)], canaries), `${type}. ${howToRepeat()}`).toEqual([]);
        tried("canaries", canaries.size);
      }
      if (isOver()) break;
    }
  }
});

it("a canary is found where nothing marks it; if it were not, nothing would be proven", async () => {
  const plan = planDocument("shop/faulty");
  const leaves = leavesOf(plan);
  const [positions = []] = groups(leaves, ({ address }) => address);
  const canaries = plantAll(leaves, positions, "place");
  for (const { change } of plan.resource_changes) change.after_sensitive = {};
  const bytes = encode(plan);
  const outputs: string[] = [];
  const few = new Map([...canaries].slice(0, 10));
  for (const { address } of few.values()) outputs.push(await factsOf(bytes, address));
  expect(seenIn(outputs, few).length).toBeGreaterThan(5);
});
