import { byArn, link } from "./link.ts";

/** What says more of a secret. */
export const secretLinks = {
  secretPolicy: link("aws_secretsmanager_secret_policy", "secret_arn", "aws_secretsmanager_secret", byArn),
  secretRotation: link("aws_secretsmanager_secret_rotation", "secret_id", "aws_secretsmanager_secret"),
  secretVersion: link("aws_secretsmanager_secret_version", "secret_id", "aws_secretsmanager_secret"),
};
