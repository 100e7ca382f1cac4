import type { Join } from "../../joins/join.ts";
import { anySource } from "../../joins/reverse.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { type BuildProject, buildProjects } from "./projects.ts";

type Webhook = Modelled<"aws_codebuild_webhook">;
type Project = Modelled<"aws_codebuild_project">;
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
interface Admission {
  readonly name: string | null;
  readonly path: string;
  readonly events: Maybe<string>[];
  readonly hasFilters: boolean;
  readonly limitsActors: Maybe<boolean>;
  readonly openPatterns: Maybe<string>[];
}

/** What the filters of a webhook let in; unknown where the plan does not tell them. */
function admissionsOf({ attributes }: Webhook): Maybe<readonly Maybe<Admission>[]> {
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
    limitsActors: anyOf(ofType("ACTOR_ACCOUNT_ID").map(({ exclude_matched_pattern: inverts }) => not(inverts.value))),
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
  return isClosed(pattern ?? "") ? [] : [`${type} ${pattern ?? ""}`];
}

/** Whether every alternative of a regular expression is anchored at both ends, and none has a run of any characters. */
function isClosed(pattern: string): boolean {
  if (/\.[*+]|\.\{/.test(pattern.replace(/\\./g, ""))) return false;
  return alternatives(pattern).every((part) => part.startsWith("^") && /(?:^|[^\\])(?:\\\\)*\$$/.test(part));
}

/** The parts between `|` that stand in no group and no class. */
function alternatives(pattern: string): string[] {
  const parts = [""];
  let depth = 0;
  let isInClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === "|" && depth === 0 && !isInClass) {
      parts.push("");
      continue;
    }
    if (character === "[") isInClass = true;
    else if (character === "]") isInClass = false;
    else if (!isInClass && character === "(") depth += 1;
    else if (!isInClass && character === ")") depth -= 1;
    const isEscape = character === "\\";
    parts.push(`${parts.pop() ?? ""}${character}${isEscape ? pattern.charAt(at + 1) : ""}`);
    if (isEscape) at += 1;
  }
  return parts;
}

const kind = "codebuild-webhook-filter-group";

/** A subject for each group of filters: each lets builds in by itself. */
export function webhookSubjects(context: JoinContext): SubjectOf<"codebuild-webhook-filter-group">[] {
  const { model, joins } = context;
  const rights: PushRights = new Map(buildProjects(context).map(({ project, canPush }) => [project, canPush]));
  return model.aws_codebuild_webhook.flatMap((webhook) => {
    const { resource, attributes } = webhook;
    const { path } = attributes.filter_group;
    const admissions = admissionsOf(webhook);
    const canPush = canPushFact(attributes.project_name, joins.from(webhook, "webhookProject"), rights);
    const unread = (unknown: Unknown, name: string | null) =>
      unknownSubject(kind, resource, name, unknown, path, { projectCanPush: canPush });
    if (admissions instanceof Unknown) return [unread(admissions, null)];
    return admissions.map((admission, at) =>
      admission instanceof Unknown
        ? unread(admission, `filter_group[${at}]`)
        : subject(kind, resource, admission.name, {
            projectCanPush: canPush,
            hasFilters: derivedFact(admission.hasFilters, { path }),
            events: derivedFact(admission.events, { path: admission.path }),
            limitsActors: derivedFact(admission.limitsActors, { path: admission.path }),
            openPatterns: derivedFact(admission.openPatterns, { path: admission.path }),
            commentApproval: approvalFact(attributes),
          }),
    );
  });
}

/** Whether the role of each project may push images. */
type PushRights = ReadonlyMap<Project, BuildProject["canPush"]>;

function canPushFact(name: Attribute<string | null>, project: Join<Project>, rights: PushRights) {
  const from = { path: name.path };
  switch (project.kind) {
    case "one": {
      const right = rights.get(project.match);
      return derivedFact(right?.value ?? false, { ...from, note: right?.note ?? null });
    }
    case "several":
      return derivedFact(new Unknown("no-join", [], "the name is that of several projects of this plan"), from);
    case "none":
      return derivedFact(new Unknown("no-join", [], "the project is not in this plan"), from);
    case "unknown":
      return derivedFact(project.unknown, from);
  }
}

/** Roles that everybody has who can see a repository. */
const readerRoles = ["GITHUB_READ", "GITLAB_GUEST", "BITBUCKET_READ"];

/** Which pull requests wait for a comment of somebody trusted; null where none do. */
function approvalFact({ pull_request_build_policy: policies }: Webhook["attributes"]) {
  if (policies.value instanceof Unknown) return derivedFact(policies.value, { path: policies.path });
  const [policy] = policies.value;
  if (policy === undefined) return derivedFact(null, { path: policies.path });
  if (policy instanceof Unknown) return derivedFact(policy, { path: policies.path });
  const { requires_comment_approval: approval, approver_roles: roles } = policy;
  const hasReaders =
    roles.value instanceof Unknown
      ? roles.value
      : anyOf(roles.value.map((role) => test(role, (text) => readerRoles.includes(text))));
  if (hasReaders !== false)
    return derivedFact(hasReaders === true ? null : hasReaders, {
      path: roles.path,
      note: hasReaders === true ? "readers of the repository may approve" : null,
    });
  return approval;
}

/** Whether somebody from outside can start a build of the project with a change of their own. */
export function buildsOutsideChanges(project: Project, { joins }: JoinContext): Maybe<boolean> {
  return anySource(joins.to(project, "webhookProject"), (webhook) => {
    const { value: approval } = approvalFact(webhook.attributes);
    const isApproved = test(approval, (text) => text === "ALL_PULL_REQUESTS" || text === "FORK_PULL_REQUESTS");
    return anyOf(
      elementsOf(admissionsOf(webhook)).map((admission) =>
        admission instanceof Unknown
          ? admission
          : allOf([admitsPullRequests(admission), not(admission.limitsActors), not(isApproved)]),
      ),
    );
  });
}

function admitsPullRequests({ events }: Admission): Maybe<boolean> {
  return anyOf(events.map((event) => test(event, (text) => /^PULL_REQUEST_(?:CREATED|UPDATED|REOPENED)$/.test(text))));
}
