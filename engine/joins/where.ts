import type { EcrRegistry } from "../model/image-reference.ts";
import { ownMember } from "../plan/json.ts";
import type { Plan, PlanResource } from "../plan/read.ts";

/** The account of each provider configuration, where the plan tells it. */
export type Accounts = ReadonlyMap<string, string>;

/** Where the object of a name stands: another region or account may hold the same name. Null is "the plan does not say". */
export interface Where {
  readonly region: string | null;
  readonly providerKey: string | null;
  readonly accountId: string | null;
}

type Stands = Pick<PlanResource, "region" | "providerKey">;

/** A name without a region or an account means an object beside the resource that names it. */
export function beside({ region, providerKey }: Stands): Where {
  return { region, providerKey, accountId: null };
}

/** The name of an image says itself in which registry it is, whatever provider manages that. */
export function inRegistry({ region, accountId }: EcrRegistry): Where {
  return { region, providerKey: null, accountId };
}

/** Whether a candidate may stand there. All joins ask this and nothing else. */
export function mayStand({ region, providerKey }: Stands, where: Where, accounts: Accounts): boolean {
  if (region !== null && where.region !== null && region !== where.region) return false;
  if (providerKey !== null && where.providerKey !== null && providerKey !== where.providerKey) return false;
  const account = accounts.get(providerKey ?? "") ?? null;
  return account === null || where.accountId === null || account === where.accountId;
}

/** Two regions or accounts may hold the same names: only resources of one provider configuration are compared. */
export function sameProvider(one: Stands, other: Stands): boolean {
  return mayStand(one, beside(other), new Map());
}

/**
 * A plan does not state its account; `aws_caller_identity`, `registry_id`, `owner_id` and the ARNs of objects that exist
 * already do.
 */
export function accountsByProvider(plan: Plan): Accounts {
  const accounts = new Map<string, string>();
  const add = (providerKey: string | null, account: unknown) => {
    if (providerKey !== null && typeof account === "string" && /^\d{12}$/.test(account))
      accounts.set(providerKey, account);
  };
  for (const { type, providerKey, values } of plan.stateData) {
    if (type === "aws_caller_identity") add(providerKey, ownMember(values, "account_id"));
  }
  for (const { node, providerKey, mode, willExist, isAws } of plan.resources) {
    if (mode !== "managed" || !willExist || !isAws) continue;
    add(providerKey, ownMember(node.value, "registry_id"));
    add(providerKey, ownMember(node.value, "owner_id"));
    const arn = ownMember(node.value, "arn");
    if (typeof arn === "string") add(providerKey, arn.split(":")[4]);
  }
  return accounts;
}
