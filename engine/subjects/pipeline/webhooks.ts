import { type Join, oneOf } from "../../joins/join.ts";
import { anySource } from "../../joins/reverse.ts";
import type { Attribute } from "../../model/attribute.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { type Admission, admissionsOf, type Project, type Webhook } from "./admissions.ts";
import { type BuildProject, buildProjects } from "./projects.ts";

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
      return derivedFact(oneOf(project.matches), from);
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
