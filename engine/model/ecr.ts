import { attribute, block, onlyBlock } from "./attribute.ts";
import { lifecycleText } from "./lifecycle-text.ts";
import { policyText } from "./policy-text.ts";
import { boolean, string, strings } from "./schemas.ts";

/** Defaults as the provider fills them in; source: the provider's documentation of each resource. */
export const ecrRepository = {
  name: attribute(string),
  arn: attribute(string, { kind: "computed" }),
  id: attribute(string, { kind: "computed" }),
  image_tag_mutability: attribute(string, { default: "MUTABLE" }),
  /** Since provider 6. */
  image_tag_mutability_exclusion_filter: block({ filter: attribute(string) }),
  image_scanning_configuration: onlyBlock({ scan_on_push: attribute(boolean, { default: false }) }),
};

export const ecrRepositoryPolicy = {
  repository: attribute(string),
  policy: policyText(),
};

export const ecrLifecyclePolicy = {
  repository: attribute(string),
  policy: lifecycleText(),
};

export const ecrRegistryScanningConfiguration = {
  scan_type: attribute(string),
  rule: block(
    {
      scan_frequency: attribute(string),
      repository_filter: block({ filter: attribute(string) }, { nesting: "set" }),
    },
    { nesting: "set" },
  ),
};

export const ecrPullThroughCacheRule = {
  ecr_repository_prefix: attribute(string),
  id: attribute(string, { kind: "computed" }),
  upstream_registry_url: attribute(string),
  /** `ROOT` stands for every repository of the upstream. */
  upstream_repository_prefix: attribute(string, { default: "ROOT" }),
  credential_arn: attribute(string),
};

/** What ECR gives to the repositories that it creates by itself. */
export const ecrRepositoryCreationTemplate = {
  prefix: attribute(string),
  applied_for: attribute(strings, { default: [] }),
  image_tag_mutability: attribute(string, { default: "MUTABLE" }),
  /** Since provider 6. */
  image_tag_mutability_exclusion_filter: block({ filter: attribute(string) }),
  lifecycle_policy: lifecycleText(),
  repository_policy: policyText(),
};

export const ecrpublicRepository = {
  repository_name: attribute(string),
};

export const ecrRegistryPolicy = {
  policy: policyText(),
};

export const ecrAccountSetting = {
  name: attribute(string),
  value: attribute(string),
};

/** Where a registry copies its images. Without a filter a rule is for all repositories. */
export const ecrReplicationConfiguration = {
  replication_configuration: onlyBlock({
    rule: block({
      destination: block({ region: attribute(string), registry_id: attribute(string) }),
      repository_filter: block({ filter: attribute(string) }),
    }),
  }),
};
