import { mapAttribute } from "../../model/attribute.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { exposureFacts } from "./exposure-facts.ts";
import { type BuildProject, buildProjects, imageBuildingFact } from "./projects.ts";
import { scanFacts } from "./scan-facts.ts";
import { buildsOutsideChanges } from "./webhooks.ts";

export function projectSubjects(context: JoinContext): SubjectOf<"codebuild-project">[] {
  return buildProjects(context).map((project) => projectSubject(project, context));
}

function projectSubject(build: BuildProject, context: JoinContext) {
  const { resource, attributes } = build.project;
  const { type, location } = attributes.source.only;
  return subject("codebuild-project", resource, null, {
    name: attributes.name,
    isImageBuilding: imageBuildingFact(build),
    canPush: derivedFact(build.canPush.value, { path: attributes.service_role.path, note: build.canPush.note }),
    privileged: attributes.environment.only.privileged_mode,
    sourceType: type,
    sourceLocation: mapAttribute(location, withoutUser),
    buildspecPlace: { ...build.place, sensitive: false },
    buildsOutsideChanges: derivedFact(buildsOutsideChanges(build.project, context)),
    ...scanFacts(build),
    ...exposureFacts(attributes),
  });
}

/** A URL may hold a user's password. */
function withoutUser(location: string | null): string | null {
  return location?.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, "$1") ?? null;
}
