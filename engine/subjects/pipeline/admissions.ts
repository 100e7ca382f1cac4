import type { Modelled } from "../../model/model.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { isClosed } from "./closed-patterns.ts";

export type Webhook = Modelled<"aws_codebuild_webhook">;
export type Project = Modelled<"aws_codebuild_project">;
type Known<T> = Exclude<T, Unknown>;
type Group = Known<Known<Webhook["attributes"]["filter_group"]["value"]>[number]>;
type Filter = Known<Known<Group["filter"]["value"]>[number]>;

/** Everything that can start a build, where no filter says what. Source: CodeBuild User Guide, "Filter webhook events". */
const allEvents = [
  "PUSH",
  "PULL_REQUEST_CREATED",
  "PULL_REQUEST_UPDATED",
  "PULL_REQUEST_REOPENED",
  "PULL_REQUEST_MERGED",
  "PULL_REQUEST_CLOSED",
  "RELEASED",
  "PRERELEASED",
  "WORKFLOW_JOB_QUEUED",
];

/** What one group of filters lets in; a webhook without any lets in everything. */
export interface Admission {
  readonly name: string | null;
  readonly path: string;
  readonly events: Maybe<string>[];
  readonly hasFilters: boolean;
  readonly limitsActors: Maybe<boolean>;
  readonly openPatterns: Maybe<string>[];
}

/** What the filters of a webhook let in; unknown where the plan does not tell them. */
export function admissionsOf({ attributes }: Webhook): Maybe<readonly Maybe<Admission>[]> {
  const { filter_group: groups, branch_filter: branch } = attributes;
  if (groups.value instanceof Unknown) return groups.value;
  if (groups.value.length > 0)
    return groups.value.map((group, at) =>
      group instanceof Unknown ? group : groupAdmission(group, `filter_group[${at}]`),
    );
  const open = { name: null, path: groups.path, events: allEvents, hasFilters: false, limitsActors: false };
  if (branch.state === "unset") return [{ ...open, openPatterns: [] }];
  return [{ ...open, path: branch.path, hasFilters: true, openPatterns: openPattern("branch_filter", branch.value) }];
}

function groupAdmission(group: Group, path: string): Maybe<Admission> {
  const filters = group.filter.value;
  if (filters instanceof Unknown) return filters;
  const unknown = filters.find((filter) => filter instanceof Unknown || filter.type.value instanceof Unknown);
  if (unknown instanceof Unknown) return unknown;
  const known = filters.flatMap((filter) => (filter instanceof Unknown ? [] : [filter]));
  const untold = known.map(({ type }) => type.value).find((type) => type instanceof Unknown);
  if (untold !== undefined) return untold;
  const ofType = (...types: readonly string[]) =>
    known.filter(({ type }) => typeof type.value === "string" && types.includes(type.value));
  return {
    name: path,
    path,
    events: eventsOf(ofType("EVENT")),
    hasFilters: known.length > 0,
    limitsActors: anyOf(
      ofType("ACTOR_ACCOUNT_ID").map(({ pattern, exclude_matched_pattern: inverts }) =>
        allOf([not(inverts.value), test(pattern.value, (text) => isClosed("ACTOR_ACCOUNT_ID", text ?? ""))]),
      ),
    ),
    openPatterns: ofType("ACTOR_ACCOUNT_ID", "HEAD_REF", "BASE_REF", "REPOSITORY_NAME").flatMap(openFilter),
  };
}

/** The filters of a group must all match, so its events are those of every filter. */
function eventsOf(filters: readonly Filter[]): Maybe<string>[] {
  let events: Maybe<string>[] = allEvents;
  for (const { pattern, exclude_matched_pattern: inverts } of filters) {
    const text = pattern.value;
    if (text instanceof Unknown) return [text];
    if (inverts.value instanceof Unknown) return [inverts.value];
    const named = (text ?? "").split(",").map((event) => event.trim());
    const isInverted = inverts.value;
    const others = named.filter((event) => !allEvents.includes(event));
    events = isInverted
      ? events.filter((event) => typeof event === "string" && !named.includes(event))
      : [...events.filter((event) => typeof event === "string" && named.includes(event)), ...others];
  }
  return events;
}

/** An excluding pattern keeps more out the less it is anchored. */
function openFilter({ type, pattern, exclude_matched_pattern: inverts }: Filter): Maybe<string>[] {
  const open = openPattern(typeof type.value === "string" ? type.value : "", pattern.value);
  if (inverts.value instanceof Unknown) return open.length === 0 ? [] : [inverts.value];
  return inverts.value ? [] : open;
}

function openPattern(type: string, pattern: Maybe<string | null>): Maybe<string>[] {
  if (pattern instanceof Unknown) return [pattern];
  return isClosed(type, pattern ?? "") ? [] : [`${type} ${pattern ?? ""}`];
}

/**
 * Whether the project only runs jobs of GitHub Actions: every webhook of its lets in nothing but WORKFLOW_JOB_QUEUED. Then its
 * commands are the workflow's, whatever its buildspec is. Source: CodeBuild User Guide, "Self-hosted GitHub Actions runners".
 */
export function runsWorkflowJobs(project: Project, { joins }: JoinContext): boolean {
  const { certain, possible } = joins.to(project, "webhookProject");
  const admissions = certain.flatMap(({ source }) => elementsOf(admissionsOf(source)));
  const isJobs = (admission: Maybe<Admission>) =>
    !(admission instanceof Unknown) && admission.events.every((event) => event === "WORKFLOW_JOB_QUEUED");
  return possible.length === 0 && admissions.length > 0 && admissions.every(isJobs);
}
