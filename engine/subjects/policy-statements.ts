import { statementName } from "../model/part-names.ts";
import type { Condition, Principal, Statement } from "../model/policy-document.ts";
import type { PolicyText } from "../model/policy-text.ts";
import type { PlanResource } from "../plan/read.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import type { Kind } from "./kinds.ts";
import { type SubjectOf, subject, unknownSubject } from "./subject.ts";

/** Where the members of a statement stand. What several members decide is left open by the one that is not told. */
export function statementPlaces(statement: Statement, sensitive: boolean) {
  const pathOf = (member: string) => `${statement.path}.${member}`;
  const placeOf = (unknown: Unknown) => {
    const member = members.find(({ holds }) => holds(statement, unknown));
    return member === undefined ? null : pathOf(member.name);
  };
  const at = (member: string) => ({ path: pathOf(member), sensitive, placeOf });
  return {
    at,
    effect: at("Effect"),
    actions: at(statement.notActions === null ? "Action" : "NotAction"),
    resources: at(statement.notResources === null ? "Resource" : "NotResource"),
    principals: at(statement.notPrincipals === null ? "Principal" : "NotPrincipal"),
    conditions: at("Condition"),
  };
}

type Holds = (statement: Statement, unknown: Unknown) => boolean;

/** The members of a statement, and whether one holds a value that is not told. */
const members: readonly { readonly name: string; readonly holds: Holds }[] = [
  { name: "Effect", holds: ({ effect }, unknown) => effect === unknown },
  { name: "Action", holds: ({ actions }, unknown) => isAmong(unknown, actions) },
  { name: "NotAction", holds: ({ notActions }, unknown) => isAmong(unknown, notActions) },
  { name: "Resource", holds: ({ resources }, unknown) => isAmong(unknown, resources) },
  { name: "NotResource", holds: ({ notResources }, unknown) => isAmong(unknown, notResources) },
  { name: "Principal", holds: ({ principals }, unknown) => isAmong(unknown, principals, nameOf) },
  { name: "NotPrincipal", holds: ({ notPrincipals }, unknown) => isAmong(unknown, notPrincipals, nameOf) },
  { name: "Condition", holds: ({ conditions }, unknown) => isAmong(unknown, conditions, valuesOf) },
];

const nameOf = ({ value }: Principal) => [value];
const valuesOf = ({ values }: Condition) => [values, ...elementsOf(values)];

function isAmong<T>(
  unknown: Unknown,
  list: Maybe<readonly T[]> | null,
  partsOf: (element: T) => readonly unknown[] = (element) => [element],
): boolean {
  if (list instanceof Unknown || list === null) return list === unknown;
  return list.some((element) => partsOf(element).includes(unknown));
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
