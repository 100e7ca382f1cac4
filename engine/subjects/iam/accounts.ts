import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";

/** Whether an account is the team's own: one of `account_ids`, or that of the resource's provider configuration. */
export function isOwnAccount(account: string, resource: PlanResource, context: JoinContext): Maybe<boolean> {
  const { accountIds } = context.settings;
  const own = resource.providerKey === null ? undefined : context.accounts.get(resource.providerKey);
  if (accountIds.includes(account) || account === own) return true;
  if (own !== undefined || accountIds.length > 0) return false;
  return new Unknown("no-join", [], "the plan does not show its own account; state it in the parameter account_ids");
}

/** The account in an ARN, or a bare account id; null where there is none. */
export function accountInArn(principal: string): string | null {
  return /^(?:arn:[a-z-]+:[a-z-]*:[a-z0-9-]*:)?(\d{12})(?::|$)/.exec(principal)?.[1] ?? null;
}
