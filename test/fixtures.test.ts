import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fixtures, planFile } from "../fixtures/fixtures.ts";
import { missingForPlans, planFixture, tellsTheSame } from "../fixtures/plan.ts";
import { unless } from "./needs.ts";
import { isOver, some } from "./thorough.ts";

const missing = missingForPlans();

// Terraform takes longer for all of them than all other tests take, so that `npm test` plans one, another in each run.
// `npm run fixtures` is this test of all, with --update: it writes what Terraform plans.
describe("what is committed is what Terraform plans", unless(missing === null, missing ?? ""), () => {
  it.for(some(fixtures, "plan", "what Terraform plans"))("$name", async (fixture, { skip }) => {
    skip(isOver(), "are not begun, for the time is over");
    const file = planFile(fixture.name);
    const planned = await planFixture(fixture);
    const committed = existsSync(file) ? readFileSync(file, "utf8") : null;
    const isSame = committed !== null && tellsTheSame(planned, committed);
    await expect(isSame ? committed : planned).toMatchFileSnapshot(file);
  });
});

it("two plans tell the same whatever the order of their references, and not where one has another", () => {
  const plan = (...references: string[]) =>
    JSON.stringify({ expressions: { route: { references } }, list: ["b", "a"] });
  expect(tellsTheSame(plan("aws_vpc.a", "aws_vpc.b"), plan("aws_vpc.b", "aws_vpc.a"))).toBe(true);
  expect(tellsTheSame(plan("aws_vpc.a"), plan("aws_vpc.b"))).toBe(false);
  expect(tellsTheSame('{"list":["b","a"]}', '{"list":["a","b"]}')).toBe(false);
});
