import { principalsOf } from "../../iam/principals.ts";
import { isAllow } from "../../iam/statements.ts";
import type { Modelled } from "../../model/model.ts";
import type { Statement } from "../../model/policy-document.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, map } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { isForOwnSources } from "./callers.ts";
import { allowsAssuming, roleSets, trustsService } from "./role-sets.ts";

const ecsTasks = "ecs-tasks.amazonaws.com";

/** The roles that tasks run or start with; where the plan does not tell, those that ECS tasks may assume. */
export function taskRoleSubjects(context: JoinContext): SubjectOf<"task-role">[] {
  const sets = roleSets(context);
  return context.model.aws_iam_role.flatMap((role) => {
    const isUsed = anyOf([sets.isUsedByTasks(role), sets.isExecutionRole(role)]);
    const isCandidate = isUsed === true || (isUsed instanceof Unknown && trustsService(role, ecsTasks) !== false);
    return isCandidate ? [taskRoleSubject(role, isUsed, context)] : [];
  });
}

function taskRoleSubject(role: Modelled<"aws_iam_role">, isUsed: Maybe<boolean>, context: JoinContext) {
  const { assume_role_policy: trust } = role.attributes;
  const { document } = trust;
  const from = { path: trust.path };
  const statements = map(document, (known) => known.statements);
  const missing = document instanceof Unknown ? null : document.missing;
  const trusted: Maybe<Maybe<string>[]> =
    statements instanceof Unknown
      ? statements
      : [...statements.flatMap(otherPrincipals), ...(missing === null ? [] : [missing])];
  const restricted =
    statements instanceof Unknown
      ? statements
      : allOf(statements.filter(trustsTasks).map((each) => isForOwnSources(each, role.resource, context)));
  return subject("task-role", role.resource, null, {
    isUsedByTasks: derivedFact(isUsed),
    otherPrincipals: derivedFact(trusted, from),
    hasSourceCondition: derivedFact(restricted, from),
  });
}

/** Whom a statement trusts besides ECS tasks. */
function otherPrincipals(statement: Statement): Maybe<string>[] {
  const allows = allOf([isAllow(statement), allowsAssuming(statement)]);
  if (allows === false) return [];
  if (allows instanceof Unknown) return [allows];
  if (statement.notPrincipals !== null) return ["*"];
  const principals = principalsOf(statement);
  if (principals instanceof Unknown) return [principals];
  return principals.flatMap(({ type, value }) => (type === "Service" && value === ecsTasks ? [] : [value]));
}

function trustsTasks(statement: Statement): boolean {
  const principals = principalsOf(statement);
  const allows = allOf([isAllow(statement), allowsAssuming(statement)]);
  return allows !== false && !(principals instanceof Unknown) && principals.some(({ value }) => value === ecsTasks);
}
