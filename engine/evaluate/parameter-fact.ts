import type { Policy } from "../policy/policy.ts";

/** The name under which json-rules-engine knows a parameter; no fact of a subject and no attribute begins with it. */
const mark = "@";

export function parameterFact({ id }: Pick<Policy, "id">, name: string): string {
  return `${mark}${id} ${name}`;
}

export function isParameterFact(fact: string): boolean {
  return fact.startsWith(mark);
}
