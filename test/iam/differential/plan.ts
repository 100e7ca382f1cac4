import { encode } from "../../check-fixture.ts";
import { own } from "./grammar.ts";
import type { StatementJson } from "./policy-language.ts";

/** One document of each kind. */
export interface Documents {
  readonly repository: readonly StatementJson[];
  readonly registry: readonly StatementJson[];
  readonly secret: readonly StatementJson[];
  readonly trust: readonly StatementJson[];
  readonly identity: readonly StatementJson[];
}

const policy = (statements: readonly StatementJson[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const trusts = (service: string) =>
  policy([{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }]);

/** A plan that has these documents, as of objects that exist already. */
export function planOf(all: readonly Documents[]): Uint8Array {
  const role = (name: string, trust: string): [string, string, Record<string, unknown>] => [
    "aws_iam_role",
    name,
    { name, path: "/", arn: `arn:aws:iam::${own}:role/${name}`, assume_role_policy: trust },
  ];
  const arnOf = (name: string) => `arn:aws:iam::${own}:role/${name}`;
  const resources = [
    role("build", trusts("codebuild.amazonaws.com")),
    ...all.flatMap((documents, at): [string, string, Record<string, unknown>][] => [
      ["aws_ecr_repository", `r${at}`, { name: `r${at}` }],
      ["aws_ecr_repository_policy", `p${at}`, { repository: `r${at}`, policy: policy(documents.repository) }],
      ["aws_ecr_registry_policy", `g${at}`, { policy: policy(documents.registry) }],
      ["aws_secretsmanager_secret_policy", `s${at}`, { secret_arn: `s${at}`, policy: policy(documents.secret) }],
      role(`t${at}`, policy(documents.trust)),
      role(`h${at}`, trusts("ecs-tasks.amazonaws.com")),
      ["aws_iam_role_policy", `h${at}`, { name: "h", role: `h${at}`, policy: policy(documents.identity) }],
      [
        "aws_ecs_task_definition",
        `t${at}`,
        { family: `t${at}`, task_role_arn: arnOf(`t${at}`), execution_role_arn: arnOf("x") },
      ],
      [
        "aws_ecs_task_definition",
        `h${at}`,
        { family: `h${at}`, task_role_arn: arnOf(`h${at}`), execution_role_arn: arnOf(`h${at}`) },
      ],
    ]),
  ];
  return encode({
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: resources.map(([type, name, after]) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: { actions: ["no-op"], before: after, after, after_unknown: {}, after_sensitive: false },
    })),
    configuration: {
      root_module: {
        resources: resources.map(([type, name, after]) => ({
          address: `${type}.${name}`,
          mode: "managed",
          type,
          name,
          provider_config_key: "aws",
          expressions: Object.fromEntries(
            Object.entries(after)
              .filter(([attribute]) => attribute !== "arn")
              .map(([attribute, value]) => [attribute, { constant_value: value }]),
          ),
        })),
      },
    },
  });
}
