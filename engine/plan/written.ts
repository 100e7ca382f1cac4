import { constantOf } from "./configuration.ts";
import type { PlanNode } from "./node.ts";
import { isVariable, type Reference } from "./references.ts";
import { resolveExpression } from "./resolve-expression.ts";
import { type VariableValues, variableAt } from "./variables.ts";

/**
 * Whether the configuration gives an attribute a value. An expression that is null gives none, as of a module whose variable
 * nobody sets: the provider then keeps what it has read back.
 */
export function isWritten({ expressions, context }: PlanNode, variables: VariableValues): boolean {
  return (expressions ?? []).some((expression) => {
    const constant = constantOf(expression);
    if (constant !== undefined || context === null) return !isNothing(constant ?? null);
    const references = resolveExpression(expression, context.scope, context.repetition);
    return references.length === 0 || !references.every(({ end }) => isUnset(end, variables));
  });
}

function isUnset(end: Reference["end"], variables: VariableValues): boolean {
  if (!isVariable(end)) return false;
  const { value, byDefault } = variableAt(variables, end);
  // A module may declare that its default counts in the place of null.
  return value !== undefined && isNothing(value) && (end.module.length === 0 || isNothing(byDefault));
}

export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
