import type { Modelled } from "../../model/model.ts";
import { elementsOf, Unknown } from "../../plan/unknown.ts";
import { inFacts, link, linkFrom, type Place, placesOf, written } from "./link.ts";

type Actions = Modelled<"aws_lb_listener">["attributes"]["default_action"];

/** The target groups that actions forward to. What an action is that the plan does not tell may be any. */
function forwarding({ value, path }: Actions): Place[] {
  return elementsOf(value).flatMap((action) => {
    if (action instanceof Unknown) return [{ ...written(action, path), isWhole: true }];
    const forwards = elementsOf(action.forward.value).flatMap((forward): Place[] =>
      forward instanceof Unknown
        ? [{ ...written(forward, action.forward.path), isWhole: true }]
        : elementsOf(forward.target_group.value).flatMap((group) =>
            group instanceof Unknown
              ? [{ ...written(group, forward.target_group.path), isWhole: true }]
              : placesOf(group.arn),
          ),
    );
    return [...placesOf(action.target_group_arn).filter(({ isShown }) => isShown), ...forwards];
  });
}

/** What leads from a load balancer to the tasks of a service. */
export const listenerLinks = {
  listenerBalancer: link("aws_lb_listener", "load_balancer_arn", "aws_lb", inFacts),
  listenerTargets: linkFrom(
    ({ model }) => model.aws_lb_listener,
    ({ attributes }) => forwarding(attributes.default_action),
    "aws_lb_target_group",
    inFacts,
  ),
  ruleListener: link("aws_lb_listener_rule", "listener_arn", "aws_lb_listener", inFacts),
  ruleTargets: linkFrom(
    ({ model }) => model.aws_lb_listener_rule,
    ({ attributes }) => forwarding(attributes.action),
    "aws_lb_target_group",
    inFacts,
  ),
  serviceTargets: linkFrom(
    ({ model }) => model.aws_ecs_service,
    ({ attributes: { load_balancer: balancers } }) =>
      elementsOf(balancers.value).flatMap((balancer) =>
        balancer instanceof Unknown
          ? [{ ...written(balancer, balancers.path), isWhole: true }]
          : placesOf(balancer.target_group_arn).filter(({ isShown }) => isShown),
      ),
    "aws_lb_target_group",
    inFacts,
  ),
};
