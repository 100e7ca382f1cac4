import type { Maybe, Unknown } from "../plan/unknown.ts";
import { namesAnArn } from "./actions.ts";

/** A type of resources: the format of its ARNs, as the table of actions has it, and Terraform's type for one of them. */
export interface ResourceType {
  readonly format: string;
  readonly terraformType: string;
}

export const repositoryType: ResourceType = { format: "ecr:*:*:repository/*", terraformType: "aws_ecr_repository" };
export const roleType: ResourceType = { format: "iam::*:role/*", terraformType: "aws_iam_role" };

/** Whether an unknown value is the ARN of a resource of the type: that of an object of this plan is, if the object is one. */
export function isArnOf(arn: Unknown, { terraformType }: ResourceType): Maybe<boolean> {
  if (!namesAnArn(arn)) return arn;
  return arn.references.some(({ end }) => "target" in end && end.target.type === terraformType);
}
