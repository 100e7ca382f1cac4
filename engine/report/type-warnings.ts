import { nearest } from "../files/nearest.ts";
import type { Plan } from "../plan/read.ts";
import type { Policy } from "../policy/policy.ts";

/**
 * Warnings of resource types that nobody knows: a policy for one judges nothing, and a count of related ones is always none.
 * @param known the types that a provider's schema has; of providers that have none in it the plan alone tells
 */
export function typeWarnings(policies: readonly Policy[], plan: Plan, known: readonly string[]): string[] {
  const named = policies.flatMap((policy) => typesOf(policy).map((type) => ({ policy, ...type })));
  if (named.length === 0) return [];
  const ofPlan = new Set(plan.resources.map(({ type }) => type));
  const all = new Set([...known, ...ofPlan]);
  const providers = new Set(known.map(providerOf));
  return named.flatMap(({ policy: { id }, path, type }) => {
    if (all.has(type)) return [];
    const near = nearest(type, [...all]);
    // Without its schema a type that the plan does not hold may be right.
    if (near === null && !providers.has(providerOf(type))) return [];
    const meant = near === null ? "correct it" : `did you mean "${near}"?`;
    return [`policy ${id}: ${path}: no resource has the type "${type}", so that it finds none; ${meant}`];
  });
}

function typesOf({ type, related }: Policy): { readonly path: string; readonly type: string }[] {
  return [
    ...(type === null ? [] : [{ path: "type", type }]),
    ...Object.entries(related).map(([name, each]) => ({ path: `related.${name}.type`, type: each.type })),
  ];
}

/** `aws` of `aws_s3_bucket`. */
function providerOf(type: string): string {
  return type.split("_")[0] ?? "";
}
