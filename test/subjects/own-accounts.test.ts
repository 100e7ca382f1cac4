import { expect, it } from "vitest";
import { accountsByProvider } from "../../engine/joins/where.ts";
import { readPlan } from "../../engine/plan/read.ts";

const own = "111122223333";
const foreign = "999988887777";

interface Resource {
  readonly type: string;
  /** What the provider computes, and what the author writes. */
  readonly computed?: Record<string, string>;
  readonly written?: Record<string, string>;
}

/** The account of the provider by a plan with these resources, and what `aws_caller_identity` says where it is there. */
function account(resources: readonly Resource[], caller?: string) {
  const provider = "registry.terraform.io/hashicorp/aws";
  const identity = {
    address: "data.aws_caller_identity.this",
    mode: "data",
    type: "aws_caller_identity",
    name: "this",
    provider_name: provider,
    values: { account_id: caller },
  };
  const plan = readPlan({
    format_version: "1.2",
    resource_changes: resources.map(({ type, computed, written }, at) => ({
      address: `${type}.r${at}`,
      mode: "managed",
      type,
      name: `r${at}`,
      provider_name: provider,
      change: { actions: ["no-op"], before: null, after: { ...computed, ...written }, after_unknown: {} },
    })),
    prior_state: { values: { root_module: { resources: caller === undefined ? [] : [identity] } } },
    configuration: {
      root_module: {
        resources: [
          ...resources.map(({ type, written = {} }, at) => ({
            address: `${type}.r${at}`,
            mode: "managed",
            type,
            name: `r${at}`,
            provider_config_key: "aws",
            expressions: Object.fromEntries(
              Object.entries(written).map(([name, value]) => [name, { constant_value: value }]),
            ),
          })),
          { ...identity, values: undefined, provider_config_key: "aws" },
        ],
      },
    },
  });
  return accountsByProvider(plan).get("aws") ?? null;
}

const bus = (id: string) => `arn:aws:events:eu-west-1:${id}:event-bus/central`;
const role = (id: string) => `arn:aws:iam::${id}:role/app`;

it.each<[readonly Resource[], string | undefined, string | null, string]>([
  [[], undefined, null, "nothing states it"],
  [[], own, own, "the caller's identity"],
  [[{ type: "aws_iam_role", computed: { arn: role(own) } }], undefined, own, "the ARN of a role that is there"],
  [[{ type: "aws_ecr_repository", computed: { registry_id: own } }], undefined, own, "the registry of a repository"],
  [[{ type: "aws_vpc", computed: { owner_id: own } }], undefined, own, "the owner of a VPC"],
  [[{ type: "aws_s3_bucket", computed: { arn: "arn:aws:s3:::assets" } }], undefined, null, "a bucket's ARN has none"],
  [
    [{ type: "aws_cloudwatch_event_target", written: { arn: bus(foreign) } }],
    undefined,
    null,
    "a target is an argument",
  ],
  [
    [{ type: "aws_cloudwatch_event_target", written: { arn: bus(foreign) } }],
    own,
    own,
    "nor does it win over the caller",
  ],
  [
    [
      { type: "aws_iam_role", computed: { arn: role(own) } },
      { type: "aws_cloudwatch_event_target", written: { arn: bus(foreign) } },
    ],
    undefined,
    own,
    "nor over what is computed",
  ],
  [[{ type: "aws_lakeformation_resource", written: { arn: role(foreign) } }], undefined, null, "what is registered"],
  [[{ type: "aws_sns_topic_policy", written: { arn: bus(foreign) } }], undefined, null, "the topic of a policy"],
  [[{ type: "aws_some_new_type", written: { arn: bus(foreign) } }], undefined, null, "any argument"],
  [
    [{ type: "aws_sns_topic_subscription", computed: { arn: bus(foreign), owner_id: foreign } }],
    undefined,
    null,
    "a subscription stands with the topic, which may be another account's",
  ],
  [[{ type: "aws_iam_role", computed: { arn: role(foreign) } }], own, own, "the caller's identity wins"],
  [
    [
      { type: "aws_iam_role", computed: { arn: role(own) } },
      { type: "aws_iam_user", computed: { arn: role(foreign) } },
    ],
    undefined,
    null,
    "two accounts for one provider are none",
  ],
])("%j with the caller %j: %j, as %s", (resources, caller, expected) => {
  expect(account(resources, caller)).toBe(expected);
});
