import type { Arn } from "../../iam/arns.ts";
import type { Join } from "../../joins/join.ts";
import { parseFunctionName } from "../../joins/names.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { accountOf, type JoinContext } from "../context.ts";

export type LambdaFunction = Modelled<"aws_lambda_function">;

/** A function that an attribute names, with the version or alias that is meant; null for the function itself. */
export interface NamedFunction {
  readonly found: Join<LambdaFunction>;
  readonly qualifier: Maybe<string | null>;
}

export function functionNamedBy(name: Maybe<string | null>, from: PlanResource, { joins }: JoinContext): NamedFunction {
  const found = joins.named("aws_lambda_function", name, from);
  if (!(name instanceof Unknown)) return { found, qualifier: parseFunctionName(name ?? "")?.qualifier ?? null };
  const alias = joins.named("aws_lambda_alias", name, from);
  if (alias.kind !== "one") {
    const isVersion = refersTo(name, (attribute) => attribute.startsWith("qualified_"));
    return { found, qualifier: found.kind !== "none" && isVersion ? name : null };
  }
  // The alias knows the name of its function as well.
  const isOfFunction = refersTo(name, (attribute) => attribute === "function_name");
  return { found, qualifier: isOfFunction ? null : alias.match.attributes.name.value };
}

function refersTo({ references }: Unknown, isMeant: (attribute: string) => boolean): boolean {
  return references.some(({ end }) => "target" in end && isMeant(end.target.attribute));
}

/** Whether the function is meant; unknown where it may be. */
export function isNamed(lambda: LambdaFunction, { found }: NamedFunction, from: PlanResource): Maybe<boolean> {
  if (found.kind === "one") return found.match === lambda;
  if (found.kind === "unknown") return found.unknown;
  if (found.kind === "several" && found.matches.includes(lambda))
    return new Unknown("no-join", [], `${from.address} names one of several functions`);
  if (found.kind === "none" && lambda.attributes.function_name.value instanceof Unknown)
    return lambda.attributes.function_name.value;
  return false;
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
