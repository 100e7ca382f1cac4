import type { JoinContext } from "../context.ts";
import { type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { planPermissions } from "./permissions.ts";
import { statementFacts } from "./statement-facts.ts";

const kind = "iam-statement";

/** The statements of the identity policies of the plan, as subjects. */
export function iamStatementSubjects(context: JoinContext): SubjectOf<"iam-statement">[] {
  const { statements, unread } = planPermissions(context);
  return [
    ...statements.map((held) => subject(kind, held.resource, held.name, statementFacts(held, context))),
    ...unread.map(({ resource, name, unknown, path }) => unknownSubject(kind, resource, name, unknown, path)),
  ];
}
