import { attribute, block } from "./attribute.ts";
import { policyText } from "./policy-text.ts";
import { boolean, number, string } from "./schemas.ts";

export const ssmParameter = {
  name: attribute(string),
  arn: attribute(string, { kind: "computed" }),
  type: attribute(string),
  value: attribute(string, { mayBeEmpty: true }),
  insecure_value: attribute(string, { mayBeEmpty: true }),
  data_type: attribute(string, { default: "text", kind: "optional-computed" }),
};

export const secretsmanagerSecret = {
  name: attribute(string, { kind: "computed" }),
  name_prefix: attribute(string, { kind: "optional-computed" }),
  arn: attribute(string, { kind: "computed" }),
  id: attribute(string, { kind: "computed" }),
  policy: policyText({ kind: "optional-computed" }),
};

export const secretsmanagerSecretPolicy = {
  secret_arn: attribute(string),
  policy: policyText(),
  block_public_policy: attribute(boolean),
};

export const secretsmanagerSecretRotation = {
  secret_id: attribute(string),
  rotation_rules: block({
    automatically_after_days: attribute(number),
    schedule_expression: attribute(string),
  }),
};

export const secretsmanagerSecretVersion = {
  secret_id: attribute(string),
};

export const codebuildSourceCredential = {
  server_type: attribute(string),
};

export const dbInstance = {
  identifier: attribute(string, { kind: "optional-computed" }),
};
