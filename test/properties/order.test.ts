import { describe, expect, it } from "vitest";
import { fixtureNames } from "../../fixtures/fixtures.ts";
import { checkAll, encode, planDocument } from "../check-fixture.ts";
import { howToRepeat, some } from "../thorough.ts";

describe("the order of resources changes nothing", () => {
  it.each(some(fixtureNames, "fixture", "order"))("%s", async (name) => {
    const plan = planDocument(name);
    const inOrder = await checkAll(encode(plan));
    const reversed = await checkAll(encode({ ...plan, resource_changes: plan.resource_changes.toReversed() }));
    const middle = Math.floor(plan.resource_changes.length / 2);
    const rotated = [...plan.resource_changes.slice(middle), ...plan.resource_changes.slice(0, middle)];
    expect(reversed, howToRepeat()).toEqual(inOrder);
    expect(await checkAll(encode({ ...plan, resource_changes: rotated })), howToRepeat()).toEqual(inOrder);
  });
});
