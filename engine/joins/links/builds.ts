import type { Modelled } from "../../model/model.ts";
import { elementsOf, Unknown } from "../../plan/unknown.ts";
import { known, link, linkFrom, nowhere, type Place, picture, placesOf, written } from "./link.ts";

const role = "aws_iam_role";

type Project = Modelled<"aws_codebuild_project">;

function buildVariables(type: string, nameOf: (value: string) => string = (value) => value) {
  return ({ attributes }: Project): Place[] =>
    known(attributes.environment)
      .slice(0, 1)
      .flatMap((environment) => known(environment.environment_variable))
      .filter((variable) => variable.type.value === type && variable.value.state !== "unset")
      .map(({ value: { value, path } }) => written(typeof value === "string" ? nameOf(value) : value, path));
}

function batchRoles({ value, path }: Project["attributes"]["build_batch_config"]): Place[] {
  return elementsOf(value).flatMap((batch) =>
    batch instanceof Unknown ? [{ ...written(batch, path), isWhole: true }] : placesOf(batch.service_role),
  );
}

/** `id:json-key:stage:version`, where the id may be an ARN. Source: CodeBuild User Guide, "Build specification reference". */
function secretId(value: string): string {
  return value.startsWith("arn:") ? value : (value.split(":")[0] ?? value);
}

/** What CodeBuild names. */
export const buildLinks = {
  buildRole: link("aws_codebuild_project", "service_role", role),
  webhookProject: link("aws_codebuild_webhook", "project_name", "aws_codebuild_project"),
  buildRoles: linkFrom(
    ({ model }) => model.aws_codebuild_project,
    ({ attributes }) => [...placesOf(attributes.service_role), ...batchRoles(attributes.build_batch_config)],
    role,
    nowhere,
  ),
  buildParameter: linkFrom(
    ({ model }) => model.aws_codebuild_project,
    buildVariables("PARAMETER_STORE"),
    "aws_ssm_parameter",
    picture,
  ),
  buildSecret: linkFrom(
    ({ model }) => model.aws_codebuild_project,
    buildVariables("SECRETS_MANAGER", secretId),
    "aws_secretsmanager_secret",
    picture,
  ),
};
