import { count, flag, grantFacts, list, statementFacts, text } from "./fact-schemas.ts";

/** Kinds of identities and permissions. */
export const iamKinds = {
  "iam-statement": {
    description:
      "A statement of an identity policy: managed, inline of a role, a user, a group or a permission set of Identity Center.",
    facts: {
      ...statementFacts,
      namesEveryAction: flag("Whether Action names every action of every service."),
      appliesToEveryResource: flag("Whether Resource names every resource, or NotResource all but some."),
      isResourceWide: flag(
        "Whether Resource names all resources of a type, at least of one account (*, arn:aws:ecs:*:*:service/*), or NotResource all but some.",
      ),
      usesNotAction: flag("Whether the statement has NotAction."),
      usesNotResource: flag("Whether the statement has NotResource."),
      excludesIam: flag("Whether NotAction leaves no action of IAM, or Action names none."),
      hasLiteralVariables: flag(
        "Whether a resource has a policy variable although the document's Version is not 2012-10-17: it then stands for itself.",
      ),
      hasCondition: flag("Whether the statement has any condition."),
      hasOnlyCallerConditions: flag("Whether all its conditions are about MFA or tags of the principal."),
      scopingKeys: list(
        "The keys, in lower case, of conditions that leave only some values: with a positive operator that a request without the key does not pass.",
      ),
      isDeniedByDocument: flag("Whether a Deny of the same document, without a condition, denies all that it allows."),
      holders: list("Names of the roles, users, groups and permission sets of the plan that hold the policy."),
      holdersHaveBoundary: flag("Whether a role of the plan that holds it has a permissions boundary."),
      wildcardActions: list(
        "Wildcards in Action that grant every writing action of a service, or mix reading with writing or with reading secrets.",
      ),
      wildcardServices: list("The services of which wildcardActions take in that much."),
      grantsWrites: flag(
        "Whether it names an action that changes something or reads secrets, and that accepts resources other than *.",
      ),
      wideWriteActions: list(
        "Those of these actions that are for all resources of a type; service:* where they are all of a service.",
      ),
      wideSensitiveActions: list(
        "The ones among wideWriteActions that read secrets, decrypt, write to IAM or push images.",
      ),
      grantsPassRole: flag("Whether it allows iam:PassRole."),
      namesEveryRole: flag("Whether Resource names every role, at least of one account: *, role/*."),
      limitsPassedToService: flag("Whether a condition on iam:PassedToService leaves only some services."),
      passedToServices: list("The services that a condition on iam:PassedToService names."),
      grantsSessions: flag("Whether it allows ecs:ExecuteCommand or ssm:StartSession."),
      wideSessionActions: list("Those of these two actions that it allows on all resources of a type."),
      requiresMfa: flag("Whether a condition requires aws:MultiFactorAuthPresent."),
      grantsClusterWrites: flag("Whether it names an action of ECS that changes a cluster or something within one."),
      clusters: list("The ECS clusters, by name or pattern, that these actions are for; * for any."),
      coversOneCluster: flag("Whether these are one cluster by its full name."),
      staysInClusterGroup: flag("Whether these lie within one group of the parameter cluster_groups."),
      staysInHoldersGroup: flag(
        "Whether these lie within the group that the parameter holder_groups gives each holder; true for holders without one.",
      ),
    },
  },
  "iam-policy-attachment": {
    description:
      "That a role, a user, a group or a permission set of Identity Center holds a managed policy: one for each policy and holder.",
    facts: {
      policyArn: text("ARN of the policy."),
      policyName: text("Name of the policy: the last segment of its ARN."),
      isAwsManaged: flag("Whether AWS manages the policy."),
      isManagedHere: flag("Whether the policy is a resource of this plan; its statements are subjects of their own."),
      isExclusive: flag(
        "Whether the resource takes the policy away from everybody else in the account (aws_iam_policy_attachment).",
      ),
      grantsEverything: flag("Whether one statement of the policy allows every action on every resource."),
      holder: text("Name of the role, user, group or permission set."),
      identityKind: text("role, user, group or permission set."),
    },
  },
  "role-permission": {
    description:
      "What roles, users and groups may do: a statement of an identity policy, or one of an attached policy of AWS.",
    facts: {
      isDeniedByDocument: flag("Whether a Deny of the same document, without a condition, denies all that it allows."),
      ...statementFacts,
      holders: list("Names of the roles, users and groups of the plan that hold it."),
      grantsPush: flag("Whether it allows ecr:PutImage on any repository."),
      holdersOutsideBuild: list("Holders that are no build role and not among the parameter allowed_push_principals."),
      namesEveryRepository: flag("Whether it is for every ECR repository, at least of one account."),
      repositoriesDenyPush: flag(
        "Whether every repository of the plan denies pushes by everybody but build roles (ECR-010).",
      ),
      taskRoleHolders: list("Holders that are the role of a task."),
      executionRoleHolders: list("Holders that are the execution role of a task."),
      taskFamilies: list("Families of the task definitions that run as one of the holders."),
      secretReadActions: list("The actions it allows that read parameters or secrets, or decrypt."),
      secretPathDepth: count(
        "Parts of the path before the first wildcard of its widest resource: 0 for * and parameter/*, 1 for parameter/shop/*; 100 without wildcards.",
      ),
      scopingKeys: list("The keys, in lower case, of conditions that leave only some values."),
      wideDataReads: list(
        "The actions that read data, by the parameter data_read_actions, and that it allows on all resources of a type.",
      ),
      controlPlaneActions: list(
        "The actions it allows that administer the platform, by the parameter control_plane_actions; sts:AssumeRole only on any role.",
      ),
    },
  },
  "iam-identity": {
    description:
      "A role, user, group or permission set with all its statements of the plan together, or a policy that nothing in the plan attaches.",
    facts: {
      name: text("Name of the role, user, group, permission set or policy."),
      identityKind: text("role, user, group, permission set or policy."),
      escalations: list(
        "The combinations of actions, by the parameter combinations, with which it can get more rights.",
      ),
    },
  },
  "task-role": {
    description: "A role of the plan that a task runs as, or that its containers are started with.",
    facts: {
      isUsedByTasks: flag("Whether a task definition of the plan names it as task role or execution role."),
      otherPrincipals: list("Whom its trust policy lets assume it, besides ecs-tasks.amazonaws.com."),
      hasSourceCondition: flag(
        "Whether aws:SourceAccount, aws:SourceArn or aws:SourceOrgID restricts ecs-tasks.amazonaws.com to the own accounts.",
      ),
    },
  },
  "iam-user-grant": {
    description: "What a user has of its own: an inline policy, an attached managed policy or an access key.",
    facts: {
      user: text("Name of the user."),
      exists: flag(
        "Whether the grant exists and the key works; unknown if it comes from a list that is known only after apply. A key may be Inactive.",
      ),
      grant: text("inline policy, managed policy or access key."),
      hasAccessKey: flag("Whether the plan has an access key of the user."),
    },
  },
  "role-trust-statement": {
    description: "A statement of the trust policy of a role.",
    facts: {
      ...statementFacts,
      allowsAssuming: flag("Whether it names an action that makes the caller the role; sts:TagSession alone does not."),
      hasServicePrincipalsOnly: flag("Whether it trusts AWS services only."),
      ...grantFacts,
      foreignAccounts: list(
        "Accounts trusted as a whole that are not among account_ids and not the plan's own, by the principal or by a condition, and what services may call for in other accounts; * for everyone.",
      ),
      requiresExternalId: flag("Whether it requires a sts:ExternalId that is written out."),
      trustsOidcProvider: flag("Whether it trusts an OIDC provider."),
      pinsAudience: flag("Whether a condition requires an exact audience (…:aud) of the OIDC provider."),
      pinsSubject: flag(
        "Whether a condition requires a subject (…:sub), or a claim of the issuer's own, that names one repository, project or workload.",
      ),
      subjects: list("The subjects that the conditions name."),
      isSourceAccountOnly: flag(
        "Whether only aws:SourceAccount or aws:SourceArn restricts a principal that is everyone.",
      ),
    },
  },
} as const;
