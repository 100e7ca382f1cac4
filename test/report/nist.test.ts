import { expect, it } from "vitest";
import { type CheckOptions, check, type NistCountermeasure, severities } from "../../engine/index.ts";
import { countermeasures, pack } from "../../policies/pack.ts";
import { planBytes, reportOf } from "../check-fixture.ts";

async function viewOf(fixture: string, options: Partial<CheckOptions> = {}): Promise<Map<string, NistCountermeasure>> {
  const { nist } = await check(planBytes(fixture), { policies: pack, countermeasures, ...options });
  return new Map(nist.map((each) => [each.id, each]));
}

it("a failure violates, an unknown leaves open, a pass keeps, and what no policy can look at is not in plans", async () => {
  const view = await viewOf("ecr");
  expect(["4.2.2", "4.2.3", "4.4.3", "4.6"].map((id) => view.get(id)?.state)).toEqual([
    "violated",
    "violated",
    "kept",
    "not-in-plans",
  ]);
});

it("a policy that was run and applies to nothing is no evidence; one that is not selected, skipped or off is not run", async () => {
  const select = ["SSM-001"];
  expect((await viewOf("ecr", { select })).get("4.1.4")?.state).toBe("no-evidence");
  expect((await viewOf("ecr", { select })).get("4.2.2")?.state).toBe("not-run");
  expect((await viewOf("ecr", { skip: ["*"] })).get("4.6")?.state).toBe("not-in-plans");
  const off = { policy: "SSM-001", severity: "off" } as const;
  expect((await viewOf("ecr", { select, overrides: [off] })).get("4.1.4")?.state).toBe("not-run");
});

it("counts each resource once, as violated, undetermined or kept, and has the worst severity of its failures", async () => {
  for (const fixture of ["shop/faulty", "ecr", "services"]) {
    const { nist, findings } = await reportOf(fixture);
    for (const { id, policies, resources, worst, state } of nist) {
      const own = findings.filter(({ policy }) => policies.some((each) => each.id === policy));
      const addresses = (verdict: string) =>
        new Set(own.filter((each) => each.verdict === verdict).map(({ subject }) => subject.address));
      const [violated, unknown, passed] = [addresses("fail"), addresses("unknown"), addresses("pass")];
      const failed = own.filter(({ verdict }) => verdict === "fail").map(({ severity }) => severity);
      expect([id, resources, worst]).toEqual([
        id,
        {
          violated: violated.size,
          undetermined: [...unknown].filter((address) => !violated.has(address)).length,
          kept: [...passed].filter((address) => !violated.has(address) && !unknown.has(address)).length,
        },
        severities.find((severity) => failed.includes(severity)) ?? null,
      ]);
      expect([id, state === "violated"]).toEqual([id, violated.size > 0]);
    }
  }
  const secrets = (await reportOf("shop/faulty")).nist.find(({ id }) => id === "4.1.4");
  expect([secrets?.worst, secrets?.resources]).toEqual(["critical", { violated: 32, undetermined: 1, kept: 9 }]);
});

it("a policy that names a section counts for each countermeasure of it", async () => {
  const { nist } = await reportOf("shop/faulty");
  const own = nist.filter(({ policies }) => policies.some(({ id }) => id === "ECS-017"));
  expect(own.map(({ id }) => id)).toEqual(["4.3.5", "4.4.1", "4.5.1", "4.5.2", "4.5.3", "4.5.4", "4.5.5"]);
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
