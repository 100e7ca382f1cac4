import * as z from "zod";
import { flag, text } from "./fact-schemas.ts";

/** Kinds of secret stores and of references to them. */
export const secretsKinds = {
  "secret-reference": {
    description:
      "An entry of secrets or of logConfiguration.secretOptions: a variable that is filled from a secret store.",
    facts: z.object({
      variable: text("Name of the variable."),
      mapping: text(
        "valueFrom, or reference where the container definitions are unknown and only refer to the parameter.",
      ),
      store: text("ssm, secretsmanager, or other where valueFrom names neither."),
      accountId: text("Account in the ARN of valueFrom; null where it is a bare name."),
      objectName: text("Name of the parameter or secret."),
      isManagedHere: flag("Whether the parameter or secret is a resource of this plan."),
      parameterType: text("Type of the SSM parameter, where it is a resource of this plan."),
      isSecretName: flag("Whether the parameter's name is that of a secret."),
    }),
  },
  "ssm-parameter": {
    description: "An SSM parameter. Its value is never shown.",
    facts: z.object({
      name: text("Name of the parameter."),
      type: text("String, StringList or SecureString."),
      dataType: text("data_type; text where it is not set."),
      isSecretName: flag("Whether a segment of the name is that of a secret."),
      isMappedAsSecret: flag("Whether a task definition of the plan maps it as a secret."),
    }),
  },
} as const;
