import * as z from "zod";
import { attribute } from "./attribute.ts";

export const securityGroup = {
  id: attribute(z.string(), { kind: "computed" }),
};

export const subnet = {
  id: attribute(z.string(), { kind: "computed" }),
};

export const cloudwatchLogGroup = {
  name: attribute(z.string(), { kind: "computed" }),
  name_prefix: attribute(z.string(), { kind: "optional-computed" }),
  /** 0 means that the logs never expire. */
  retention_in_days: attribute(z.number(), { default: 0 }),
  arn: attribute(z.string(), { kind: "computed" }),
};
