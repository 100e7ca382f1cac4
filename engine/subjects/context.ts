import type { ManagedPolicies } from "../iam/managed-policies.ts";
import { createJoins, type Joins } from "../joins/joins.ts";
import type { Watch } from "../joins/name-index.ts";
import { type Accounts, accountsByProvider } from "../joins/where.ts";
import type { Model } from "../model/model.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import type { BuildspecReader } from "./pipeline/buildspec-reader.ts";
import type { Settings } from "./settings.ts";

/** What all joins read. */
export interface JoinContext {
  readonly plan: Plan;
  readonly model: Model;
  readonly settings: Settings;
  readonly joins: Joins;
  readonly accounts: Accounts;
  /** Reads buildspecs; null where the plan has none that it tells. */
  readonly buildspecs: BuildspecReader | null;
  /** AWS's managed policies; null where the plan names none. */
  readonly managedPolicies: ManagedPolicies | null;
}

export function joinContext(
  plan: Plan,
  model: Model,
  settings: Settings,
  buildspecs: BuildspecReader | null,
  managedPolicies: ManagedPolicies | null,
  watch?: Watch,
): JoinContext {
  const accounts = accountsByProvider(plan);
  const joins = createJoins(model, allAccounts(plan, accounts, settings), watch);
  return { plan, model, settings, joins, accounts, buildspecs, managedPolicies };
}

/** Those that the plan tells, and the one of the parameter account_ids for the others. */
function allAccounts({ resources }: Plan, accounts: Accounts, { accountIds }: Settings): Accounts {
  const [only, ...more] = accountIds;
  if (only === undefined || more.length > 0) return accounts;
  const keys = new Set(resources.map(({ providerKey }) => providerKey ?? ""));
  return new Map([...[...keys].map((key) => [key, only] as const), ...accounts]);
}

/** The account of a resource, as the plan or the parameter account_ids tells it; null where neither does. */
export function accountOf({ providerKey }: PlanResource, { accounts, settings }: JoinContext): string | null {
  const told = accounts.get(providerKey ?? "");
  const [only = null, ...more] = settings.accountIds;
  return told ?? (more.length === 0 ? only : null);
}
