import { attribute, block, onlyBlock } from "./attribute.ts";
import { buildspecText } from "./buildspec-text.ts";
import { boolean, string, strings } from "./schemas.ts";

const source = {
  type: attribute(string),
  location: attribute(string),
  buildspec: buildspecText,
  insecure_ssl: attribute(boolean, { default: false }),
};

const artifacts = {
  type: attribute(string),
  encryption_disabled: attribute(boolean, { default: false }),
};

export const codebuildProject = {
  name: attribute(string),
  arn: attribute(string, { kind: "computed" }),
  id: attribute(string, { kind: "computed" }),
  service_role: attribute(string),
  build_batch_config: block({ service_role: attribute(string) }),
  project_visibility: attribute(string, { default: "PRIVATE" }),
  environment: onlyBlock({
    type: attribute(string),
    privileged_mode: attribute(boolean, { default: false }),
    environment_variable: block({
      name: attribute(string),
      type: attribute(string, { default: "PLAINTEXT" }),
      value: attribute(string, { mayBeEmpty: true }),
    }),
  }),
  source: onlyBlock(source),
  secondary_sources: block(source, { nesting: "set" }),
  artifacts: block(artifacts),
  secondary_artifacts: block(artifacts, { nesting: "set" }),
  logs_config: block({
    cloudwatch_logs: block({
      status: attribute(string, { default: "ENABLED" }),
      group_name: attribute(string),
    }),
    s3_logs: block({
      status: attribute(string, { default: "DISABLED" }),
      encryption_disabled: attribute(boolean, { default: false }),
    }),
  }),
};

export const codebuildWebhook = {
  project_name: attribute(string),
  branch_filter: attribute(string),
  filter_group: block(
    {
      filter: block({
        type: attribute(string),
        pattern: attribute(string, { mayBeEmpty: true }),
        exclude_matched_pattern: attribute(boolean, { default: false }),
      }),
    },
    { nesting: "set" },
  ),
  /** Since provider 6. */
  pull_request_build_policy: block({
    requires_comment_approval: attribute(string),
    approver_roles: attribute(strings, { default: [], kind: "optional-computed" }),
  }),
};

export const codepipeline = {
  artifact_store: block({ encryption_key: onlyBlock({ id: attribute(string) }) }, { nesting: "set" }),
};

export const codebuildReportGroup = {
  export_config: onlyBlock({ s3_destination: onlyBlock({ encryption_key: attribute(string) }) }),
};

export const signerSigningProfile = {
  platform_id: attribute(string),
};
