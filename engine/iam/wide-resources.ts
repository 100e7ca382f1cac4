import { matchesGlob } from "../glob.ts";
import type { Statement } from "../model/policy-document.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { anyOf } from "../three-valued.ts";
import { resourceTypesByService } from "./action-table.ts";
import { isEveryResource, namesAnArn } from "./actions.ts";

const partitions = ["aws", "aws-cn", "aws-us-gov"] as const;

/**
 * Whether a pattern covers every ARN of a resource type, in every account: `*`, `arn:aws:ecs:*:*:service/*`. One partition
 * or one region is as wide; a pattern that names the account is not.
 */
export function coversType(pattern: string, resourceType: string): boolean {
  if (pattern === "*") return true;
  const segments = pattern.split(":");
  if (segments.length < 6) return partitions.some((partition) => coversSamples(pattern, partition, resourceType));
  const [arn, , service, , ...rest] = segments;
  return coversSamples([arn, "*", service, "*", ...rest].join(":"), "aws", resourceType);
}

/** Whether the pattern matches ARNs that have nothing in common but what every one of the type has. */
function coversSamples(pattern: string, partition: string, resourceType: string): boolean {
  return ["q", "wwwwwww"].every((sample) => {
    const arn = resourceType.replaceAll("*", sample).replaceAll("?", "x");
    return matchesGlob(`arn:${partition}:${arn}`, pattern);
  });
}

/** Whether a pattern covers a whole type of resources in every account, whichever type that is. */
export function isWidePattern(pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return false;
  const [, , service = "*", , account = ""] = pattern.split(":");
  if (account !== "" && !/[*?]/.test(account)) return false;
  if (isEveryResource(pattern) === true) return true;
  return [...resourceTypesByService()].some(
    ([name, types]) => matchesGlob(name, service) && types.some((type) => coversType(pattern, type)),
  );
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
  return anyResource(statement, (pattern) => resourceTypes.some((type) => coversType(pattern, type)));
}

export function anyResource(statement: Statement, holds: (pattern: string) => boolean): Maybe<boolean> {
  return anyOfResources(statement, holds, (arn) => (namesAnArn(arn) ? false : arn));
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
  const holds = (pattern: string) => resourceTypes.some((type) => mayMatchType(pattern, type));
  return anyOfResources(statement, holds, ofUnknown);
}

/** Whether some ARN of the type matches the pattern. */
function mayMatchType(pattern: string, resourceType: string): boolean {
  const format = `arn:*:${resourceType}`;
  const segments = segmentsOf(pattern);
  // A pattern that ends before the resource goes on over the colons: `*`, `arn:aws:ecs:*`.
  if (segments.length < 6) return mayBothMatch(pattern, format);
  return segmentsOf(format).every((segment, at) => mayBothMatch(segments[at] ?? "", segment));
}

/** Partition, service, region, account and, whatever colons it has, resource. */
function segmentsOf(arn: string): string[] {
  const segments = arn.split(":");
  return segments.length < 6 ? segments : [...segments.slice(0, 5), segments.slice(5).join(":")];
}

/** Whether some text matches both patterns. */
function mayBothMatch(one: string, other: string): boolean {
  // reachable[j]: whether the patterns' beginnings, up to here and up to j, have a text in common.
  let reachable = startsOf(other);
  for (const character of one) {
    const next = [character === "*" && reachable[0] === true];
    for (const [j, wanted] of [...other].entries()) {
      const bothStep = character === "?" || wanted === "?" || character === wanted;
      next.push(
        character === "*" || wanted === "*"
          ? next[j] === true || reachable[j + 1] === true || reachable[j] === true
          : bothStep && reachable[j] === true,
      );
    }
    reachable = next;
  }
  return reachable[other.length] === true;
}

/** Stars alone match the empty text. */
function startsOf(pattern: string): boolean[] {
  const stars = /^\**/.exec(pattern)?.[0].length ?? 0;
  return Array.from({ length: pattern.length + 1 }, (_, at) => at <= stars);
}

function anyOfResources(
  { resources, notResources }: Statement,
  holds: (pattern: string) => boolean,
  ofUnknown: (arn: Unknown) => Maybe<boolean>,
): Maybe<boolean> {
  // A list that the plan does not tell may turn out not to be there.
  const leavesMost = notResources instanceof Unknown ? notResources : notResources !== null;
  const named = elementsOf(resources).map((resource) =>
    resource instanceof Unknown ? ofUnknown(resource) : holds(resource),
  );
  return anyOf([leavesMost, ...named]);
}
