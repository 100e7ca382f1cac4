import type { Join } from "../../joins/join.ts";
import { anySource } from "../../joins/reverse.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf, map, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

type Listener = Modelled<"aws_lb_listener">;
type ListenerRule = Modelled<"aws_lb_listener_rule">;
type Balancer = Modelled<"aws_lb">;
type TargetGroup = Modelled<"aws_lb_target_group">;

/** The listeners of load balancers. */
export function listenerSubjects(context: JoinContext): SubjectOf<"lb-listener">[] {
  const { model, joins } = context;
  return model.aws_lb_listener.map((listener) => {
    const { resource, attributes } = listener;
    const { protocol, ssl_policy: policy, default_action: action } = attributes;
    const balancer = joins.from(listener, "listenerBalancer");
    return subject("lb-listener", resource, null, {
      protocol,
      isInFront: derivedFact(
        balancer.kind === "one" ? leadsToService(context)(balancer.match) : isInFront(context)(listener),
        { path: attributes.load_balancer_arn.path },
      ),
      forwards: derivedFact(forwards(listener, context), { path: action.path }),
      sslPolicy: policy.state === "unset" ? { ...policy, value: defaultPolicy } : policy,
      isInternal:
        balancer.kind === "one"
          ? derivedFact(balancer.match.attributes.internal.value, {
              path: "internal",
              address: balancer.match.resource.address,
            })
          : derivedFact<boolean>(new Unknown("no-join", [], "whether the load balancer is internal")),
    });
  });
}

/** Source: Elastic Load Balancing API Reference, CreateListener.SslPolicy. */
const defaultPolicy = "ELBSecurityPolicy-2016-08";

/** Whether a load balancer leads to a service by any of its listeners: one that redirects stands in front of it too. */
const leadsToService = once((context: JoinContext) =>
  once(
    (balancer: Balancer): Maybe<boolean> =>
      anySource(context.joins.to(balancer, "listenerBalancer"), isInFront(context)),
  ),
);

const isInFront = once((context: JoinContext) =>
  once(
    (listener: Listener): Maybe<boolean> =>
      anyOf([
        ...targetsOf(listener, context).map((target) => map(target, isOfService(context))),
        anySource(context.joins.to(listener, "ruleListener"), (rule) =>
          anyOf(ruleTargets(rule, context).map((target) => map(target, isOfService(context)))),
        ),
      ]),
  ),
);

function targetsOf(listener: Listener, { joins }: JoinContext): Maybe<TargetGroup>[] {
  return joins.each(listener, "listenerTargets").flatMap(({ join }) => groupsIn(join));
}

function ruleTargets(rule: ListenerRule, { joins }: JoinContext): Maybe<TargetGroup>[] {
  return joins.each(rule, "ruleTargets").flatMap(({ join }) => groupsIn(join));
}

/** Of several that may be meant each is looked at: all of them stand behind listeners of this plan. */
function groupsIn(join: Join<TargetGroup>): readonly Maybe<TargetGroup>[] {
  if (join.kind === "unknown") return [join.unknown];
  if (join.kind === "one") return [join.match];
  return join.kind === "several" ? join.matches : [];
}

const isOfService = once((context: JoinContext) =>
  once((group: TargetGroup): Maybe<boolean> => anySource(context.joins.to(group, "serviceTargets"))),
);

/** Whether it passes requests on or redirects to anything but HTTPS, by what it does by default or by a rule. */
function forwards(listener: Listener, { joins }: JoinContext): Maybe<boolean> {
  return anyOf([
    passesOn(listener.attributes.default_action),
    anySource(joins.to(listener, "ruleListener"), ({ attributes }) => passesOn(attributes.action)),
  ]);
}

function passesOn({ value }: Listener["attributes"]["default_action"]): Maybe<boolean> {
  return anyOf(
    elementsOf(value).map((action) =>
      action instanceof Unknown
        ? action
        : anyOf([
            test(action.type.value, (type) => type === "forward"),
            ...elementsOf(action.redirect.value).map((redirect) =>
              redirect instanceof Unknown ? redirect : test(redirect.protocol.value, (name) => name !== "HTTPS"),
            ),
          ]),
    ),
  );
}
