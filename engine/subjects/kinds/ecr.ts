import * as z from "zod";
import { count, flag, list, statementFacts, text } from "./fact-schemas.ts";

/** Kinds of the registry. */
export const ecrKinds = {
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
      repositoryPolicyCount: count("How many repository policies of the plan are attached to the repository."),
      refusesPush: flag(
        "Whether the repository policy refuses pushes to everybody but those whom pushExemptions names.",
      ),
      pushExemptions: list(
        "Whom the refusal of pushes spares, besides build roles of the plan and service-linked roles of AWS.",
      ),
      refusesPull: flag(
        "Whether the repository policy refuses pulls to everybody but those whom pullExemptions names.",
      ),
      pullExemptions: list("Whom the refusal of pulls spares, besides build, execution and service-linked roles."),
      isPullThroughCache: flag("Whether the name lies under the prefix of a pull-through cache rule of the plan."),
    }),
  },
  "ecr-registry-policy-statement": {
    description: "A statement of the policy of a registry.",
    facts: z.object({
      ...statementFacts,
      namesAnyone: flag("Whether the principal is everyone."),
      isRestricted: flag("Whether a condition restricts the caller."),
      grantsEveryEcrAction: flag("Whether it allows ecr:*."),
      grantsReplication: flag("Whether it allows ecr:ReplicateImage."),
      callersOutsideAccounts: list("The callers that are neither roles of this plan nor of the own accounts."),
      createsAnyRepository: flag(
        "Whether it allows ecr:CreateRepository or ecr:BatchImportUpstreamImage for repositories of any name.",
      ),
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
      grantsPush: flag("Whether it allows an action of a push: PutImage or the upload of a layer."),
      grantsPull: flag("Whether it allows an action of a pull: BatchGetImage, GetDownloadUrlForLayer."),
      administrationActions: list("The actions it allows that change the guards of a repository or delete images."),
      usesNotAction: flag("Whether it allows everything but some actions."),
      callers: list("Whom it names: ARNs, addresses of roles of this plan, services; * for everyone."),
      callersOutsideBuild: list("Those of them that are no build role of this plan."),
      callersOutsideAccounts: list(
        "Those of them that are neither roles of this plan, nor of the own accounts, nor services.",
      ),
      services: list("The AWS services among them."),
      restrictedToSources: flag("Whether a condition on aws:SourceArn or aws:SourceAccount restricts the caller."),
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
} as const;
