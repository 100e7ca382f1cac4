import type { PolicyDocument, Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { anyOf, test } from "../three-valued.ts";

export function isAllow({ effect }: Statement): Maybe<boolean> {
  return test(effect, (text) => text === "Allow");
}

export function isDeny({ effect }: Statement): Maybe<boolean> {
  return test(effect, (text) => text === "Deny");
}

/** Whether one of the statements of a document is such; what of it could not be read may hold one. */
export function anyStatement(
  document: Maybe<PolicyDocument>,
  holds: (statement: Statement) => Maybe<boolean>,
): Maybe<boolean> {
  return document instanceof Unknown ? document : anyOf([...document.statements.map(holds), document.missing ?? false]);
}
