import * as z from "zod";
import { attribute, block, listOf, onlyBlock } from "./attribute.ts";

const source = {
  type: attribute(z.string()),
  location: attribute(z.string()),
  buildspec: attribute(z.string()),
  insecure_ssl: attribute(z.boolean(), { default: false }),
};

const artifacts = {
  type: attribute(z.string()),
  encryption_disabled: attribute(z.boolean(), { default: false }),
};

export const codebuildProject = {
  name: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
  id: attribute(z.string(), { kind: "computed" }),
  service_role: attribute(z.string()),
  build_batch_config: block({ service_role: attribute(z.string()) }),
  project_visibility: attribute(z.string(), { default: "PRIVATE" }),
  environment: onlyBlock({
    type: attribute(z.string()),
    privileged_mode: attribute(z.boolean(), { default: false }),
    environment_variable: block({
      name: attribute(z.string()),
      type: attribute(z.string(), { default: "PLAINTEXT" }),
      value: attribute(z.string(), { mayBeEmpty: true }),
    }),
  }),
  source: onlyBlock(source),
  secondary_sources: block(source, { nesting: "set" }),
  artifacts: block(artifacts),
  secondary_artifacts: block(artifacts, { nesting: "set" }),
  logs_config: block({
    cloudwatch_logs: block({ status: attribute(z.string(), { default: "ENABLED" }) }),
    s3_logs: block({
      status: attribute(z.string(), { default: "DISABLED" }),
      encryption_disabled: attribute(z.boolean(), { default: false }),
    }),
  }),
};

export const codebuildWebhook = {
  project_name: attribute(z.string()),
  branch_filter: attribute(z.string()),
  filter_group: block(
    {
      filter: block({
        type: attribute(z.string()),
        pattern: attribute(z.string(), { mayBeEmpty: true }),
        exclude_matched_pattern: attribute(z.boolean(), { default: false }),
      }),
    },
    { nesting: "set" },
  ),
  /** Since provider 6. */
  pull_request_build_policy: block({
    requires_comment_approval: attribute(z.string()),
    approver_roles: attribute(listOf(z.string()), { default: [], kind: "optional-computed" }),
  }),
};

export const signerSigningProfile = {
  platform_id: attribute(z.string()),
};
