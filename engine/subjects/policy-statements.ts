import { statementName } from "../model/part-names.ts";
import type { Statement } from "../model/policy-document.ts";
import type { PolicyText } from "../model/policy-text.ts";
import type { PlanResource } from "../plan/read.ts";
import { Unknown } from "../plan/unknown.ts";
import type { Kind } from "./kinds.ts";
import { type SubjectOf, subject, unknownSubject } from "./subject.ts";

/** Where the members of a statement stand. */
export function statementPlaces(statement: Statement, sensitive: boolean) {
  const at = (member: string) => ({ path: `${statement.path}.${member}`, sensitive });
  return {
    at,
    effect: at("Effect"),
    actions: at(statement.notActions === null ? "Action" : "NotAction"),
    resources: at(statement.notResources === null ? "Resource" : "NotResource"),
    principals: at(statement.notPrincipals === null ? "Principal" : "NotPrincipal"),
    conditions: at("Condition"),
  };
}

export type StatementPlaces = ReturnType<typeof statementPlaces>;

/** A subject for each statement of a policy, and one more for those that the plan does not tell. */
export function statementSubjects<K extends Kind>(
  kind: K,
  resource: PlanResource,
  { document, path, sensitive }: PolicyText,
  factsOf: (statement: Statement, places: StatementPlaces) => SubjectOf<K>["facts"],
  known: Partial<SubjectOf<K>["facts"]> = {},
): SubjectOf<K>[] {
  const hidden = (unknown: Unknown) => unknownSubject(kind, resource, path, unknown, path, known);
  if (document instanceof Unknown) return [hidden(document)];
  const rows = document.statements.map((statement) =>
    subject(
      kind,
      resource,
      statementName(path, statement, sensitive),
      factsOf(statement, statementPlaces(statement, sensitive)),
    ),
  );
  return document.missing === null ? rows : [...rows, hidden(document.missing)];
}
