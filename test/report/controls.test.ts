import { expect, it } from "vitest";
import { securityHubControls } from "../../cli/reporters/security-hub-controls.ts";
import { check } from "../../engine/index.ts";
import { pack } from "../../policies/pack.ts";
import { planBytes } from "../check-fixture.ts";

async function statesOf(fixture: string, select?: readonly string[]) {
  const options = { policies: pack, controls: securityHubControls, ...(select === undefined ? {} : { select }) };
  const { controls = [] } = await check(planBytes(fixture), options);
  return Object.fromEntries(controls.map(({ id, state }) => [id, state]));
}

it("every control that a policy names has a title, and every title a policy", () => {
  const named = pack.flatMap(({ controls }) => controls["aws-security-hub"] ?? []);
  const listed = securityHubControls.map(({ id }) => id);
  expect([...new Set(named)].filter((id) => !listed.includes(id))).toEqual([]);
  expect(listed.filter((id, at) => !named.includes(id) || listed.indexOf(id) !== at)).toEqual([]);
});

it("says of each control how far it is kept", async () => {
  const states = await statesOf("shop/corrected");
  expect([states["ECR.3"], states["KMS.4"], states["SSM.4"]]).toEqual(["kept", "kept", "no-evidence"]);
  expect((await statesOf("shop/faulty"))["Lambda.1"]).toBe("violated");
});

it("is not run where its policies were not", async () => {
  const states = await statesOf("shop/corrected", ["ECR-004"]);
  expect([states["ECR.3"], states["KMS.4"]]).toEqual(["kept", "not-run"]);
});

it("a report has none where nobody asks", async () => {
  expect("controls" in (await check(planBytes("ecr"), { policies: pack, select: ["ECR-001"] }))).toBe(false);
});
