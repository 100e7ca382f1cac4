import { matchesGlob } from "../../glob.ts";
import { groupBy } from "../../group-by.ts";
import { actsOn, grantsOnEvery, grantsOnSome } from "../../iam/acted-on.ts";
import { type ActionGroup, groupOf, namesOf } from "../../iam/action-table.ts";
import { aboutService, grants, namesAnArn, patternsFor, reachesAnyActionOf } from "../../iam/actions.ts";
import { grantsOnAny } from "../../iam/any-resource-grants.ts";
import { arnPatternsMeet } from "../../iam/arns.ts";
import { scopingKeys } from "../../iam/condition-scopes.ts";
import { dataFormats } from "../../iam/data-reads.ts";
import { actionsMatching } from "../../iam/granted-actions.ts";
import { repositoryType } from "../../iam/resource-types.ts";
import { secretReadActions } from "../../iam/sensitive-actions.ts";
import { coversType, isWideFor } from "../../iam/wide-resources.ts";
import { lastPathSegment } from "../../joins/names.ts";
import { firstNamersOf } from "../../joins/reverse.ts";
import { sixParts } from "../../model/arn-parts.ts";
import type { Statement } from "../../model/policy-document.ts";
import { once } from "../../once.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, listIf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { repositoriesDenyPush } from "../ecr/repositories.ts";
import { derivedFact, type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { type HeldStatement, heldBy } from "./held-statement.ts";
import { type Holder, labelOf } from "./holders.ts";
import { allPermissions } from "./permissions.ts";
import { type RoleSets, roleSets } from "./role-sets.ts";
import { isRefused } from "./statement-facts.ts";

const kind = "role-permission";

/** What the builds, tasks and people of the plan may do, by statements of the plan and by attached policies of AWS. */
export function rolePermissionSubjects(context: JoinContext): SubjectOf<"role-permission">[] {
  const { statements, unread } = allPermissions(context);
  const refusePush = repositoriesDenyPush(context);
  const patterns = byService(context.settings.controlPlaneActions);
  const reading = byService(context.settings.dataReadActions);
  return [
    ...statements.map((held) => {
      const { statement, holders } = held;
      const actions = held.places.actions;
      const reads = secretReads(statement);
      const outside = outsideBuild(holders, context);
      return subject(kind, held.resource, held.name, {
        effect: derivedFact(statement.effect, held.places.effect),
        holders: derivedFact(holders.map(labelOf)),
        grantsPush: derivedFact(grantsOnAny(statement, "ecr:PutImage", repositoryType), actions),
        holdersOutsideBuild: derivedFact(outside, { note: outside.length === 0 ? null : pushNote(held) }),
        namesEveryRepository: derivedFact(isWideFor(statement, [repositoryType.format]), {
          ...held.places.resources,
          note: held.sensitive ? null : wideNote(statement),
        }),
        repositoriesDenyPush: derivedFact(refusePush),
        ...roleFacts(holders, context),
        secretReadActions: derivedFact(reads, actions),
        secretPathDepth: derivedFact(pathDepth(statement, reads), held.places.resources),
        isDeniedByDocument: derivedFact(isRefused(held), { path: statement.path, sensitive: held.sensitive }),
        scopingKeys: derivedFact(scopingKeys(statement), held.places.conditions),
        wideDataReads: derivedFact(wideDataReads(held, reading), { ...held.places.resources, note: heldBy(held) }),
        controlPlaneActions: derivedFact(controlPlaneActions(held, patterns), actions),
      });
    }),
    ...unread.map(({ resource, name, unknown, path, holders }) =>
      unknownSubject(kind, resource, name, unknown, path, {
        holders: derivedFact(holders.map(labelOf)),
        ...roleFacts(holders, context),
      }),
    ),
  ];
}

/** Which of the holders are roles of tasks, by name. */
function roleFacts(holders: readonly Holder[], context: JoinContext) {
  const sets = roleSets(context);
  const among = (holds: RoleSets["isUsedByTasks"]) =>
    holders.flatMap((holder): Maybe<string>[] => {
      const { role } = holder;
      if (role.kind === "none") return [];
      if (role.kind === "unknown") return [role.unknown];
      const roles = role.kind === "one" ? [role.match] : role.matches;
      return listIf(anyOf(roles.map(holds)), labelOf(holder));
    });
  return {
    taskRoleHolders: derivedFact(among(sets.isUsedByTasks)),
    executionRoleHolders: derivedFact(among(sets.isExecutionRole)),
    taskFamilies: derivedFact(familiesOf(holders, context)),
  };
}

/** The families of the task definitions that run as one of the holders. */
function familiesOf(holders: readonly Holder[], context: JoinContext): Maybe<string>[] {
  const named = holders.flatMap(({ role }) => (role.kind === "one" ? [context.joins.to(role.match, "taskRole")] : []));
  const tasks = firstNamersOf({
    certain: named.flatMap(({ certain }) => certain),
    possible: named.flatMap(({ possible }) => possible),
  });
  return tasks.map(({ source: { attributes }, names }) =>
    names instanceof Unknown ? names : (attributes.family.value ?? new Unknown("unexpected-shape")),
  );
}

/** Holders that are no build role and not among `allowed_push_principals`, by name. */
function outsideBuild(holders: readonly Holder[], context: JoinContext): Maybe<string>[] {
  const patterns = context.settings.allowedPushPrincipals.map(lastPathSegment);
  const isAllowed = (name: Maybe<string>) =>
    patterns.length > 0 && test(name, (own) => patterns.some((pattern) => matchesGlob(own, pattern)));
  const isBuildRole = ({ role }: Holder): Maybe<boolean> => {
    if (role.kind === "none") return false;
    if (role.kind === "unknown") return role.unknown;
    return allOf((role.kind === "one" ? [role.match] : role.matches).map(roleSets(context).isBuildRole));
  };
  return holders.flatMap((holder) =>
    listIf(not(anyOf([isAllowed(holder.name), isBuildRole(holder)])), labelOf(holder)),
  );
}

const secretReaders = [...Object.values(secretReadActions).flat(), "kms:Decrypt"];

/** By which words of the statement its holders may push, for people. */
function pushNote({ statement, places, sensitive }: HeldStatement): string | null {
  if (sensitive) return null;
  const patterns = patternsFor(statement, "ecr:PutImage");
  const words = patterns.length > 0 ? ` ${patterns.join(", ")}` : "";
  return `may push by ${places.actions.path}${words}`;
}

/** Which elements of `Resource` are for every repository, for people. */
function wideNote({ resources }: Statement): string | null {
  const wide = elementsOf(resources).filter(
    (resource) => !(resource instanceof Unknown) && coversType(resource, repositoryType.format),
  );
  return wide.length === 0 ? null : `through ${wide.join(", ")}`;
}

function secretReads(statement: Statement): Maybe<string>[] {
  return secretReaders.flatMap((action) => listIf(grantsOnSome(statement, action), action));
}

/** More parts than any path has: a resource that is named in full. */
const whole = 100;

/**
 * How many parts of a path stand before the first wildcard, of the widest resource that these actions may read: 0 for `*`
 * and `parameter/*`, 1 for `parameter/shop/*` and `secret:shop-*`.
 */
function pathDepth({ resources, notResources }: Statement, reads: readonly Maybe<string>[]): Maybe<number> {
  if (notResources !== null) return notResources instanceof Unknown ? notResources : 0;
  const groups = reads.flatMap((action) => (action instanceof Unknown ? [] : (groupOf(action) ?? [])));
  const formats = groups.flatMap(({ resourceTypes }) => resourceTypes);
  const acceptsNone = groups.some(({ resourceTypes }) => resourceTypes.length === 0);
  let open: Unknown | null = null;
  let least = whole;
  for (const resource of elementsOf(resources)) {
    if (resource instanceof Unknown) open ??= namesAnArn(resource) ? null : resource;
    else if (acceptsNone || formats.some((format) => arnPatternsMeet(resource, `arn:*:${format}`)))
      least = Math.min(least, depthOf(resource));
  }
  return least === 0 ? 0 : (open ?? least);
}

/** Wildcards before the resource part, for regions and accounts, say nothing of the path. */
function depthOf(resource: string): number {
  const [, , , , , path = "*"] = sixParts(resource);
  const wildcard = path.search(/[*?]/);
  if (wildcard === -1) return whole;
  const [, ...parts] = path.slice(0, wildcard).split(/[/:]/);
  return parts.filter((part) => part !== "").length;
}

/** Patterns for actions by service; to match them with the actions of a service costs start-up time. */
function byService(patterns: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return groupBy(patterns, serviceOf);
}

function serviceOf(pattern: string): string {
  return pattern.split(":", 1)[0] ?? "";
}

/** The actions that the patterns of one service take in. */
const actionsTakenIn = once((patterns: readonly string[]): readonly string[] => {
  const names = patterns.flatMap((pattern) => {
    const known = actionsMatching(pattern, serviceOf(pattern)).flatMap(namesOf);
    return known.length > 0 ? known : [pattern];
  });
  return [...new Set(names)];
});

/** The actions of these that a statement allows; assuming a role only where any may be assumed. */
function controlPlaneActions(
  { statement }: HeldStatement,
  patterns: ReadonlyMap<string, readonly string[]>,
): Maybe<string>[] {
  const reached = [...patterns].filter(([service]) => reachesAnyActionOf(statement, service) !== false);
  const acts = once((group: ActionGroup) => actsOn(statement, group));
  const isGranted = (about: Statement, name: string) => {
    if (name === "sts:AssumeRole") return grantsOnEvery(statement, name);
    const isNamed = grants(about, name);
    const group = isNamed === false ? null : groupOf(name);
    return allOf([isNamed, group === null || acts(group)]);
  };
  const granted = reached.flatMap(([service, own]) => {
    const about = aboutService(statement, service);
    return actionsTakenIn(own).flatMap((name) => listIf(isGranted(about, name), name));
  });
  return shortened(granted);
}

/** The actions of these that a statement allows on all resources of a type, of those that accept any. */
function wideDataReads(
  { statement }: HeldStatement,
  patterns: ReadonlyMap<string, readonly string[]>,
): Maybe<string>[] {
  const reached = [...patterns].filter(([service]) => reachesAnyActionOf(statement, service) !== false);
  const granted = reached.flatMap(([service, own]) => {
    const about = aboutService(statement, service);
    const names = actionsTakenIn(own).filter((name) => groupOf(name)?.resourceTypes.length !== 0);
    const formats = dataFormats[service];
    const isForEvery = (name: string) =>
      formats === undefined ? grantsOnEvery(statement, name) : isWideFor(statement, formats);
    return names.flatMap((name) => {
      const isNamed = grants(about, name);
      return isNamed === false ? [] : listIf(allOf([isNamed, isForEvery(name)]), name);
    });
  });
  return shortened(granted);
}

const mostNamed = 8;

/** A statement that allows everything would name hundreds. */
function shortened(actions: readonly Maybe<string>[]): Maybe<string>[] {
  const unknown = actions.find((action) => action instanceof Unknown);
  const known = actions.filter((action) => !(action instanceof Unknown));
  const shown =
    known.length > mostNamed ? [...known.slice(0, mostNamed), `and ${known.length - mostNamed} more`] : known;
  return unknown === undefined ? shown : [...shown, unknown];
}
