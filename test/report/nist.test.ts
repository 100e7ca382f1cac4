import { expect, it } from "vitest";
import { check } from "../../engine/index.ts";
import { countermeasures, pack } from "../../policies/pack.ts";
import { planBytes } from "../check-fixture.ts";

async function states(select: readonly string[]) {
  const { nist } = await check(planBytes("ecr"), { policies: pack, select, countermeasures });
  return Object.fromEntries(nist.map(({ id, state }) => [id, state]));
}

it("a failure violates, an unknown leaves open, a pass keeps, and what no policy looks at stays undetermined", async () => {
  const { "4.2.2": stale, "4.2.3": rights, "4.4.3": runtime, "4.6": hardware } = await states([]);
  expect({ stale, rights, runtime, hardware }).toEqual({
    stale: "violated",
    rights: "violated",
    runtime: "kept",
    hardware: "undetermined",
  });
});

it("a policy that applies to nothing leaves its countermeasure not applicable", async () => {
  expect((await states(["SSM-001"]))["4.1.4"]).toBe("not-applicable");
});

it("every control that a shipped policy names is a countermeasure, or a section of them", () => {
  const ids = countermeasures.map(({ id }) => id);
  const strangers = pack.flatMap(({ id, controls }) =>
    (controls["nist-800-190"] ?? [])
      .filter((control) => !ids.some((known) => known === control || known.startsWith(`${control}.`)))
      .map((control) => `${id} ${control}`),
  );
  expect(strangers).toEqual([]);
});
