import { expect, it } from "vitest";
import { facts } from "../../engine/index.ts";
import { planBytes } from "../check-fixture.ts";

it("every form of attachment is one subject for each policy and holder, with what the policy allows", async () => {
  const { subjects } = await facts(planBytes("attachments"));
  const shown = ["isAwsManaged", "isManagedHere", "grantsEverything", "identityKind"] as const;
  const lines = subjects
    .filter(({ kind }) => kind === "iam-policy-attachment")
    .map(({ address, name, facts: all }) => {
      const values = shown.map((fact) => (all[fact]?.unknown === null ? all[fact].value : all[fact]?.unknown?.reason));
      return `${address}#${name}: ${values.join(", ")}`;
    });
  const other = "cannot be determined: what the list holds besides its references";
  expect(lines).toEqual([
    `aws_iam_policy_attachment.everyone#PowerUserAccess/attached: true, false, false, role`,
    `aws_iam_policy_attachment.everyone#PowerUserAccess/deploy: true, false, false, user`,
    `aws_iam_policy_attachment.everyone#PowerUserAccess/developers: true, false, false, group`,
    `aws_iam_role.inline#managed_policy_arns and others/inline: ${other}, ${other}, ${other}, role`,
    "aws_iam_role.inline#wide/inline: false, true, true, role",
    "aws_iam_role.listed#AdministratorAccess/listed: true, false, true, role",
    "aws_iam_role_policy_attachment.by_name#lower-case/attached: false, true, false, role",
    "aws_iam_role_policy_attachment.by_reference#wide/attached: false, true, true, role",
  ]);
});
