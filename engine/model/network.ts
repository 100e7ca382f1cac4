import * as z from "zod";
import { attribute } from "./attribute.ts";

export const securityGroup = {
  id: attribute(z.string(), { computed: true }),
};

export const subnet = {
  id: attribute(z.string(), { computed: true }),
};

export const cloudwatchLogGroup = {
  name: attribute(z.string(), { computed: true }),
  arn: attribute(z.string(), { computed: true }),
};
