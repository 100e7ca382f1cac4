import { count, flag, grantFacts, list, statementFacts, text } from "./fact-schemas.ts";

/** Kinds of the registry. */
export const ecrKinds = {
  "replicated-repository": {
    description:
      "A repository of the plan with one place that its registry copies its images to, where the plan has what keeps them there.",
    facts: {
      repository: text("Name of the repository."),
      destination: text("Account and region of the copy: 111122223333/eu-central-1."),
      heldBy: text("Address of the repository, or of the creation template, that holds the copy."),
      missing: list(
        "Guards of the repository that its copy lacks: tag immutability, scans, lifecycle policy. What a creation template makes is scanned as its registry says.",
      ),
    },
  },
  "ecr-repository": {
    description: "A private ECR repository.",
    facts: {
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
      isRescanned: flag(
        "Whether a schedule of the plan runs a function that may scan the repository's images again: all links hold.",
      ),
      rescanIntervalDays: count("Longest time in days between two runs of that schedule; 0 where there is none."),
      hasOtherRescan: flag(
        "Unknown where the plan does not show whether another schedule does it too, more often perhaps; false otherwise.",
      ),
      lifecyclePolicyCount: count("How many lifecycle policies of the plan are attached to the repository."),
      repositoryPolicyCount: count("How many repository policies of the plan are attached to the repository."),
      deniesPush: flag(
        "Whether the repository policy denies pushes to all principals but those that pushExemptions names.",
      ),
      pushExemptions: list(
        "Whom the denial of pushes exempts, besides build roles of the plan and service-linked roles of AWS.",
      ),
      deniesBuildRoles: flag(
        "Whether the denial of pushes applies to build roles too: it exempts none of the plan, and none of allowed_push_principals.",
      ),
      deniesPull: flag(
        "Whether the repository policy denies pulls to all principals but those that pullExemptions names.",
      ),
      pullExemptions: list("Whom the denial of pulls exempts, besides build, execution and service-linked roles."),
      isPullThroughCache: flag("Whether the name lies under the prefix of a pull-through cache rule of the plan."),
    },
  },
  "ecr-registry-policy-statement": {
    description: "A statement of the policy of a registry.",
    facts: {
      ...statementFacts,
      ...grantFacts,
      grantsEveryEcrAction: flag("Whether it allows every action of ECR, or all but some."),
      grantsReplication: flag("Whether it allows ecr:ReplicateImage."),
      callersOutsideAccounts: list(
        "Those whom it lets in that are neither roles of this plan nor of the own accounts; a service where no condition (aws:SourceAccount, aws:SourceArn, aws:SourceOrgID) binds it to these; * for everyone.",
      ),
      createsAnyRepository: flag(
        "Whether it allows ecr:CreateRepository or ecr:BatchImportUpstreamImage for repositories of any name.",
      ),
    },
  },
  "ecr-lifecycle-policy": {
    description:
      "A lifecycle policy: of a repository, or of a repository creation template. Only the first rule that selects an image can expire it; the numbers are those of rules that decide for any image.",
    facts: {
      expiresImages: flag("Whether any rule expires images, rather than moving them to the archive."),
      taggedCoverage: text(
        "Which tagged images rules expire: all, those of some patterns, combined-patterns where every rule asks for several tags at once, or none.",
      ),
      coversTagged: flag(
        "Whether every tagged image is expired some day; unknown with the coverage patterns, because no plan shows which tags are pushed.",
      ),
      coversUntagged: flag("Whether a rule expires untagged images."),
      maxCount: count("Largest number of tagged images that a rule by count keeps; 0 where none goes by count."),
      maxAgeDays: count("Longest time in days that a rule by age keeps tagged images; 0 where none goes by age."),
      maxUntaggedCount: count("Number of images that the rule for untagged ones alone keeps; 0 where it has none."),
      maxUntaggedAgeDays: count("Days that the rule for untagged images alone keeps them; 0 where it has none."),
      keepsByCountOnly: flag("Whether all rules that decide for tagged images go by count."),
      keptImages: count(
        "How many images of each tag stay; unknown where the rules keep different numbers, 0 where one goes by age.",
      ),
      fewestKeptImages: count("The same of the rule that keeps fewest."),
      mostKeptImages: count("The same of the rule that keeps most."),
      anyRuleIsLast: flag("Whether the rule for any image, if there is one, has the highest rulePriority."),
      combinesTags: flag("Whether a rule lists more than one tag pattern or prefix."),
      archivesImages: flag("Whether a rule moves images to the archive storage class."),
    },
  },
  "ecr-pull-through-cache-rule": {
    description: "A pull-through cache rule: what is pulled under its prefix comes from another registry.",
    facts: {
      prefix: text("ecr_repository_prefix; ROOT is for every repository that no other rule is for."),
      upstreamRegistry: text("upstream_registry_url in lower case."),
      upstreamRepositories: text(
        "The registry, with upstream_repository_prefix behind a slash where the rule is for a part of it.",
      ),
      upstreamPublisher: text(
        "First part of upstream_repository_prefix where the upstream is the public gallery: the alias of the publisher.",
      ),
      upstreamAccountId: text("Account of the upstream where it is a private ECR registry."),
      repositoriesUnderPrefix: list("Names of repositories of the plan that lie under the prefix."),
      hasCredential: flag("Whether credential_arn is set."),
      credentialSecretName: text("Name of the secret that credential_arn names."),
    },
  },
  "created-repositories": {
    description:
      "Repositories that ECR creates by itself: by a repository creation template, or under the prefix of a pull-through cache rule.",
    facts: {
      origin: text("template or pull-through-cache-rule."),
      prefix: text("The prefix of the template or rule; ROOT is for all that no other one is for."),
      missing: list(
        "What is not there: lifecycle_policy and repository_policy of a template; for a rule, a template that covers its prefix.",
      ),
      isForPullThroughCache: flag("Whether they are repositories of the pull-through cache."),
      tagMutability: text("image_tag_mutability of a template; MUTABLE where it is not set."),
      tagMutabilityExclusions: list(
        "Filters of tags that stay mutable, with the values …_WITH_EXCLUSION of a template (provider 6).",
      ),
    },
  },
  "rescan-function": {
    description: "A Lambda function, as one that may scan images of the registry again on a schedule.",
    facts: {
      name: text("function_name."),
      outsideRole: text(
        "Name of its role where that is not in the plan; null where it is, or where its name is unknown.",
      ),
      grantsStartImageScan: flag("Whether its role grants ecr:StartImageScan on any repository."),
      grantsImageListing: flag("Whether its role grants ecr:DescribeImages or ecr:ListImages on any repository."),
      missingLinks: list(
        "What lacks between a schedule and the function: schedule where nothing runs it, else target, recurring schedule, enabled state, permission to invoke the function. Of several schedules the best one counts.",
      ),
      scheduleIntervalDays: count("Longest time in days between two runs; 0 where nothing runs it for ever."),
      hasOtherSchedule: flag(
        "Unknown where the plan does not show whether another schedule runs it too, more often perhaps; false otherwise.",
      ),
      isOpenToEveryAccount: flag("Whether a permission lets EventBridge rules of any account invoke it."),
      registryScanType: text(
        "scan_type of the registry scanning configuration in the plan; null where the plan has none.",
      ),
    },
  },
  "ecr-public-repository": {
    description: "A repository of ECR Public.",
    facts: { name: text("Name of the repository.") },
  },
  "ecr-repository-policy-statement": {
    description: "A statement of the policy of an ECR repository, or of a repository creation template.",
    facts: {
      ...statementFacts,
      ...grantFacts,
      grantsPush: flag("Whether it allows an action of a push: PutImage or the upload of a layer."),
      grantsPull: flag("Whether it allows an action of a pull: BatchGetImage, GetDownloadUrlForLayer."),
      administrationActions: list("The actions it allows that change the guards of a repository or delete images."),
      usesNotAction: flag("Whether it allows everything but some actions."),
      callers: list(
        "Whom it lets in, by the principal or, where that is narrower, by a condition: ARNs, addresses of roles of this plan, services; * for everyone.",
      ),
      callersOutsideBuild: list("Those of them that are no build role of this plan."),
      callersOutsideAccounts: list(
        "Those of them that are neither roles of this plan, nor of the own accounts, nor services.",
      ),
      services: list("The AWS services among them."),
      foreignSources: list(
        "What these may call for that is not of the own accounts, by aws:SourceArn, aws:SourceAccount or aws:SourceOrgID; the service itself where no condition says.",
      ),
      grantsEcrActions: flag("Whether any action of ECR is among the statement's actions."),
    },
  },
} as const;
