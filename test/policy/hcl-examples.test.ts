import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { hclExamplesOf, pack } from "../../policies/pack.ts";
import { checkAll } from "../check-fixture.ts";

const folder = join(import.meta.dirname, "../../policies/examples");

/** The examples of one side by policy id: `policies/examples/fails/ecr-003.tf`. */
const examplesOf = (side: "fails" | "passes") =>
  readdirSync(join(folder, side)).map((name) => ({
    id: basename(name, ".tf").toUpperCase(),
    text: readFileSync(join(folder, side, name), "utf8"),
  }));

/**
 * Terraform's plan of one configuration with each example as a module. What counts for a whole region, and would decide other
 * examples too, stands in another region: ECR-002 (passes) and GRD-003. ECR-016 gets both as its providers.
 */
const planOf = (side: "fails" | "passes") => readFileSync(join(import.meta.dirname, "example-plans", `${side}.json`));
const moduleOf = (id: string) => `module.${id.toLowerCase().replaceAll("-", "_")}.`;

/** The examples of policies that are off by default are judged as for a team that turns them on. */
const parameters = Object.fromEntries(
  pack.filter((policy) => "enabled" in policy.parameters).map(({ id }) => [id, { enabled: true }]),
);

/** What each policy says of its own example, in the plan that Terraform made of all of them, each as a module. */
async function verdictsOf(side: "fails" | "passes"): Promise<Map<string, Set<string>>> {
  const { findings } = await checkAll(planOf(side), { parameters });
  return new Map(
    examplesOf(side).map(({ id }) => {
      const own = findings.filter(({ policy, subject }) => policy === id && subject.address?.startsWith(moduleOf(id)));
      return [id, new Set(own.map(({ verdict }) => verdict).filter((verdict) => verdict !== "not-applicable"))];
    }),
  );
}

it.each(["fails", "passes"] as const)("each policy has either an example or a reason why it has none: %s", (side) => {
  const others = pack.filter(({ id }) => {
    const examples = hclExamplesOf(id);
    return (examples[side] === null) === (examples.reasons[side] === undefined);
  });
  expect(others.map(({ id }) => id)).toEqual([]);
});

it("the examples that are to fail do", async () => {
  const verdicts = await verdictsOf("fails");
  expect([...verdicts].filter(([, own]) => !own.has("fail")).map(([id, own]) => [id, ...own])).toEqual([]);
});

it("the examples that are to pass do, as a whole", async () => {
  const verdicts = await verdictsOf("passes");
  expect([...verdicts].filter(([, own]) => [...own].join() !== "pass").map(([id, own]) => [id, ...own])).toEqual([]);
});

it.each(["fails", "passes"] as const)("the plan is that of the examples: %s", (side) => {
  const { configuration } = JSON.parse(planOf(side).toString());
  const planned = Object.entries(configuration.root_module.module_calls).map(([name, call]) => [
    name,
    JSON.parse(JSON.stringify(call))
      .module.resources.map(({ address }: { address: string }) => address)
      .sort(),
  ]);
  const written = examplesOf(side).map(({ id, text }) => [
    id.toLowerCase().replaceAll("-", "_"),
    [...text.matchAll(/^(resource|data) "(.+?)" "(.+?)"/gm)]
      .map(([, mode, type, name]) => `${mode === "data" ? "data." : ""}${type}.${name}`)
      .sort(),
  ]);
  expect(Object.fromEntries(planned)).toMatchObject(Object.fromEntries(written));
});
