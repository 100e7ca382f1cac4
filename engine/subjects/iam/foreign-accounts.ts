import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";

/**
 * The accounts that are neither stated as own nor the account of the resource's own provider configuration. Where that
 * account is unknown, so is whether one is foreign.
 */
export function foreignAmong(
  accounts: Maybe<readonly Maybe<string>[]>,
  { providerKey }: PlanResource,
  context: JoinContext,
): Maybe<readonly Maybe<string>[]> {
  if (accounts instanceof Unknown) return accounts;
  const stated = context.settings.accountIds;
  const own = providerKey === null ? undefined : context.accounts.get(providerKey);
  return accounts.flatMap((account): Maybe<string>[] => {
    if (account instanceof Unknown) return [account];
    if (stated.includes(account) || account === own) return [];
    if (own !== undefined || stated.length > 0) return [account];
    return [
      new Unknown("no-join", [], "the plan does not tell its own account; state it in the parameter account_ids"),
    ];
  });
}
