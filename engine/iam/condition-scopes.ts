import type { Condition, Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { anyOf, listIf, test } from "../three-valued.ts";
import { namesAnArn } from "./actions.ts";
import { isPositive } from "./restrictions.ts";
import { isWidePattern } from "./wide-resources.ts";

/**
 * The keys, in lower case, of the conditions that leave only some values: with a positive operator, and without a value
 * that everything matches. A request without the key is not allowed by such a statement.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
export function scopingKeys({ conditions }: Statement): Maybe<readonly Maybe<string>[]> {
  if (conditions instanceof Unknown) return conditions;
  const keys = conditions.flatMap((condition) => listIf(scopesBy(condition), condition.key.toLowerCase()));
  return [...new Set(keys)];
}

/** Whether a condition leaves only some values of its key; an alternative that is open opens the whole. */
export function scopesBy({ operator, values }: Condition): Maybe<boolean> {
  if (!isPositive(operator)) return false;
  if (values instanceof Unknown) return namesAnArn(values) ? true : values;
  if (values.length === 0) return false;
  const open = anyOf(
    values.map((value) => {
      if (value instanceof Unknown) return namesAnArn(value) ? false : value;
      return takesWildcards(operator) && isOpen(value);
    }),
  );
  return test(open, (isOpenCondition) => !isOpenCondition);
}

/** For the operators of texts that are compared as they are, a star is a star. */
function takesWildcards(operator: string): boolean {
  return /(?:stringlike|arnlike|arnequals)$/i.test(operator);
}

function isOpen(value: string): boolean {
  return /^[*?]*\*[*?]*$/.test(value) || (value.startsWith("arn:") && isWidePattern(value));
}

/** Whether a condition requires that the caller signed in with a second factor; callers without the key are refused. */
export function requiresMfa({ conditions }: Statement): Maybe<boolean> {
  if (conditions instanceof Unknown) return conditions;
  return anyOf(
    conditions
      .filter(({ operator, key }) => /^bool$/i.test(operator) && /^aws:multifactorauthpresent$/i.test(key))
      .map(({ values }) => {
        if (values instanceof Unknown) return values;
        const refuses = anyOf(values.map((value) => test(value, (text) => text.toLowerCase() !== "true")));
        return test(refuses, (accepts) => !accepts && values.length > 0);
      }),
  );
}
