import * as z from "zod";
import { attribute, block } from "./attribute.ts";
import { policyText } from "./policy-text.ts";

export const ssmParameter = {
  name: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
  type: attribute(z.string()),
  value: attribute(z.string(), { mayBeEmpty: true }),
  insecure_value: attribute(z.string(), { mayBeEmpty: true }),
  data_type: attribute(z.string(), { default: "text", kind: "optional-computed" }),
};

export const secretsmanagerSecret = {
  name: attribute(z.string(), { kind: "computed" }),
  name_prefix: attribute(z.string(), { kind: "optional-computed" }),
  arn: attribute(z.string(), { kind: "computed" }),
  id: attribute(z.string(), { kind: "computed" }),
  policy: policyText({ kind: "optional-computed" }),
};

export const secretsmanagerSecretPolicy = {
  secret_arn: attribute(z.string()),
  policy: policyText(),
  block_public_policy: attribute(z.boolean()),
};

export const secretsmanagerSecretRotation = {
  secret_id: attribute(z.string()),
  rotation_rules: block({
    automatically_after_days: attribute(z.number()),
    schedule_expression: attribute(z.string()),
  }),
};

export const secretsmanagerSecretVersion = {
  secret_id: attribute(z.string()),
};

export const codebuildSourceCredential = {
  server_type: attribute(z.string()),
};

export const dbInstance = {
  identifier: attribute(z.string(), { kind: "optional-computed" }),
};
