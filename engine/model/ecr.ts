import * as z from "zod";
import { attribute, block, listOf, onlyBlock } from "./attribute.ts";
import { lifecycleText } from "./lifecycle-text.ts";
import { policyText } from "./policy-text.ts";

/** Defaults as the provider fills them in; source: the provider's documentation of each resource. */
export const ecrRepository = {
  name: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
  id: attribute(z.string(), { kind: "computed" }),
  image_tag_mutability: attribute(z.string(), { default: "MUTABLE" }),
  /** Since provider 6. */
  image_tag_mutability_exclusion_filter: block({ filter: attribute(z.string()) }),
  image_scanning_configuration: onlyBlock({ scan_on_push: attribute(z.boolean(), { default: false }) }),
};

export const ecrRepositoryPolicy = {
  repository: attribute(z.string()),
  policy: policyText(),
};

export const ecrLifecyclePolicy = {
  repository: attribute(z.string()),
  policy: lifecycleText(),
};

export const ecrRegistryScanningConfiguration = {
  scan_type: attribute(z.string()),
  rule: block(
    {
      scan_frequency: attribute(z.string()),
      repository_filter: block({ filter: attribute(z.string()) }, { nesting: "set" }),
    },
    { nesting: "set" },
  ),
};

export const ecrPullThroughCacheRule = {
  ecr_repository_prefix: attribute(z.string()),
  id: attribute(z.string(), { kind: "computed" }),
  upstream_registry_url: attribute(z.string()),
  /** `ROOT` stands for every repository of the upstream. */
  upstream_repository_prefix: attribute(z.string(), { default: "ROOT" }),
  credential_arn: attribute(z.string()),
};

/** What ECR gives to the repositories that it creates by itself. */
export const ecrRepositoryCreationTemplate = {
  prefix: attribute(z.string()),
  applied_for: attribute(listOf(z.string()), { default: [] }),
  image_tag_mutability: attribute(z.string(), { default: "MUTABLE" }),
  /** Since provider 6. */
  image_tag_mutability_exclusion_filter: block({ filter: attribute(z.string()) }),
  lifecycle_policy: lifecycleText(),
  repository_policy: policyText(),
};

export const ecrpublicRepository = {
  repository_name: attribute(z.string()),
};

export const ecrRegistryPolicy = {
  policy: policyText(),
};

export const ecrAccountSetting = {
  name: attribute(z.string()),
  value: attribute(z.string()),
};
