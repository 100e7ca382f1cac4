import { grants, reachesAnyActionOf } from "../../iam/actions.ts";
import { administrationActions, pullActions, pushActions } from "../../iam/ecr-actions.ts";
import { namesAnyone } from "../../iam/principals.ts";
import { isRestrictedBy, restrictingValues } from "../../iam/restrictions.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf } from "../../three-valued.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import type { RoleSets } from "../iam/role-sets.ts";
import { statementName } from "../part-names.ts";
import { policyDocument } from "../policy-documents.ts";
import { derivedFact, type Subject, subject } from "../subject.ts";
import { type Caller, callersOf, outsideAccounts, outsideBuild, servicesOf } from "./callers.ts";

const kind = "ecr-repository-policy-statement";

/** The statements that an attribute of a resource holds, of a repository policy or of one that acts as such. */
export function policyStatementSubjects(
  resource: PlanResource,
  policy: Attribute<string | null>,
  sets: RoleSets,
  context: JoinContext,
): Subject[] {
  const document = policyDocument(policy, context.documents);
  if (document instanceof Unknown) return [unknownSubject(kind, resource, policy.path, document, policy.path)];
  const known = document.statements.map((statement) =>
    subject(kind, resource, statementName(policy.path, statement, policy.sensitive), {
      ...policyStatementFacts(statement, policy.sensitive),
      ...callerFacts(statement, policy.sensitive, resource, sets, context),
    }),
  );
  return document.missing === null
    ? known
    : [...known, unknownSubject(kind, resource, policy.path, document.missing, policy.path)];
}

/** Whom the statement lets do what. */
function callerFacts(
  statement: Statement,
  sensitive: boolean,
  resource: PlanResource,
  sets: RoleSets,
  context: JoinContext,
) {
  const from = (member: string) => ({ path: `${statement.path}.${member}`, sensitive });
  const action = from(statement.notActions === null ? "Action" : "NotAction");
  const principal = from(statement.notPrincipals === null ? "Principal" : "NotPrincipal");
  const callers = callersOf(statement, resource, context);
  const list = (select: (known: readonly Caller[]) => Maybe<string>[]) =>
    derivedFact(callers instanceof Unknown ? callers : select(callers), principal);
  const granted = administrationActions.flatMap((name): Maybe<string>[] => {
    const isGranted = grants(statement, name);
    return isGranted === true ? [name] : isGranted instanceof Unknown ? [isGranted] : [];
  });
  return {
    grantsPush: derivedFact(anyOf(pushActions.map((name) => grants(statement, name))), action),
    grantsPull: derivedFact(anyOf(pullActions.map((name) => grants(statement, name))), action),
    administrationActions: derivedFact(granted, action),
    usesNotAction: derivedFact<boolean>(
      statement.notActions instanceof Unknown ? statement.notActions : statement.notActions !== null,
      action,
    ),
    callers: list((known) => known.map(({ text }) => text)),
    callersOutsideBuild: list((known) => outsideBuild(known, sets)),
    callersOutsideAccounts: list((known) => outsideAccounts(known, resource, context)),
    services: list(servicesOf),
    restrictedToSources: derivedFact(isRestrictedBy(statement, ["source"]), from("Condition")),
  };
}

function policyStatementFacts(statement: Statement, sensitive: boolean) {
  const from = (member: string) => ({ path: `${statement.path}.${member}`, sensitive });
  const conditions = from("Condition");
  return {
    effect: derivedFact<string | null>(statement.effect, from("Effect")),
    namesAnyone: derivedFact(
      namesAnyone(statement),
      from(statement.notPrincipals === null ? "Principal" : "NotPrincipal"),
    ),
    grantsEcrActions: derivedFact(
      reachesAnyActionOf(statement, "ecr"),
      from(statement.notActions === null ? "Action" : "NotAction"),
    ),
    restrictedToPrincipals: derivedFact(isRestrictedBy(statement, ["principal", "source"]), conditions),
    restrictedToOrganizations: derivedFact(isRestrictedBy(statement, ["organization"]), conditions),
    organizationIds: derivedFact(restrictingValues(statement, "organization"), conditions),
    restrictedToAccounts: derivedFact(isRestrictedBy(statement, ["account"]), conditions),
    conditionAccountIds: derivedFact(restrictingValues(statement, "account"), conditions),
    restrictedToNetworks: derivedFact(isRestrictedBy(statement, ["network"]), conditions),
  };
}
