import { operatorNamed } from "../operators/operators.ts";
import { allOf, anyOf, not, type Truth } from "../three-valued.ts";
import { isParameterFact } from "./parameter-fact.ts";

/** One comparison of a result tree, with what was compared. */
export interface Leaf {
  readonly fact: string;
  readonly operator: string;
  readonly factResult: unknown;
  readonly valueResult: unknown;
  /** The name of the fact that the value came from; null for a literal. */
  readonly valueFact: string | null;
  /** Whether an odd number of `not` stands above it. */
  readonly negated: boolean;
}

/** A result tree folded to a truth, with the comparisons that brought it about. */
export interface Folded {
  readonly truth: Truth;
  readonly leaves: readonly Leaf[];
}

/**
 * Folds json-rules-engine's result tree with Kleene's three-valued logic. Its own boolean cannot be used: a missing or
 * unknown value is false for it, and `not` turns that into true.
 */
export function fold(node: unknown, negated = false): Folded {
  if (typeof node !== "object" || node === null) throw new TypeError("json-rules-engine returned no result tree");
  if ("all" in node && Array.isArray(node.all)) return foldList(node.all, negated, false);
  if ("any" in node && Array.isArray(node.any)) return foldList(node.any, negated, true);
  if ("not" in node) {
    const inner = fold(node.not, !negated);
    return { truth: not(inner.truth), leaves: inner.leaves };
  }
  return foldLeaf(node, negated);
}

/** `decisive` is the truth that one part is enough for: true under `any`, false under `all`. */
function foldList(parts: readonly unknown[], negated: boolean, decisive: boolean): Folded {
  const folded = parts.map((part: unknown) => fold(part, negated));
  const truths = folded.map((part) => part.truth);
  const truth = decisive ? anyOf(truths) : allOf(truths);
  const deciding = folded.filter((part) => part.truth === truth);
  // An alternative that a parameter closes is closed whatever the facts are: they are no evidence.
  const closed = truth === decisive && !decisive ? deciding.find(({ leaves }) => areParameters(leaves)) : undefined;
  return { truth, leaves: (closed === undefined ? deciding : [closed]).flatMap((part) => part.leaves) };
}

function areParameters(leaves: readonly Leaf[]): boolean {
  return leaves.every(
    ({ fact, valueFact }) => isParameterFact(fact) && (valueFact === null || isParameterFact(valueFact)),
  );
}

function foldLeaf(node: object, negated: boolean): Folded {
  const { fact, operator, value, factResult, valueResult } = {
    fact: "",
    operator: "",
    value: undefined,
    factResult: undefined,
    valueResult: undefined,
    ...node,
  };
  const found = operatorNamed(operator);
  if (found === null) throw new TypeError(`json-rules-engine returned a leaf with the operator "${operator}"`);
  return {
    truth: found.evaluate(factResult, valueResult),
    leaves: [{ fact, operator, factResult, valueResult, valueFact: factName(value), negated }],
  };
}

function factName(value: unknown): string | null {
  return typeof value === "object" && value !== null && "fact" in value && typeof value.fact === "string"
    ? value.fact
    : null;
}
