import * as z from "zod";
import { attribute } from "./attribute.ts";

export const ssmParameter = {
  name: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
  type: attribute(z.string()),
  data_type: attribute(z.string(), { default: "text", kind: "optional-computed" }),
};

export const secretsmanagerSecret = {
  name: attribute(z.string(), { kind: "computed" }),
  arn: attribute(z.string(), { kind: "computed" }),
};
