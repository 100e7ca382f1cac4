import { coversAction } from "../../iam/actions.ts";
import { isGrantedOnAny } from "../../iam/any-resource-grants.ts";
import { type Arn, matchesArn } from "../../iam/arns.ts";
import { type IdentityStatements, isGranted, type ResourceTest } from "../../iam/identity-grants.ts";
import { repositoryType } from "../../iam/resource-types.ts";
import type { Join } from "../../joins/join.ts";
import { sameProvider } from "../../joins/where.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, listIf, not, test } from "../../three-valued.ts";
import { indexByValue } from "../by-value.ts";
import { accountOf, type JoinContext } from "../context.ts";
import { type RoleStatements, roleStatements } from "../iam/role-statements.ts";
import type { LambdaFunction } from "../lambda/functions.ts";
import { isOpenToEveryAccount } from "../lambda/permissions.ts";
import { type Trigger, triggersOf } from "../lambda/triggers.ts";

type Repository = Modelled<"aws_ecr_repository">;

/** A function, what runs it, and the statements that speak for it. */
export interface RescanFunction {
  readonly lambda: LambdaFunction;
  readonly triggers: readonly Trigger[];
  readonly statements: IdentityStatements;
  /** The name of the function's role where that is not in the plan, but named; null otherwise. */
  readonly outsideRole: string | null;
  readonly isOpenToEveryAccount: Maybe<boolean>;
}

/** Schedule, target, function and role, with the links that lack; unknown ones stand as unknown. */
export interface RescanChain {
  readonly lambda: LambdaFunction;
  readonly trigger: Trigger;
  readonly missing: readonly Maybe<string>[];
}

export const rescanFunctions = once((context: JoinContext): readonly RescanFunction[] => {
  const statementsOf = roleStatements(context);
  return context.model.aws_lambda_function.map((lambda) => ({
    lambda,
    triggers: triggersOf(lambda, statementsOf, context),
    statements: functionStatements(lambda, statementsOf, context),
    outsideRole: outsideRole(lambda, context),
    isOpenToEveryAccount: isOpenToEveryAccount(lambda, context),
  }));
});

function functionStatements(
  lambda: LambdaFunction,
  statementsOf: RoleStatements,
  context: JoinContext,
): IdentityStatements {
  const role = context.joins.from(lambda, "functionRole");
  if (role.kind === "one") return statementsOf(role.match);
  const missing =
    role.kind === "unknown"
      ? role.unknown
      : new Unknown("no-join", [], `the plan does not hold the role of ${lambda.resource.address}`);
  return { statements: [], missing, outside: null, boundary: null };
}

function outsideRole(lambda: LambdaFunction, { joins }: JoinContext): string | null {
  const { value } = lambda.attributes.role;
  return joins.from(lambda, "functionRole").kind === "none" && typeof value === "string"
    ? value.slice(value.lastIndexOf("/") + 1)
    : null;
}

const scanAction = "ecr:StartImageScan";
const listActions = ["ecr:DescribeImages", "ecr:ListImages"];

/** Whether the function may start scans of what the test calls a repository. */
function mayScan({ statements }: RescanFunction, isRepository: ResourceTest): Maybe<boolean> {
  return isGranted(statements, scanAction, isRepository);
}

/** Whether it may start scans of any repository. */
export function mayScanAny({ statements }: RescanFunction): Maybe<boolean> {
  return isGrantedOnAny(statements, scanAction, repositoryType, "always");
}

/** Whether the function may find out which images there are. */
function mayList({ statements }: RescanFunction, isRepository: ResourceTest): Maybe<boolean> {
  return anyOf(listActions.map((action) => isGranted(statements, action, isRepository)));
}

/** Whether it may find out which images any repository has. */
export function mayListAny({ statements }: RescanFunction): Maybe<boolean> {
  return anyOf(listActions.map((action) => isGrantedOnAny(statements, action, repositoryType, "always")));
}

/** Tests whether patterns name a repository; what a reference names is looked up once, for all repositories. */
const repositoryTests = once((context: JoinContext): ((repository: Repository) => ResourceTest) => {
  const referred = new Map<Unknown, Join<Repository>>();
  return (repository) => {
    const { resource, attributes } = repository;
    const arn: Arn = {
      service: "ecr",
      region: resource.region,
      account: accountOf(resource, context),
      prefix: "repository/",
      name: attributes.name.value ?? new Unknown("unexpected-shape"),
    };
    return (pattern) => {
      if (!(pattern instanceof Unknown)) return matchesArn(pattern, arn);
      const found = referred.get(pattern) ?? context.joins.named("aws_ecr_repository", pattern, resource);
      referred.set(pattern, found);
      if (found.kind === "one") return found.match === repository;
      return found.kind === "several" && !found.matches.includes(repository) ? false : pattern;
    };
  };
});

/** The functions that may scan any repository on a schedule, and those that may scan one of a name. */
const rescanning = once((context: JoinContext) => {
  const all = rescanFunctions(context).filter((each) => each.triggers.length > 0 && mayScanAny(each) !== false);
  return { all, ofName: indexByValue(all, (each) => scannedNames(each, context)) };
});

/** The names of the repositories that its statements let it scan; unknown where they may let it scan others. */
function scannedNames({ lambda, statements: held }: RescanFunction, context: JoinContext): unknown[] {
  const { statements, missing, outside } = held;
  const hidden = missing ?? outside;
  if (hidden !== null) return [hidden];
  return statements
    .filter(({ effect }) => effect !== "Deny")
    .filter((statement) => coversAction(statement, scanAction) !== false)
    .flatMap(({ resources, notResources }) =>
      notResources === null ? elementsOf(resources).map((resource) => nameIn(resource, lambda, context)) : [anyName],
    );
}

const anyName = new Unknown("stated", [], "it stands for more than one name");

/** The name of the one repository that an element of `Resource` names. */
function nameIn(resource: Maybe<string>, lambda: LambdaFunction, context: JoinContext): Maybe<string | null> {
  if (!(resource instanceof Unknown)) return /:repository\/([^*?$]+)$/.exec(resource)?.[1] ?? anyName;
  const found = context.joins.named("aws_ecr_repository", resource, lambda.resource);
  return found.kind === "one" ? found.match.attributes.name.value : resource;
}

/** What lacks between a schedule and the function. */
export function missingLinks({ isTarget, intervalDays, isEnabled, mayInvoke }: Trigger): Maybe<string>[] {
  return [
    ...listIf(not(isTarget), "target"),
    ...listIf(
      test(intervalDays, (days) => days === null),
      "recurring schedule",
    ),
    ...listIf(not(isEnabled), "enabled state"),
    ...listIf(not(mayInvoke), "permission to invoke the function"),
  ];
}

/** Whether all links of a chain hold. */
export function isComplete({ missing }: RescanChain): Maybe<boolean> {
  return allOf(missing.map((link) => (link instanceof Unknown ? link : false)));
}

/** The chains of the plan whose function may scan the repository. */
export function chainsTo(repository: Repository, context: JoinContext): RescanChain[] {
  const isRepository = repositoryTests(context)(repository);
  const { all, ofName } = rescanning(context);
  const name = repository.attributes.name.value;
  return (typeof name === "string" ? ofName(name) : all)
    .filter(({ lambda }) => sameProvider(lambda.resource, repository.resource))
    .flatMap((each) => {
      const scans = mayScan(each, isRepository);
      if (scans === false) return [];
      const grants = [
        ...listIf(not(scans), "ecr:StartImageScan"),
        ...listIf(not(mayList(each, isRepository)), "ecr:DescribeImages or ecr:ListImages"),
      ];
      return each.triggers.map((trigger) => ({
        lambda: each.lambda,
        trigger,
        missing: [...missingLinks(trigger), ...grants],
      }));
    });
}

/**
 * The chain that counts: the most frequent complete one, else the first that may be complete, else the one that lacks
 * least. `others` is unknown where another chain may do what this one does not.
 */
export function bestChain(chains: readonly RescanChain[]): { best: RescanChain | null; others: Maybe<boolean> } {
  const complete = chains.filter((chain) => isComplete(chain) === true);
  const open = chains.filter((chain) => isComplete(chain) instanceof Unknown);
  const [best = null] = [
    ...complete.toSorted((one, other) => gapOf(one) - gapOf(other)),
    ...open,
    ...chains.toSorted((one, other) => one.missing.length - other.missing.length),
  ];
  const others = open.filter((chain) => chain !== best).map(isComplete);
  return { best, others: others.find((truth) => truth instanceof Unknown) ?? false };
}

function gapOf({ trigger: { intervalDays } }: RescanChain): number {
  return typeof intervalDays === "number" ? intervalDays : Number.POSITIVE_INFINITY;
}
