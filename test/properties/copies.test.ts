import { expect, it } from "vitest";
import { fixtureNames } from "../../fixtures/fixtures.ts";
import { checkAll, encode, type PlanJson, planDocument, reportOf, verdictLines } from "../check-fixture.ts";
import { drawn, howToRepeat } from "../thorough.ts";

// The roles of a plan stand in AWS already, and hold what other resources of the plan give them.

it("what a role holds is judged at the resource that gives it", { timeout: 600_000 }, async () => {
  let copied = 0;
  for (const name of drawn(fixtureNames, "fixture", () => copied > 0)) {
    const { plan, count } = withCopies(planDocument(name));
    copied += count;
    if (count === 0) continue;
    const { findings } = await checkAll(encode(plan));
    expect(verdictLines(findings).sort(), `${name}. ${howToRepeat()}`).toEqual(
      verdictLines((await reportOf(name)).findings).sort(),
    );
  }
});

/** The plan with its roles as objects that exist, with a copy of each policy and attachment that names them. */
function withCopies(plan: PlanJson): { plan: PlanJson; count: number } {
  let count = 0;
  const given = (type: string, role: unknown) =>
    plan.resource_changes.flatMap(({ type: own, change: { after } }) =>
      own === type && after !== null && after["role"] === role ? [after] : [],
    );
  const changes = plan.resource_changes.map((resource) => {
    const { after, after_unknown: unknown, actions } = resource.change;
    const role = after?.["name"];
    const isOpen = unknown["inline_policy"] === true && unknown["managed_policy_arns"] === true;
    if (resource.type !== "aws_iam_role" || actions.join() !== "create" || typeof role !== "string" || !isOpen)
      return resource;
    const policies = given("aws_iam_role_policy", role).filter(({ name }) => typeof name === "string");
    const arns = given("aws_iam_role_policy_attachment", role).flatMap(({ policy_arn: arn }) =>
      typeof arn === "string" ? [arn] : [],
    );
    count += policies.length + arns.length;
    const copies = {
      inline_policy: policies.map(({ name, policy }) => ({ name, policy: policy ?? '{"Statement":[]}' })),
      managed_policy_arns: arns,
    };
    const values = { ...after, ...copies, id: role };
    const { inline_policy: _, managed_policy_arns: __, id: ___, ...others } = unknown;
    const change = { ...resource.change, actions: ["no-op"], before: values, after: values, after_unknown: others };
    return { ...resource, change };
  });
  return { plan: { ...plan, planned_values: undefined, resource_changes: changes }, count };
}
