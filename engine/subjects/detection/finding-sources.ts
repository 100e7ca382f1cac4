import { getOrAdd } from "../../joins/maps.ts";
import { anySource } from "../../joins/reverse.ts";
import { parseJsonText } from "../../model/json-text.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { targetsOf } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { type EventKind, matchesEvents } from "./event-pattern.ts";

type Rule = Modelled<"aws_cloudwatch_event_rule">;

/**
 * Where findings come from, and the events that announce them. Sources: GuardDuty User Guide, "Creating custom responses
 * to GuardDuty findings with EventBridge"; ECR User Guide, "Amazon ECR events and EventBridge"; Inspector User Guide,
 * "Amazon EventBridge event schema".
 */
const events = {
  guardduty: { source: "aws.guardduty", detailType: "GuardDuty Finding" },
  ecr: { source: "aws.ecr", detailType: "ECR Image Scan" },
  inspector: { source: "aws.inspector2", detailType: "Inspector2 Finding" },
} as const satisfies Readonly<Record<string, EventKind>>;

export function findingSourceSubjects(context: JoinContext): SubjectOf<"finding-source">[] {
  const { model } = context;
  return [
    ...model.aws_guardduty_detector.map(({ resource }) =>
      findingSource(resource, "guardduty", events.guardduty, context),
    ),
    ...model.aws_ecr_registry_scanning_configuration.map(({ resource, attributes }) => {
      const { value } = attributes.scan_type;
      if (value instanceof Unknown) return findingSource(resource, value, value, context);
      const source = value === "ENHANCED" ? "inspector" : "ecr";
      return findingSource(resource, source, events[source], context);
    }),
  ];
}

function findingSource(
  resource: PlanResource,
  source: Maybe<string>,
  event: Maybe<EventKind>,
  context: JoinContext,
): SubjectOf<"finding-source"> {
  const { sure, isRouted } = routing(context)(context.joins.beside("aws_cloudwatch_event_rule", resource))(event);
  const note = sure.length > 0 ? `by ${sure.join(", ")}` : "no EventBridge rule of this plan shows anybody";
  return subject("finding-source", resource, null, {
    source: derivedFact(source),
    isRouted: derivedFact(isRouted, { note: isRouted instanceof Unknown ? null : note }),
  });
}

/** What rules do with events of a kind: the rules of one region are the same for all sources in it. */
const routing = once((context: JoinContext) =>
  once((rules: readonly Rule[]) => {
    const found = new Map<Maybe<EventKind>, { sure: string[]; isRouted: Maybe<boolean> }>();
    return (event: Maybe<EventKind>) => getOrAdd(found, event, () => routesOf(rules, event, context));
  }),
);

function routesOf(rules: readonly Rule[], event: Maybe<EventKind>, context: JoinContext) {
  const routes = rules.map((rule) => ({ rule, isRoute: isRoute(rule, event, context) }));
  const sure = routes.filter(({ isRoute: holds }) => holds === true).map(({ rule }) => rule.resource.address);
  const stray = strayTarget(event, rules, context);
  return { sure, isRouted: anyOf([...routes.map(({ isRoute: holds }) => holds), stray]) };
}

function isRoute(rule: Rule, event: Maybe<EventKind>, context: JoinContext): Maybe<boolean> {
  return allOf([isOnDefaultBus(rule), isOn(rule), letsThrough(rule, event), hasTarget(rule, context)]);
}

/** AWS services send their events to the default bus of the account. */
function isOnDefaultBus({ attributes }: Rule): Maybe<boolean> {
  return test(attributes.event_bus_name.value, (name) => name === "default" || name?.endsWith("/default") === true);
}

function isOn({ attributes }: Rule): Maybe<boolean> {
  return allOf([
    test(attributes.state.value, (state) => state !== "DISABLED"),
    test(attributes.is_enabled.value, (isEnabled) => isEnabled !== false),
  ]);
}

function letsThrough({ attributes }: Rule, event: Maybe<EventKind>): Maybe<boolean> {
  const text = attributes.event_pattern.value;
  if (text === null) return false;
  if (text instanceof Unknown) return text;
  if (event instanceof Unknown) return event;
  return matchesEvents(parseJsonText(text), event);
}

function hasTarget(rule: Rule, { joins }: JoinContext): Maybe<boolean> {
  return anySource(joins.to(rule, "targetRule"), ({ attributes }) => tells(attributes.arn.value));
}

/** A target of a rule that the plan does not tell may be the one that tells somebody. */
function strayTarget(event: Maybe<EventKind>, rules: readonly Rule[], { model }: JoinContext): Maybe<boolean> {
  const unnamed = rules.find(({ attributes }) => attributes.name.value instanceof Unknown);
  if (unnamed === undefined || model.aws_cloudwatch_event_target.length === 0) return false;
  return allOf([isOnDefaultBus(unnamed), isOn(unnamed), letsThrough(unnamed, event)]) === false
    ? false
    : new Unknown("no-join", [], `the name of ${unnamed.resource.address}`);
}

/** Services that pass a finding on; a log group or a stream keeps it and tells nobody. */
const services = new Set(["sns", "sqs", "lambda", "events", "states", "chatbot", "ssm-incidents"]);
const types =
  /^aws_(?:sns_topic|sqs_queue|lambda_|cloudwatch_event_(?:bus|api_destination)|sfn_|chatbot_|ssmincidents_)/;

function tells(arn: Maybe<string | null>): Maybe<boolean> {
  if (!(arn instanceof Unknown)) return services.has(arn?.split(":")[2] ?? "");
  return targetsOf(arn.references)?.every(({ type }) => types.test(type)) === true ? true : arn;
}
