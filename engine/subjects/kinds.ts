import * as z from "zod";

const text = (description: string) => z.string().nullable().describe(description);
const flag = (description: string) => z.boolean().describe(description);
const list = (description: string) => z.array(z.string()).describe(description);
const count = (description: string) => z.number().describe(description);

const statementFacts = {
  effect: text("Effect of the statement: Allow or Deny."),
};

/**
 * What policies can judge, and the facts of each kind. The documentation for policy authors, the check of policy files
 * and the types of the join step all come from here.
 */
export const kinds = {
  "ecr-repository": {
    description: "A private ECR repository.",
    facts: z.object({
      name: text("Name of the repository."),
      tagMutability: text("image_tag_mutability; MUTABLE where it is not set."),
      tagMutabilityExclusions: list(
        "Filters of tags that stay mutable, with the values …_WITH_EXCLUSION (provider 6).",
      ),
      scanOnPush: flag("scan_on_push of the repository itself; false where it is not set."),
      registryScanType: text(
        "scan_type of the registry scanning configuration in the plan; null where the plan has none.",
      ),
      registryScanFrequencies: list(
        "The scans that rules of the registry scanning configuration give this repository: CONTINUOUS_SCAN, SCAN_ON_PUSH, MANUAL. CONTINUOUS_SCAN counts only with scan_type ENHANCED.",
      ),
      lifecyclePolicyCount: count("How many lifecycle policies of the plan are attached to the repository."),
      isPullThroughCache: flag("Whether the name lies under the prefix of a pull-through cache rule of the plan."),
    }),
  },
  "ecr-public-repository": {
    description: "A repository of ECR Public.",
    facts: z.object({ name: text("Name of the repository.") }),
  },
  "ecr-repository-policy-statement": {
    description: "A statement of the policy of an ECR repository.",
    facts: z.object({
      ...statementFacts,
      namesAnyone: flag("Whether the principal is everyone: *, an ARN with a wildcard account, or NotPrincipal."),
      grantsEcrActions: flag("Whether any action of ECR is among the statement's actions."),
      restrictedToPrincipals: flag(
        "Whether a condition restricts the caller to principals, accounts or source resources.",
      ),
      restrictedToOrganizations: flag("Whether a condition restricts the caller to AWS organizations."),
      organizationIds: list("The organizations that the conditions name."),
      restrictedToAccounts: flag("Whether a condition on aws:PrincipalAccount restricts the caller."),
      conditionAccountIds: list("The accounts that a condition on aws:PrincipalAccount names."),
      restrictedToNetworks: flag("Whether a condition restricts the network that calls come from."),
    }),
  },
  "container-image": {
    description: "The image of a container, or of a Lambda function.",
    facts: z.object({
      image: text("The image as written."),
      imageName: text("Registry host in lower case and repository, without tag and digest."),
      registry: text("Registry host in lower case; docker.io where the image names none."),
      registryKind: text("private-ecr, public-ecr, docker-hub or other; null for a placeholder."),
      accountId: text("Account of a private ECR registry."),
      isPlaceholder: flag("Whether the image is empty or no image name, as <IMAGE1_NAME> of CodeDeploy."),
      containerName: text("Name of the container."),
    }),
  },
  container: {
    description: "A container of a task definition, sidecars included.",
    facts: z.object({
      name: text("Name of the container."),
      image: text("The image as written."),
      user: text("user as written; null where it is not set."),
      isRootUser: flag("Whether user is root by name or number; on Windows, ContainerAdministrator."),
      isRootGroup: flag("Whether the group of user is root by name or number."),
      privileged: flag("privileged; false where it is not set."),
      readonlyRootFilesystem: flag("readonlyRootFilesystem; false where it is not set."),
      operatingSystem: text("LINUX or WINDOWS, from runtime_platform; LINUX where it is not set."),
      isFargate: flag("Whether the task definition asks for FARGATE compatibility."),
      executeCommandEnabled: flag("Whether a service of the plan that runs the container enables ECS Exec."),
    }),
  },
  "environment-variable": {
    description: "An environment variable of a container. Its value is never shown.",
    facts: z.object({
      name: text("Name of the variable."),
      isSecretName: flag("Whether the name is that of a secret, by secret_name_patterns and secret_name_exceptions."),
      valueKind: text("What the value looks like: reference, empty, boolean, small-integer or text."),
      containerName: text("Name of the container."),
    }),
  },
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
  "task-definition": {
    description: "An ECS task definition.",
    facts: z.object({
      family: text("Family of the task definition."),
      networkMode: text(
        "network_mode; where it is not set, what AWS takes: awsvpc on Fargate, bridge on EC2, default on Windows.",
      ),
      pidMode: text("pid_mode; null where it is not set."),
      ipcMode: text("ipc_mode; null where it is not set."),
      operatingSystem: text("LINUX or WINDOWS; LINUX where it is not set."),
      compatibilities: list("requires_compatibilities."),
      isExternalOnly: flag("Whether EXTERNAL (ECS Anywhere) is the only compatibility that it asks for."),
      launchTypes: list("Launch types of the services, task sets, rules and schedules of the plan that run it."),
    }),
  },
  "iam-statement": {
    description: "A statement of an identity policy: managed, inline of a role, a user or a group.",
    facts: z.object({
      ...statementFacts,
      namesEveryAction: flag("Whether Action names every action of every service."),
      appliesToEveryResource: flag("Whether Resource names every resource, or NotResource all but some."),
      hasCondition: flag("Whether the statement has any condition."),
      hasOnlyCallerConditions: flag("Whether all its conditions are about MFA or tags of the principal."),
      isRefusedByDocument: flag("Whether a Deny of the same document, without condition, refuses all that it allows."),
      holders: list("Names of the roles, users and groups of the plan that hold the policy."),
      holdersHaveBoundary: flag("Whether a role of the plan that holds it has a permissions boundary."),
    }),
  },
  "role-trust-statement": {
    description: "A statement of the trust policy of a role.",
    facts: z.object({
      ...statementFacts,
      hasServicePrincipalsOnly: flag("Whether it trusts AWS services only."),
      namesAnyone: flag("Whether the principal is everyone."),
      isRestricted: flag(
        "Whether a condition restricts the caller to principals, accounts, organizations, sources or networks.",
      ),
      foreignAccounts: list("Accounts trusted as a whole that are not among account_ids and not the plan's own."),
      hasCallerCondition: flag("Whether it requires sts:ExternalId, aws:PrincipalArn or aws:PrincipalOrgID."),
      trustsOidcProvider: flag("Whether it trusts an OIDC provider."),
      pinsAudience: flag("Whether a condition requires an exact audience (…:aud) of the OIDC provider."),
      pinsSubject: flag(
        "Whether a condition requires a subject (…:sub) that names at least organization and repository.",
      ),
      subjects: list("The subjects that the conditions name."),
      isSourceAccountOnly: flag(
        "Whether only aws:SourceAccount or aws:SourceArn restricts a principal that is everyone.",
      ),
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
  plan: {
    description: "The plan itself.",
    facts: z.object({
      isErrored: flag("Whether planning ended with errors; false where the plan does not say."),
      isComplete: flag("Whether the plan covers the whole configuration; true where the plan does not say."),
      isApplyable: flag("Whether Terraform would apply the plan; true where the plan does not say."),
      hasChanges: flag("Whether anything would change."),
      hasResourceChanges: flag("Whether the plan lists resources at all."),
      formatMajor: text("Major number of format_version."),
      statesCompleteness: flag(
        "Whether the plan says if it is errored, complete and applyable (Terraform 1.8 and later).",
      ),
    }),
  },
} as const;

export type Kind = keyof typeof kinds;
export type FactName<K extends Kind> = keyof (typeof kinds)[K]["facts"]["shape"] & string;

/** The value of a fact: what its schema says, with unknown elements allowed in lists. */
export type FactValue<K extends Kind, N extends FactName<K>> = z.infer<(typeof kinds)[K]["facts"]>[N &
  keyof z.infer<(typeof kinds)[K]["facts"]>];

/** The type of a fact, for checking policy files: which operators fit it and which values it can have. */
export type FactType = "string" | "boolean" | "number" | "list";

/** The facts of a kind with their types and descriptions; null where there is no such kind. */
export function factTypes(kind: string): ReadonlyMap<string, { type: FactType; description: string }> | null {
  if (!isKind(kind)) return null;
  const shape: Readonly<Record<string, z.ZodType>> = kinds[kind].facts.shape;
  return new Map(
    Object.entries(shape).map(([name, schema]) => [
      name,
      { type: typeOf(schema), description: schema.description ?? "" },
    ]),
  );
}

export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(kinds, kind);
}

function typeOf(schema: z.ZodType): FactType {
  if (schema instanceof z.ZodBoolean) return "boolean";
  if (schema instanceof z.ZodNumber) return "number";
  return schema instanceof z.ZodArray ? "list" : "string";
}
