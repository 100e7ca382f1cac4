import type { Attribute } from "../../model/attribute.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { Invocation } from "../invocations.ts";
import { byName, inFacts, link, linkFrom, type Place, picture, placesOf, type Sources, written } from "./link.ts";

const role = "aws_iam_role";

const invoking = (sources: Sources) => sources.invocations();

/** People see what is known to start no tasks only. */
function invoked(select: (named: Exclude<Invocation["named"], Unknown>) => Attribute<unknown>) {
  return ({ named }: Invocation): Place[] =>
    named instanceof Unknown
      ? []
      : placesOf(select(named)).map((place) => ({ ...place, isShown: place.isShown && named.isNoTask }));
}

/** What starts functions and tasks, and what it names. */
export const invocationLinks = {
  targetRule: linkFrom(
    ({ model }) => model.aws_cloudwatch_event_target,
    ({ attributes }) => [
      { ...written(attributes.rule.value, attributes.rule.path), within: attributes.event_bus_name.value },
    ],
    "aws_cloudwatch_event_rule",
    { ...byName, isOfManyTypes: true },
  ),
  invokedFunction: linkFrom(
    invoking,
    invoked(({ arn }) => arn),
    "aws_lambda_function",
    { isOfManyTypes: true },
  ),
  scheduleRole: linkFrom(
    (sources) => invoking(sources).filter(({ of }) => of.type === "schedule"),
    invoked(({ role: named }) => named),
    role,
  ),
  permittedFunction: link("aws_lambda_permission", "function_name", "aws_lambda_function", { isOfManyTypes: true }),
  urlFunction: link("aws_lambda_function_url", "function_name", "aws_lambda_function", {
    ...inFacts,
    isOfManyTypes: true,
  }),
  functionRole: link("aws_lambda_function", "role", role),
  functionImage: link("aws_lambda_function", "image_uri", "image", picture),
  targetRole: link("aws_cloudwatch_event_target", "role_arn", role, picture),
};
