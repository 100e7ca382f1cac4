import type { Policy } from "../policy/policy.ts";

/** The name under which json-rules-engine knows a parameter; facts of subjects have no space in their names. */
export function parameterFact({ id }: Pick<Policy, "id">, name: string): string {
  return `${id} ${name}`;
}

export function isParameterFact(fact: string): boolean {
  return fact.includes(" ");
}
