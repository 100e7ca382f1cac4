import { isWrite } from "./action-table.ts";
import { pushActions } from "./ecr-actions.ts";
import type { Selection } from "./granted-actions.ts";

/** Actions that return the values of secrets or parameters, by service. */
export const secretReadActions: Readonly<Record<string, readonly string[]>> = {
  secretsmanager: ["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"],
  ssm: ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", "ssm:GetParametersByPath"],
};

/** Actions that open what is encrypted, or replace what is deployed. */
const powerful: Readonly<Record<string, readonly string[]>> = {
  ecr: pushActions,
  kms: ["kms:Decrypt"],
};

function oneOf(actions: Readonly<Record<string, readonly string[]>>, service: string): ReturnType<Selection> {
  const names = Object.hasOwn(actions, service) ? actions[service] : undefined;
  return names === undefined ? false : (name) => names.includes(name);
}

/** Reading secrets. */
export const readsSecrets: Selection = (group) => !isWrite(group) && oneOf(secretReadActions, group.service);

/** Writing, or reading secrets, where the action can name its resources. */
export const shouldNameResources: Selection = (group) =>
  group.resourceTypes.length > 0 && (isWrite(group) || readsSecrets(group));

/** Of these, reading secrets, decrypting, changing IAM and pushing images. */
export const isSensitive: Selection = (group) => {
  if (group.resourceTypes.length === 0) return false;
  if (!isWrite(group)) return readsSecrets(group);
  return group.service === "iam" || oneOf(powerful, group.service);
};
