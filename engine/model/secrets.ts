import * as z from "zod";
import { attribute } from "./attribute.ts";

export const ssmParameter = {
  name: attribute(z.string()),
  arn: attribute(z.string(), { computed: true }),
  type: attribute(z.string()),
  data_type: attribute(z.string(), { default: "text" }),
};

export const secretsmanagerSecret = {
  name: attribute(z.string(), { computed: true }),
  arn: attribute(z.string(), { computed: true }),
};
