import { expect, it } from "vitest";
import { checkAll, planBytes, verdictLines } from "../check-fixture.ts";

it("with the own account stated, what another account may do is a failure", async () => {
  const { findings } = await checkAll(planBytes("ecr-grants"), {
    select: ["ECR-011", "ECR-013"],
    parameters: { account_ids: ["111122223333"] },
  });
  expect(verdictLines(findings).filter((line) => /#policy\/(?:Foreign|EveryAction|AllButOne)$/.test(line))).toEqual([
    "fail high ECR-011 aws_ecr_repository_policy.literal#policy/Foreign",
    "fail high ECR-013 aws_ecr_registry_policy.registry#policy/Foreign",
    "pass high ECR-011 aws_ecr_repository_policy.literal#policy/AllButOne",
    "pass high ECR-011 aws_ecr_repository_policy.literal#policy/EveryAction",
  ]);
});
