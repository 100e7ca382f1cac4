import type { Model } from "../model/model.ts";
import { ownMember } from "../plan/json.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import type { Unknown } from "../plan/unknown.ts";
import { type Kind, kinds } from "./kinds.ts";
import type { BuildspecReader } from "./pipeline/buildspec-reader.ts";
import type { Settings } from "./settings.ts";
import { derivedFact, type SubjectOf } from "./subject.ts";

/** What all joins read. */
export interface JoinContext {
  readonly plan: Plan;
  readonly model: Model;
  readonly settings: Settings;
  /** The account of each provider configuration, where the plan tells it. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Reads buildspecs; null where the plan has none that it tells. */
  readonly buildspecs: BuildspecReader | null;
}

export function joinContext(
  plan: Plan,
  model: Model,
  settings: Settings,
  buildspecs: BuildspecReader | null,
): JoinContext {
  return { plan, model, settings, accounts: accountsByProvider(plan), buildspecs };
}

/**
 * A plan does not state its account; `aws_caller_identity`, `registry_id`, `owner_id` and the ARNs of objects that exist
 * already do.
 */
function accountsByProvider(plan: Plan): Map<string, string> {
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

/** The account of a resource, as the plan or the parameter account_ids tells it; null where neither does. */
export function accountOf({ providerKey }: PlanResource, { accounts, settings }: JoinContext): string | null {
  const told = accounts.get(providerKey ?? "");
  const [only = null, ...more] = settings.accountIds;
  return told ?? (more.length === 0 ? only : null);
}

/** A subject of which the plan tells no fact but those of `known`: it stands for all that a resource hides. */
export function unknownSubject<K extends Kind>(
  kind: K,
  resource: PlanResource,
  name: string | null,
  unknown: Unknown,
  path: string,
  known: Partial<SubjectOf<K>["facts"]> = {},
): SubjectOf<K> {
  const fact = derivedFact(unknown, { path });
  const facts = Object.fromEntries(Object.keys(kinds[kind].facts.shape).map((factName) => [factName, fact]));
  return { kind, address: resource.address, name, action: resource.action, facts: { ...facts, ...known } };
}
