import type { EcrRegistry } from "../../model/image-reference.ts";
import type { PlanResource } from "../../plan/read.ts";
import type { JoinContext } from "../context.ts";

/** Whether an object of ECR may stand in a registry: false where the plan tells another region or account. */
export function mayBeIn(
  { region, providerKey }: PlanResource,
  registry: EcrRegistry,
  { accounts }: JoinContext,
): boolean {
  const account = providerKey === null ? undefined : accounts.get(providerKey);
  return (region ?? registry.region) === registry.region && (account ?? registry.accountId) === registry.accountId;
}
