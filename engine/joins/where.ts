import type { EcrRegistry } from "../model/image-reference.ts";
import { holdsArnOfOthers } from "../model/resource-type.ts";
import { ownMember } from "../plan/json.ts";
import { memberNode, type PlanNode } from "../plan/node.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import { allOf, type Truth } from "../three-valued.ts";
import { getOrAdd } from "./maps.ts";

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

/**
 * Where an ARN says that its object is; null for a text that is none, and for an ARN that names neither region nor account.
 * The account of what AWS itself keeps is "aws".
 */
export function inArn(text: string): Where | null {
  const [, region = "", accountId = ""] = /^arn:[^:]+:[^:]+:([^:]*):([^:]*):/.exec(text) ?? [];
  if (region === "" && accountId === "") return null;
  return {
    region: region === "" ? null : region,
    providerKey: null,
    accountId: accountId === "" ? null : accountId,
  };
}

/** Whether a candidate may stand there. All joins ask this and nothing else. */
export function mayStand({ region, providerKey }: Stands, where: Where, accounts: Accounts): boolean {
  if (region !== null && where.region !== null && region !== where.region) return false;
  if (providerKey !== null && where.providerKey !== null && providerKey !== where.providerKey) return false;
  if (where.accountId !== null && !/^\d{12}$/.test(where.accountId)) return false;
  const account = accounts.get(providerKey ?? "") ?? null;
  return account === null || where.accountId === null || account === where.accountId;
}

/** Whether what a resource manages stands where another one looks for a name; null where the plan does not tell. */
export function standsBeside(resource: PlanResource, from: PlanResource, accounts: Accounts): Truth {
  const isGlobal = resource.type.startsWith("aws_iam_");
  const isSame = resource.providerKey === from.providerKey;
  const inRegion =
    isGlobal || (isSame && resource.region === from.region) || sameWhereKnown(resource.region, from.region);
  if (isSame) return inRegion;
  const account = (key: string | null) => accounts.get(key ?? "") ?? null;
  return allOf([inRegion, sameWhereKnown(account(resource.providerKey), account(from.providerKey))]);
}

function sameWhereKnown(one: string | null, other: string | null): Truth {
  return one === null || other === null ? null : one === other;
}

/** Two regions or accounts may hold the same names: only resources of one provider configuration are compared. */
export function sameProvider(one: Stands, other: Stands): boolean {
  return mayStand(one, beside(other), new Map());
}

/**
 * A plan does not state its account. `aws_caller_identity` does, and else what the provider computes for objects that exist
 * already: their ARN, and the ids of registry and owner. Where these disagree, the plan does not tell.
 */
export function accountsByProvider(plan: Plan): Accounts {
  const callers = new Map<string, Set<string>>();
  for (const { type, providerKey, values } of plan.stateData)
    if (type === "aws_caller_identity") add(callers, providerKey, ownMember(values, "account_id"));
  const owners = new Map<string, Set<string>>();
  for (const { type, node, providerKey, mode, willExist, isAws } of plan.resources) {
    if (mode !== "managed" || !willExist || !isAws || holdsArnOfOthers(type)) continue;
    for (const attribute of ["arn", "owner_id", "registry_id"])
      if (isComputed(node, attribute)) add(owners, providerKey, accountIn(ownMember(node.value, attribute)));
  }
  return new Map([...only(owners), ...only(callers)]);
}

/** What the author writes may name an object of another account. */
function isComputed(node: PlanNode, attribute: string): boolean {
  return typeof ownMember(node.value, attribute) === "string" && memberNode(node, attribute).expressions?.length === 0;
}

/** The account in an ARN, or the id itself. */
function accountIn(value: unknown): unknown {
  return typeof value === "string" && value.startsWith("arn:") ? value.split(":")[4] : value;
}

function add(accounts: Map<string, Set<string>>, providerKey: string | null, account: unknown): void {
  if (providerKey !== null && typeof account === "string" && /^\d{12}$/.test(account))
    getOrAdd(accounts, providerKey, () => new Set<string>()).add(account);
}

function only(accounts: ReadonlyMap<string, ReadonlySet<string>>): [string, string][] {
  return [...accounts].flatMap(([providerKey, ids]): [string, string][] => {
    const [id, ...others] = ids;
    return id === undefined || others.length > 0 ? [] : [[providerKey, id]];
  });
}
