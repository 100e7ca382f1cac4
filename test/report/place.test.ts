import { expect, it } from "vitest";
import { placeOf } from "../../engine/index.ts";

it.each([
  [null, "", "Terraform"],
  ["var.password", "", "Terraform"],
  ["provider.aws", "", "Terraform"],
  ["module.a.output.x", "module.a", "Terraform"],
  ["aws_ecr_repository.api", "", "Amazon ECR"],
  ["data.aws_iam_policy_document.x", "", "AWS IAM"],
  [
    'module.a["k.module.x"].module.b[0].aws_cloudwatch_event_rule.x[1]',
    'module.a["k.module.x"].module.b[0]',
    "Amazon EventBridge",
  ],
  ["module.logs.aws_cloudwatch_log_group.this", "module.logs", "Amazon CloudWatch"],
  ["google_project.x", "", "Other"],
  ["not an address", "", "Other"],
])("%s", (address, module, service) => {
  expect(placeOf(address)).toEqual({ module, service });
});
