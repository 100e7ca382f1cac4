import { coverOf, matchesGlob, patternsMeet } from "../glob.ts";
import { partsOfArn } from "../model/arn-parts.ts";
import type { Statement } from "../model/policy-document.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { anyOf, map } from "../three-valued.ts";
import { resourceTypesByService } from "./action-table.ts";
import { isEveryResource, namesOneObject } from "./actions.ts";
import { arnPatternsMeet, partitions } from "./arns.ts";

/**
 * Whether a pattern covers every ARN of a resource type: `*`, `arn:aws:ecs:*:*:service/*`. One partition, one region or one
 * account is as wide: what an identity may do by its own policies, it may do in its own account.
 */
export function coversType(pattern: string, resourceType: string): boolean {
  return coveringOf(pattern)(resourceType);
}

/** The same for several types. */
function coveringOf(pattern: string): (resourceType: string) => boolean {
  const isCovered = coverOf(withAnyPlace(pattern));
  return (resourceType) => {
    const every = everyOf(resourceType);
    return partitions.some((partition) => isCovered(`arn:${partition}:${every}`));
  };
}

/** The pattern for every partition, region and account; the last part only if its star goes on over the colons. */
function withAnyPlace(pattern: string): string {
  const written = partsOfArn(pattern);
  const isOpen = [never, always, never, always, mayBeAccount];
  return written
    .map((field, at) => (isOpen[at]?.(field) && (at < written.length - 1 || field.endsWith("*")) ? "*" : field))
    .join(":");
}

const never = () => false;
const always = () => true;

/** A variable in the place of an account is the account of the caller. */
function mayBeAccount(field: string): boolean {
  return field === "" || field.includes("${") || patternsMeet(field, "?".repeat(12));
}

/** Names that have more than one character at least. Source: the API reference of each service, "Length Constraints". */
const shortestNames: Readonly<Record<string, number>> = {
  "ecr:*:*:repository/*": 2,
  "codebuild:*:*:project/*": 2,
  "s3:::*": 3,
  "s3:::*/*": 3,
};

/** The pattern for all ARNs of a type: a variable of a format has one character at least, an account has twelve. */
export function everyOf(resourceType: string): string {
  const [service = "", region = "", account = "", ...rest] = resourceType.split(":");
  const more = "?".repeat((shortestNames[resourceType] ?? 1) - 1);
  const resource = rest.join(":").replace("*", `${more}*`).replaceAll("*", "?*");
  return [service, region.replaceAll("*", "?*"), account.replace("*", "?".repeat(12)), resource].join(":");
}

/** Whether a pattern covers a whole type of resources, whichever type that is. */
export function isWidePattern(pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return false;
  if (isEveryResource(pattern) === true) return true;
  const [, , service = "*"] = partsOfArn(pattern);
  const isCovered = coveringOf(pattern);
  return [...resourceTypesByService()].some(([name, types]) => matchesGlob(name, service) && types.some(isCovered));
}

/**
 * Whether the statement is for every resource of some type: `Resource` has a pattern that covers it, or `NotResource`
 * leaves all but some. An ARN of an object that this plan manages is that object.
 */
export function isResourceWide(statement: Statement): Maybe<boolean> {
  return anyResource(statement, isWidePattern);
}

/** Whether the statement is for every resource of one of these types. */
export function isWideFor(statement: Statement, resourceTypes: readonly string[]): Maybe<boolean> {
  return anyResource(statement, (pattern) => resourceTypes.some(coveringOf(pattern)));
}

export function anyResource(statement: Statement, holds: (pattern: string) => boolean): Maybe<boolean> {
  return anyOfResources(statement, holds, (arn) => (namesOneObject(arn) ? false : arn));
}

/**
 * Whether the statement may concern a resource of one of these types: an action on an ARN of another type is allowed to
 * nobody. `ofUnknown` judges what the plan does not tell.
 */
export function mayConcern(
  statement: Statement,
  resourceTypes: readonly string[],
  ofUnknown: (arn: Unknown) => Maybe<boolean>,
): Maybe<boolean> {
  const holds = (pattern: string) => resourceTypes.some((type) => arnPatternsMeet(pattern, `arn:*:${type}`));
  return anyOfResources(statement, holds, ofUnknown);
}

function anyOfResources(
  { resources, notResources }: Statement,
  holds: (pattern: string) => boolean,
  ofUnknown: (arn: Unknown) => Maybe<boolean>,
): Maybe<boolean> {
  // A list that the plan does not tell may turn out not to be there.
  const leavesMost = map(notResources, (list) => list !== null);
  const named = elementsOf(resources).map((resource) =>
    resource instanceof Unknown ? ofUnknown(resource) : holds(resource),
  );
  return anyOf([leavesMost, ...named]);
}
