import { byName, link } from "./link.ts";

/** What names what is in ECR. */
export const ecrLinks = {
  lifecyclePolicy: link("aws_ecr_lifecycle_policy", "repository", "aws_ecr_repository", { ...byName, isNear: true }),
  repositoryPolicy: link("aws_ecr_repository_policy", "repository", "aws_ecr_repository", { ...byName, isNear: true }),
};
