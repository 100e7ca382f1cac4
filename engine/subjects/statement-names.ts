import type { Statement } from "../model/policy-document.ts";

/** The name of a statement within its resource: its Sid, or its position where it has none. */
export function statementName(attribute: string, statement: Statement): string {
  return `${attribute}/${statement.sid ?? statement.index}`;
}
