import type { Arn } from "../../iam/arns.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { accountOf, type JoinContext } from "../context.ts";
import { type Join, join } from "../joins/join.ts";

export type LambdaFunction = Modelled<"aws_lambda_function">;

/** A function that an attribute names, with the version or alias that is meant; null for the function itself. */
export interface NamedFunction {
  readonly found: Join<LambdaFunction>;
  readonly qualifier: Maybe<string | null>;
}

/** A name, an ARN or a partial ARN of a function, with or without a qualifier. Source: Lambda API Reference, Invoke. */
const functionName =
  /^(?:(?:arn:[^:]+:lambda:[^:]*:)?(?:\d{12}:)?function:|\d{12}:)?([A-Za-z0-9_-]+)(?::([A-Za-z0-9$_-]+))?$/;

export function functionNamedBy(name: Maybe<string | null>, from: PlanResource, context: JoinContext): NamedFunction {
  if (name instanceof Unknown) return functionReferredTo(name, from, context);
  const [, ofFunction, qualifier] = functionName.exec(name ?? "") ?? [];
  if (ofFunction === undefined) return { found: { kind: "none" }, qualifier: null };
  const found = join(ofFunction, from, context.model.aws_lambda_function, ({ attributes }) => [
    attributes.function_name.value,
  ]);
  return { found, qualifier: qualifier ?? null };
}

function functionReferredTo(name: Unknown, from: PlanResource, context: JoinContext): NamedFunction {
  const { model } = context;
  const alias = join(name, from, model.aws_lambda_alias, () => []);
  if (alias.kind === "one") {
    const { resource, attributes } = alias.match;
    const { found } = functionNamedBy(attributes.function_name.value, resource, context);
    // The alias knows the name of its function as well.
    const isOfFunction = refersTo(name, (attribute) => attribute === "function_name");
    return { found, qualifier: isOfFunction ? null : attributes.name.value };
  }
  const isOther =
    name.references.length > 0 && name.references.every(({ end }) => "target" in end && isOtherType(end.target.type));
  if (isOther) return { found: { kind: "none" }, qualifier: null };
  const isVersion = refersTo(name, (attribute) => attribute.startsWith("qualified_"));
  return { found: join(name, from, model.aws_lambda_function, () => []), qualifier: isVersion ? name : null };
}

function refersTo({ references }: Unknown, isMeant: (attribute: string) => boolean): boolean {
  return references.some(({ end }) => "target" in end && isMeant(end.target.attribute));
}

/** A value that comes from resources of AWS of other types only is that of no function. */
function isOtherType(type: string): boolean {
  return type.startsWith("aws_") && type !== "aws_lambda_function" && type !== "aws_lambda_alias";
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
