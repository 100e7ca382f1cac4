import type { Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, listIf } from "../three-valued.ts";
import { grantsOnEvery, grantsOnSome } from "./acted-on.ts";
import { receivers } from "./escalation-combinations.ts";
import { mayPassTo } from "./pass-role.ts";

/** The combinations that the statements of one holder allow together; `open` says that it may hold others. */
export function escalationsOf(
  statements: readonly Statement[],
  open: Unknown | null,
  combinations: readonly string[],
): Maybe<string>[] {
  const held = new Map<string, Maybe<boolean>>();
  const isHeld = (action: string) => {
    const known =
      held.get(action) ?? anyOf([...statements.map((statement) => grantsOnSome(statement, action)), open ?? false]);
    held.set(action, known);
    return known;
  };
  const found = combinations.flatMap((combination): Maybe<string>[] => {
    const [deciding = "", ...others] = combination.split("+");
    // What no statement allows is not looked at further.
    const areHeld = allOf([deciding, ...others].map(isHeld));
    if (areHeld === false) return [];
    const isDecided = anyOf([...statements.map((statement) => decides(statement, deciding, others)), open ?? false]);
    return listIf(allOf([areHeld, isDecided]), combination);
  });
  return provenFirst(found);
}

function decides(statement: Statement, action: string, others: readonly string[]): Maybe<boolean> {
  const [service = ""] = others[0]?.split(":") ?? [];
  const receiver = action === "iam:PassRole" && Object.hasOwn(receivers, service) ? receivers[service] : undefined;
  return allOf([grantsOnEvery(statement, action), receiver === undefined || mayPassTo(statement, receiver)]);
}

/** What is proven stands before what is open. */
function provenFirst(combinations: readonly Maybe<string>[]): Maybe<string>[] {
  const open = combinations.filter((combination) => combination instanceof Unknown);
  return [...combinations.filter((combination) => !(combination instanceof Unknown)), ...open.slice(0, 1)];
}
