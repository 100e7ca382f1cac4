import { isWrite, readsSecrets, type TableAction } from "../../iam/action-table.ts";
import { namesAnArn, reachesAnyActionOf } from "../../iam/actions.ts";
import { requiresMfa } from "../../iam/condition-scopes.ts";
import { actionsMatching, type GrantedActions, summarised } from "../../iam/granted-actions.ts";
import { grants } from "../../iam/grants.ts";
import { grantsPassRole, limitsPassedToService, namesEveryRole, passedToServices } from "../../iam/pass-role.ts";
import { anyResource, coversType, isResourceWide, isWideFor, mayConcern } from "../../iam/wide-resources.ts";
import { wideWildcards } from "../../iam/wildcards.ts";
import type { Statement } from "../../model/policy-document.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not } from "../../three-valued.ts";
import { derivedFact } from "../subject.ts";
import { actionsOf, type HeldStatement, placesOf, resourcesOf } from "./held-statement.ts";

/** Writing, or reading secrets, where the action can name its resources. */
function shouldNameResources(action: TableAction): boolean {
  return action.resourceTypes.length > 0 && (isWrite(action) || readsSecrets(action));
}

const pushActions = ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"];

/** Reading secrets, changing rights and pushing images. */
function isSensitive(action: TableAction): boolean {
  if (!shouldNameResources(action)) return false;
  const { service, name } = action;
  return service === "iam" || name === "kms:Decrypt" || pushActions.includes(name) || readsSecrets(action);
}

/** What the statement allows of the services in the table, and on which of it everything. */
export function actionFacts(held: HeldStatement, granted: GrantedActions) {
  const { statement } = held;
  const wildcards = wideWildcards(statement);
  const wide = wideActions(statement, granted);
  const resources = resourcesOf(held);
  return {
    excludesIam: derivedFact(not(reachesAnyActionOf(statement, "iam")), actionsOf(held)),
    wildcardActions: derivedFact(wildcards.patterns, placesOf(held)("Action")),
    wildcardServices: derivedFact(wildcards.services, placesOf(held)("Action")),
    grantsWrites: derivedFact(
      anyOf([granted.actions.some(shouldNameResources), granted.open ?? false]),
      actionsOf(held),
    ),
    wideWriteActions: derivedFact(listOf(wide, shouldNameResources), resources),
    wideSensitiveActions: derivedFact(listOf(wide, isSensitive), resources),
  };
}

interface WideActions {
  readonly actions: readonly TableAction[];
  readonly open: Unknown | null;
}

/** The granted actions that should name their resources and are granted on all of a type. */
function wideActions(statement: Statement, granted: GrantedActions): WideActions {
  const widths = new Map<string, Maybe<boolean>>();
  const widthOf = (action: TableAction) => {
    const key = action.resourceTypes.join(" ");
    const width = widths.get(key) ?? isWideFor(statement, action);
    widths.set(key, width);
    return width;
  };
  const candidates = granted.actions.filter(shouldNameResources);
  const unknown = candidates.map(widthOf).find((width) => width instanceof Unknown);
  const others = granted.open === null ? false : allOf([granted.open, isResourceWide(statement)]);
  return {
    actions: candidates.filter((action) => widthOf(action) === true),
    open: unknown instanceof Unknown ? unknown : others instanceof Unknown ? others : null,
  };
}

function listOf({ actions, open }: WideActions, could: (action: TableAction) => boolean): Maybe<string>[] {
  const names: Maybe<string>[] = summarised(actions.filter(could), could);
  return open === null ? names : [...names, open];
}

export function passRoleFacts(held: HeldStatement) {
  const { statement } = held;
  const conditions = placesOf(held)("Condition");
  return {
    grantsPassRole: derivedFact(grantsPassRole(statement), actionsOf(held)),
    namesEveryRole: derivedFact(namesEveryRole(statement), resourcesOf(held)),
    limitsPassedToService: derivedFact(limitsPassedToService(statement), conditions),
    passedToServices: derivedFact(passedToServices(statement), conditions),
  };
}

/** Shells in containers and on machines. */
export function sessionFacts(held: HeldStatement) {
  const { statement } = held;
  const sessions = sessionActions.map((name) => sessionRights(statement, name));
  return {
    grantsSessions: derivedFact(anyOf(sessions.map(({ isGranted }) => isGranted)), actionsOf(held)),
    wideSessionActions: derivedFact(
      sessions.flatMap(({ name, isWide }): Maybe<string>[] => {
        if (isWide instanceof Unknown) return [isWide];
        return isWide ? [name] : [];
      }),
      resourcesOf(held),
    ),
    requiresMfa: derivedFact(requiresMfa(statement), placesOf(held)("Condition")),
  };
}

const sessionActions = ["ecs:ExecuteCommand", "ssm:StartSession"];

function sessionRights(statement: Statement, name: string) {
  // The document that a session runs is no target of it.
  const targets = actionsMatching(name)
    .flatMap(({ resourceTypes }) => resourceTypes)
    .filter((type) => !type.includes(":document/"));
  const isNamed = grants(statement, name);
  return {
    name,
    isGranted: allOf([isNamed, mayConcern(statement, targets, (arn) => (namesAnArn(arn) ? true : arn))]),
    isWide: allOf([isNamed, anyResource(statement, (pattern) => targets.some((type) => coversType(pattern, type)))]),
  };
}
