import type { Arn } from "../../iam/arns.ts";
import { parseFunctionName } from "../../joins/names.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { accountOf, type JoinContext } from "../context.ts";

export type LambdaFunction = Modelled<"aws_lambda_function">;

/** The version or alias of a function that a name means; null for the function itself. */
export function qualifierOf(
  name: Maybe<string | null>,
  from: PlanResource,
  { joins }: JoinContext,
): Maybe<string | null> {
  if (!(name instanceof Unknown)) return parseFunctionName(name ?? "")?.qualifier ?? null;
  const alias = joins.named("aws_lambda_alias", name, from);
  if (alias.kind !== "one") return refersTo(name, (attribute) => attribute.startsWith("qualified_")) ? name : null;
  // The alias knows the name of its function as well.
  return refersTo(name, (attribute) => attribute === "function_name") ? null : alias.match.attributes.name.value;
}

function refersTo({ references }: Unknown, isMeant: (attribute: string) => boolean): boolean {
  return references.some(({ end }) => "target" in end && isMeant(end.target.attribute));
}

/** The function's ARN, with the qualifier behind it where one is meant. */
export function functionArn(
  { resource, attributes }: LambdaFunction,
  qualifier: Maybe<string | null>,
  context: JoinContext,
): Arn {
  const name = attributes.function_name.value ?? new Unknown("unexpected-shape");
  const whole = qualifier === null || name instanceof Unknown ? name : qualifier;
  return {
    service: "lambda",
    region: resource.region,
    account: accountOf(resource, context),
    prefix: "function:",
    name: whole instanceof Unknown || qualifier === null ? whole : `${String(name)}:${whole}`,
  };
}
