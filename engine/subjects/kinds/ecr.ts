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
} as const;
