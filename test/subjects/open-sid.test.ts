import { expect, it } from "vitest";
import { checkAll, encode, planDocument, subjectId } from "../check-fixture.ts";

/** The verdicts on the fixture of overriding documents, where one Sid of the base document is told or not. */
async function verdicts(isTold: boolean): Promise<Map<string, string>> {
  const plan = planDocument("overrides");
  const base = plan.resource_changes.find(({ address }) => address === "data.aws_iam_policy_document.base");
  const [values, masks] = [base?.change.after, base?.change.after_unknown].map((part) => statementsOf(part));
  if (!isTold) {
    Reflect.deleteProperty(values?.[1] ?? {}, "sid");
    Reflect.set(masks?.[1] ?? {}, "sid", true);
  }
  const { findings } = await checkAll(encode(plan));
  return new Map(findings.map(({ policy, subject, verdict }) => [`${policy} ${subjectId(subject)}`, verdict]));
}

function statementsOf(part: unknown): object[] {
  const statements: unknown = Reflect.get(Object(part), "statement");
  return Array.isArray(statements) ? statements : [];
}

it("a statement whose Sid is unknown may be replaced by an overriding document, so that nothing is proven of it there", async () => {
  const [told, open] = [await verdicts(true), await verdicts(false)];
  expect(told.get("IAM-004 aws_iam_policy.base#policy/Secrets")).toBe("fail");
  expect(open.get("IAM-004 aws_iam_policy.base#policy/1")).toBe("fail");
  expect(told.get("IAM-004 aws_iam_role_policy.narrowed#policy/1")).toBe(undefined);
  expect(open.get("IAM-004 aws_iam_role_policy.narrowed#policy/1")).toBe(undefined);
  expect(open.get("IAM-004 aws_iam_role_policy.narrowed#policy")).toBe("unknown");
  const flipped = [...open].filter(([subject, verdict]) => {
    const was = told.get(subject);
    return (was === "pass" && verdict === "fail") || (was === "fail" && verdict === "pass");
  });
  expect(flipped).toEqual([]);
});
