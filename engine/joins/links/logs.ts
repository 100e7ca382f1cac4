import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { Unknown } from "../../plan/unknown.ts";
import { inFacts, known, link, linkFrom, type Place, placesOf } from "./link.ts";

const group = "aws_cloudwatch_log_group";

/**
 * Where builds and functions log that name no group.
 * Sources: CodeBuild User Guide, "Build project: logs"; Lambda Developer Guide, "Sending logs to CloudWatch Logs".
 */
function groupOrDefault(written: Attribute<string | null>, name: Attribute<string | null>, prefix: string): Place[] {
  if (written.state !== "unset") return placesOf(written);
  const { value, path } = name;
  return value === null || value instanceof Unknown ? [] : [{ value: `${prefix}${value}`, path, isShown: false }];
}

function buildGroups({ attributes }: Modelled<"aws_codebuild_project">): Place[] {
  const [logs] = known(attributes.logs_config);
  const [watched] = logs === undefined ? [] : known(logs.cloudwatch_logs);
  if (watched?.status.value === "DISABLED") return [];
  const unset = { state: "unset", value: null, path: attributes.name.path, sensitive: false } as const;
  return groupOrDefault(watched?.group_name ?? unset, attributes.name, "/aws/codebuild/");
}

/** Groups that builds, functions, sessions of ECS Exec and flow logs write to. Those of containers have a row of their own. */
export const logLinks = {
  buildLogGroup: linkFrom(({ model }) => model.aws_codebuild_project, buildGroups, group, inFacts),
  functionLogGroup: linkFrom(
    ({ model }) => model.aws_lambda_function,
    ({ attributes }) =>
      groupOrDefault(attributes.logging_config.only.log_group, attributes.function_name, "/aws/lambda/"),
    group,
    inFacts,
  ),
  sessionLogGroup: linkFrom(
    ({ model }) => model.aws_ecs_cluster,
    ({ attributes }) =>
      placesOf(
        attributes.configuration.only.execute_command_configuration.only.log_configuration.only
          .cloud_watch_log_group_name,
      ),
    group,
    inFacts,
  ),
  flowLogVpc: link("aws_flow_log", "vpc_id", "aws_vpc", inFacts),
  flowLogGroup: linkFrom(
    ({ model }) => model.aws_flow_log,
    ({ attributes: { log_destination: destination, log_group_name: name, log_destination_type: type } }) =>
      type.value === "cloud-watch-logs" ? placesOf(name.state === "unset" ? destination : name) : [],
    group,
    inFacts,
  ),
};
