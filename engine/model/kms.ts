import { attribute } from "./attribute.ts";
import { string } from "./schemas.ts";

/** `aws_kms_key`, `aws_kms_replica_key` and `aws_kms_external_key`. */
export const kmsKey = {
  arn: attribute(string, { kind: "computed" }),
  key_id: attribute(string, { kind: "computed" }),
};

export const kmsAlias = {
  name: attribute(string, { kind: "computed" }),
  arn: attribute(string, { kind: "computed" }),
  target_key_id: attribute(string),
};
