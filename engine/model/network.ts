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
  arn: attribute(z.string(), { kind: "computed" }),
};
