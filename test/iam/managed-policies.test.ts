import { expect, it } from "vitest";
import { awsManagedPolicyName, managedPolicyDocument } from "../../engine/iam/managed-policies.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

it.each([
  ["arn:aws:iam::aws:policy/AdministratorAccess", "AdministratorAccess"],
  ["arn:aws-cn:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy", "AmazonECSTaskExecutionRolePolicy"],
  ["arn:aws:iam::111122223333:policy/AdministratorAccess", null],
  ["AdministratorAccess", null],
])("%s is the AWS managed policy %s", (arn, name) => {
  expect(awsManagedPolicyName(arn)).toBe(name);
});

it("a short policy is known as a whole", () => {
  const document = managedPolicyDocument("AmazonSSMReadOnlyAccess", "policy_arn");
  if (document instanceof Unknown) throw new TypeError("unknown");
  expect(document.statements.map(({ effect, actions, resources }) => ({ effect, actions, resources }))).toEqual([
    { effect: "Allow", actions: ["ssm:Describe*", "ssm:Get*", "ssm:List*"], resources: ["*"] },
  ]);
  expect(document.missing).toBe(null);
});

it("what is not known of a policy is unknown, not absent", () => {
  const long = managedPolicyDocument("PowerUserAccess", "policy_arn");
  expect(long instanceof Unknown ? null : long.missing?.detail).toBe(
    "the other statements of the AWS managed policy PowerUserAccess",
  );
  const unlisted = managedPolicyDocument("toString", "policy_arn");
  expect(unlisted instanceof Unknown ? unlisted.detail : null).toBe(
    "the statements of the AWS managed policy toString",
  );
});
