import { Unknown } from "../plan/unknown.ts";
import { formOperators } from "./form-operators.ts";
import type { Operator } from "./operator.ts";
import { valueOperators } from "./value-operators.ts";

/** The closed set of operators. Nothing outside of it can be called from a policy file. */
export const operators: Readonly<Record<string, Operator>> = Object.fromEntries(
  Object.entries({ ...valueOperators, ...formOperators }).map(([name, operator]) => [name, total(operator)]),
);

/**
 * A value of a type that an operator does not compare proves nothing. Facts of subjects always fit, which the check of
 * policy files sees to; attributes of resources may not.
 */
function total(operator: Operator): Operator {
  const types = new Set<string>(operator.facts);
  return {
    ...operator,
    evaluate: (fact, value) => {
      const type = Array.isArray(fact) ? "list" : typeof fact;
      const fits =
        fact === null || fact instanceof Unknown || types.has(type) || (type === "number" && types.has("string"));
      return fits ? operator.evaluate(fact, value) : null;
    },
  };
}

export function operatorNamed(name: string): Operator | null {
  return Object.hasOwn(operators, name) ? (operators[name] ?? null) : null;
}

/** Loads what the operators need. */
export async function prepareOperators(names: Iterable<string>): Promise<void> {
  for (const name of names) await operatorNamed(name)?.prepare?.();
}
