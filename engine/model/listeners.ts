import { attribute, block } from "./attribute.ts";
import { string } from "./schemas.ts";

/** What a listener or one of its rules does with a request. */
const action = block({
  type: attribute(string),
  target_group_arn: attribute(string),
  forward: block({ target_group: block({ arn: attribute(string) }, { nesting: "set" }) }),
  redirect: block({ protocol: attribute(string, { default: "#{protocol}" }) }),
});

export const listener = {
  arn: attribute(string, { kind: "computed" }),
  load_balancer_arn: attribute(string),
  protocol: attribute(string, { kind: "optional-computed" }),
  ssl_policy: attribute(string, { kind: "optional-computed" }),
  default_action: action,
};

export const listenerRule = {
  listener_arn: attribute(string),
  action,
};

export const targetGroup = {
  arn: attribute(string, { kind: "computed" }),
};
