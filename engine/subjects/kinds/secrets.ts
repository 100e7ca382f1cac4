import { count, flag, grantFacts, list, statementFacts, text, word } from "./fact-schemas.ts";

const secretForms =
  "Names of the forms of credentials that were recognised, for instance AWS access key id or URL with a password; never the values.";
const entropy = "Highest entropy, in bits per character, of the words of 20 characters or more; 0 where there is none.";

/** Kinds of secret stores and of references to them. */
export const secretsKinds = {
  "secret-reference": {
    description:
      "An entry of secrets or of logConfiguration.secretOptions: a variable that is filled from a secret store.",
    facts: {
      variable: text("Name of the variable."),
      mapping: word(
        text("valueFrom, or reference where the container definitions are unknown and only refer to the parameter."),
      ),
      store: word(text("ssm, secretsmanager, or other where valueFrom names neither.")),
      accountId: text("Account in the ARN of valueFrom; null where it is a bare name."),
      objectName: text("Name of the parameter or secret."),
      isManagedHere: flag("Whether the parameter or secret is a resource of this plan."),
      parameterType: text("Type of the SSM parameter, where it is a resource of this plan."),
      isSecretName: flag("Whether the parameter's name is that of a secret."),
    },
  },
  "ssm-parameter": {
    description: "An SSM parameter. Its value is never shown.",
    facts: {
      name: text("Name of the parameter."),
      type: text("String, StringList or SecureString."),
      dataType: text("data_type; text where it is not set."),
      isSecretName: flag("Whether a segment of the name is that of a secret."),
      isMappedAsSecret: flag("Whether a task definition of the plan maps it as a secret."),
      isPublic: flag("Whether the name lies under /aws/, where AWS publishes parameters."),
      previousType: text("Type that the parameter has before apply; null for a new one."),
      secretForms: word(list(`${secretForms} From value and insecure_value.`)),
      secretSources: word(
        list("Secrets that the value is made of: sensitive variables, and attributes of resources that hold secrets."),
      ),
      highestEntropy: word(count(entropy)),
    },
  },
  "container-texts": {
    description:
      "All that is written in the definition of a container, but for its references to secret stores; without a name, the container definitions of a task definition as a whole. Values are never shown.",
    facts: {
      containerName: text("Name of the container; null for the container definitions as a whole."),
      secretForms: word(list(secretForms)),
      secretSources: word(
        list(
          "Secrets that the container definitions are made of: sensitive variables, and attributes of resources that hold secrets.",
        ),
      ),
      highestEntropy: word(count(entropy)),
    },
  },
  "secret-material": {
    description:
      "An attribute that fills a secret store or sets a password: the value of a SecureString parameter, of a secret's version, the token of a CodeBuild source credential, the password of a database. Its value is never shown.",
    facts: {
      attribute: word(text("Name of the attribute; null where none is written.")),
      isSecretStore: flag("Whether what it fills keeps secrets; false for parameters of type String and StringList."),
      isWritten: flag("Whether the configuration itself writes the value: a literal, or the default of a variable."),
      isPlaceholder: flag("Whether the value only stands in for one that is set later."),
      isWriteOnly: flag("Whether the attribute is a write-only one, which neither plan nor state keeps."),
    },
  },
  "secret-policy-statement": {
    description: "A statement of the resource policy of a secret.",
    facts: {
      ...statementFacts,
      ...grantFacts,
      grantsSecretActions: flag("Whether any action of Secrets Manager is among the statement's actions."),
      callersOutsideAccounts: list(
        "Those whom it lets in that are neither roles of this plan nor of the own accounts; a service where no condition (aws:SourceAccount, aws:SourceArn, aws:SourceOrgID) binds it to these; * for everyone.",
      ),
      blockPublicPolicy: flag(
        "block_public_policy of aws_secretsmanager_secret_policy; false where it is not set, and for a policy of the secret itself.",
      ),
    },
  },
  secret: {
    description: "A secret of Secrets Manager.",
    facts: {
      name: text("Name of the secret; where AWS makes it, name_prefix followed by an ellipsis."),
      isRotated: flag("Whether an aws_secretsmanager_secret_rotation of the plan rotates it."),
      rotationDays: count("The most days between two rotations; 0 where the plan rotates it never."),
    },
  },
} as const;
