import { attribute } from "./attribute.ts";
import { policyText } from "./policy-text.ts";
import { boolean, number, string, strings } from "./schemas.ts";

/** The days that AWS waits before it deletes a key, where no others are written. Source: AWS KMS API Reference, ScheduleKeyDeletion. */
const defaultDeletionDays = 30;

const named = {
  arn: attribute(string, { kind: "computed" }),
  key_id: attribute(string, { kind: "computed" }),
};

const held = {
  ...named,
  policy: policyText({ kind: "optional-computed" }),
  bypass_policy_lockout_safety_check: attribute(boolean, { default: false }),
  deletion_window_in_days: attribute(number, { default: defaultDeletionDays }),
};

export const kmsKey = {
  ...held,
  is_enabled: attribute(boolean, { default: true }),
  enable_key_rotation: attribute(boolean, { default: false }),
  /** Source: AWS KMS API Reference, EnableKeyRotation: 365 days where none are given. */
  rotation_period_in_days: attribute(number, { default: 365, kind: "optional-computed" }),
  customer_master_key_spec: attribute(string, { default: "SYMMETRIC_DEFAULT" }),
  custom_key_store_id: attribute(string),
};

/** `aws_kms_replica_key`, `aws_kms_external_key` and `aws_kms_replica_external_key`. */
export const kmsOtherKey = {
  ...held,
  enabled: attribute(boolean, { default: true, kind: "optional-computed" }),
};

export const kmsKeyPolicy = {
  key_id: attribute(string),
  policy: policyText(),
  bypass_policy_lockout_safety_check: attribute(boolean, { default: false }),
};

/** A grant lets one principal use a key, beside the policy of the key. */
export const kmsGrant = {
  key_id: attribute(string),
  grantee_principal: attribute(string),
  operations: attribute(strings, { default: [] }),
};

export const kmsAlias = {
  name: attribute(string, { kind: "computed" }),
  arn: attribute(string, { kind: "computed" }),
  target_key_id: attribute(string),
};
