import { attribute } from "./attribute.ts";
import { string } from "./schemas.ts";

export const flowLog = {
  log_destination_type: attribute(string, { default: "cloud-watch-logs" }),
  log_destination: attribute(string, { kind: "optional-computed" }),
  /** Deprecated in favour of `log_destination`. */
  log_group_name: attribute(string, { kind: "optional-computed" }),
  vpc_id: attribute(string),
  subnet_id: attribute(string),
  eni_id: attribute(string),
  traffic_type: attribute(string),
};

export const cloudtrail = {
  kms_key_id: attribute(string),
};
