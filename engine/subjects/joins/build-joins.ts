import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import type { ResourceJoin } from "./attribute-joins.ts";
import { join } from "./join.ts";
import { secretNamedBy } from "./relations.ts";

/** The parameters and secrets that the variables of build projects are read from. */
export function buildJoins(context: JoinContext): ResourceJoin[] {
  return context.model.aws_codebuild_project.flatMap(({ resource, attributes }) => {
    const variables = attributes.environment.only.environment_variable;
    return (variables.value instanceof Unknown ? [] : variables.value).flatMap((variable) =>
      variable instanceof Unknown ? [] : variableJoin(resource, variable.type.value, variable.value, context),
    );
  });
}

function variableJoin(
  resource: PlanResource,
  type: unknown,
  { value, path }: Attribute<string | null>,
  context: JoinContext,
): ResourceJoin[] {
  if (type === "PARAMETER_STORE") {
    const keys = ({ attributes }: Modelled<"aws_ssm_parameter">) => [attributes.name.value, attributes.arn.value];
    const found = join(value, resource, context.model.aws_ssm_parameter, keys);
    return [{ resource, path, to: "aws_ssm_parameter", join: found }];
  }
  if (type !== "SECRETS_MANAGER") return [];
  // `id:json-key:stage:version`, where the id may be an ARN. Source: CodeBuild User Guide, "Build specification reference".
  const id = typeof value === "string" && !value.startsWith("arn:") ? (value.split(":")[0] ?? value) : value;
  return [{ resource, path, to: "aws_secretsmanager_secret", join: secretNamedBy(id, resource, context) }];
}
