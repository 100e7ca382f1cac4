import * as z from "zod";
import { attribute } from "./attribute.ts";

/** `aws_kms_key`, `aws_kms_replica_key` and `aws_kms_external_key`. */
export const kmsKey = {
  arn: attribute(z.string(), { kind: "computed" }),
  key_id: attribute(z.string(), { kind: "computed" }),
};

export const kmsAlias = {
  name: attribute(z.string(), { kind: "computed" }),
  arn: attribute(z.string(), { kind: "computed" }),
  target_key_id: attribute(z.string()),
};
