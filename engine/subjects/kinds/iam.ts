import * as z from "zod";
import { flag, list, statementFacts, text } from "./fact-schemas.ts";

/** Kinds of identities and permissions. */
export const iamKinds = {
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
  "iam-policy-attachment": {
    description: "That a role, a user or a group holds a managed policy: one for each policy and holder.",
    facts: z.object({
      policyArn: text("ARN of the policy."),
      policyName: text("Name of the policy: the last segment of its ARN."),
      isAwsManaged: flag("Whether AWS manages the policy."),
      isManagedHere: flag("Whether the policy is a resource of this plan; its statements are subjects of their own."),
      grantsEverything: flag("Whether one statement of the policy allows every action on every resource."),
      holder: text("Name of the role, user or group."),
      holderKind: text("role, user or group."),
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
} as const;
