import { type BuildspecPlace, buildspecPlace } from "../../buildspec/place.ts";
import type { Understanding } from "../../buildspec/understand.ts";
import { matchesGlob } from "../../glob.ts";
import { repositoryType } from "../../iam/resource-types.ts";
import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { type Ability, grantOf, type RoleGrant } from "../iam/role-grants.ts";
import { roleStatements } from "../iam/role-statements.ts";
import { derivedFact } from "../subject.ts";
import { runsWorkflowJobs } from "./admissions.ts";

/** A build project with what its buildspec does and what its role may. */
export interface BuildProject {
  readonly project: Modelled<"aws_codebuild_project">;
  readonly buildspec: Attribute<string | null>;
  readonly place: Attribute<BuildspecPlace>;
  /** What its commands do; unknown where they are not in the plan. */
  readonly understanding: Maybe<Understanding>;
  readonly canPush: RoleGrant;
  readonly isImageBuilding: Maybe<boolean>;
  /** How that is known, for people. */
  readonly imageBuildingNote: string | null;
}

const push: Ability = { action: "ecr:PutImage", type: repositoryType, verb: "push" };

export const buildProjects = once((context: JoinContext): readonly BuildProject[] =>
  context.model.aws_codebuild_project.map((project) => {
    const { resource, attributes } = project;
    const { buildspec } = attributes.source.only;
    const understanding = understand(project, buildspec, context);
    const canPush = grantOf(
      context.joins.named("aws_iam_role", attributes.service_role.value, resource),
      push,
      roleStatements(context),
    );
    return {
      project,
      buildspec,
      place: mapAttribute(buildspec, buildspecPlace),
      understanding,
      canPush,
      ...imageBuilding(project, understanding, canPush, context),
    };
  }),
);

const byWorkflow =
  "the project runs jobs of GitHub Actions (WORKFLOW_JOB_QUEUED): its commands stand in the workflow, and it uses no buildspec";

function understand(
  project: Modelled<"aws_codebuild_project">,
  { value, sensitive }: Attribute<string | null>,
  context: JoinContext,
): Maybe<Understanding> {
  const { buildspecs, settings } = context;
  if (runsWorkflowJobs(project, context)) return new Unknown("not-understood", [], byWorkflow);
  if (value instanceof Unknown) return value;
  const place = buildspecPlace(value);
  if (value === null || place !== "inline" || buildspecs === null) {
    const where = place === "s3" ? "an S3 object" : "the source";
    return new Unknown("not-understood", [], `the commands stand in a buildspec in ${where}, not in the plan`);
  }
  const type = project.attributes.environment.only.type.value;
  if (type instanceof Unknown) return type;
  return buildspecs.understand(value, {
    variables: variablesOf(project),
    isWindows: type?.startsWith("WINDOWS") === true,
    wrappers: { vulnerabilities: settings.scannerWrappers, configuration: settings.configScannerWrappers },
    isSensitive: sensitive,
  });
}

/** Variables that decide what scanners and Docker do. */
const decisive = [
  "TRIVY_EXIT_CODE",
  "TRIVY_SEVERITY",
  "TRIVY_SCANNERS",
  "DOCKLE_EXIT_CODE",
  "DOCKLE_EXIT_LEVEL",
  "GRYPE_FAIL_ON_SEVERITY",
  "DOCKER_CONTENT_TRUST",
];

/** The variables of a project; null where the plan does not tell a value, or whether there is such a variable. */
function variablesOf({ attributes }: Modelled<"aws_codebuild_project">): Map<string, string | null> {
  const list = attributes.environment.only.environment_variable.value;
  const variables = new Map<string, string | null>();
  for (const variable of elementsOf(list)) {
    const name = variable instanceof Unknown ? variable : variable.name.value;
    if (variable instanceof Unknown || name instanceof Unknown) {
      for (const each of decisive) variables.set(each, null);
    } else if (name !== null) {
      const isPlain = variable.type.value === "PLAINTEXT";
      const { value } = variable.value;
      variables.set(name, isPlain && !(value instanceof Unknown) ? value : null);
    }
  }
  return variables;
}

/** That a project builds images, and what says so: its commands, or the rights of its role. */
export function imageBuildingFact({ project, buildspec, isImageBuilding, imageBuildingNote, canPush }: BuildProject) {
  return derivedFact(isImageBuilding, {
    path: buildspec.path,
    note: imageBuildingNote,
    placeOf: (unknown) => (unknown === canPush.value ? project.attributes.service_role.path : null),
  });
}

/** Whether a project builds images: by its commands, by what its role may push, or because the team says so. */
function imageBuilding(
  { attributes }: Modelled<"aws_codebuild_project">,
  understanding: Maybe<Understanding>,
  canPush: RoleGrant,
  { settings }: JoinContext,
): Pick<BuildProject, "isImageBuilding" | "imageBuildingNote"> {
  const listed = test(
    attributes.name.value,
    (name) => name !== null && settings.imageBuildProjects.some((pattern) => matchesGlob(name, pattern)),
  );
  const building = buildsImages(understanding);
  const isImageBuilding = anyOf([
    building.value,
    canPush.value,
    settings.imageBuildProjects.length > 0 ? listed : false,
  ]);
  const note = building.value === true ? building.note : canPush.value === true ? canPush.note : null;
  return { isImageBuilding, imageBuildingNote: isImageBuilding === true ? note : null };
}

function buildsImages(understanding: Maybe<Understanding>): { value: Maybe<boolean>; note: string | null } {
  if (understanding instanceof Unknown) return { value: understanding, note: null };
  const { actions, unread } = understanding;
  const found = actions.find(({ images }) => images?.builds === true || images?.pushes === true);
  if (found !== undefined) return { value: true, note: `${found.run.place} builds or pushes an image` };
  const [open] = unread;
  return open === undefined ? { value: false, note: null } : { value: unreadOf(open), note: null };
}

export function unreadOf({ place, because }: Understanding["unread"][number]): Unknown {
  return new Unknown("not-understood", [], `${place}: ${because}`);
}
