import { failsBuild } from "../../buildspec/gate.ts";
import { parseFunctionName } from "../../joins/names.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, listIf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { type BuildProject, buildProjects, imageBuildingFact, unreadOf } from "./projects.ts";

const kind = "image-signature-point";

/** The build projects and ECS services, as places where signatures are made or checked. */
export function signatureSubjects(context: JoinContext): SubjectOf<"image-signature-point">[] {
  return [
    ...buildProjects(context).map((project) => projectSignatureSubject(project, context)),
    ...context.model.aws_ecs_service.map((service) => serviceSignatureSubject(service, context)),
  ];
}

/** Whether a build project signs images or verifies signatures. */
function projectSignatureSubject(build: BuildProject, context: JoinContext): SubjectOf<"image-signature-point"> {
  const { project, understanding, buildspec } = build;
  const from = { path: buildspec.path, sensitive: buildspec.sensitive };
  return subject(kind, project.resource, null, {
    place: derivedFact("project"),
    isImageBuilding: imageBuildingFact(build),
    assurances: derivedFact(
      [
        ...listIf(hasContentTrust(build), "content-trust"),
        ...(understanding instanceof Unknown ? [understanding] : signaturesOf(understanding)),
        ...listIf(hasSigningProfile(context), "signing-profile"),
      ],
      from,
    ),
    verificationHooks: derivedFact([]),
  });
}

/** Content trust concerns `docker` alone; without such a command there is nothing that it could check. */
function hasContentTrust({ understanding }: BuildProject): Maybe<boolean> {
  if (understanding instanceof Unknown) return understanding;
  const commands = understanding.actions.filter(({ contentTrust }) => contentTrust !== undefined);
  const [open] = understanding.unread;
  if (commands.length === 0) return open === undefined ? false : unreadOf(open);
  return allOf(
    commands.map(({ run, contentTrust }) =>
      contentTrust === null || contentTrust === undefined
        ? new Unknown("not-understood", [], `${run.place}: whether content trust holds is unknown`)
        : contentTrust,
    ),
  );
}

/** The commands that sign or verify; one whose failure is lost does neither. */
function signaturesOf({ actions, buildspec, unread }: Exclude<BuildProject["understanding"], Unknown>) {
  const found = actions.flatMap(({ run, signature }): Maybe<string>[] => {
    if (signature === null) return [];
    const { holds, because } = failsBuild(run, buildspec);
    if (holds === false) return [];
    return [holds === true ? signature : new Unknown("not-understood", [], because)];
  });
  return [...new Set(found), ...unread.map(unreadOf)];
}

/** The platform of AWS Signer for images. */
const imagePlatform = "Notation-OCI-SHA384-ECDSA";

const hasSigningProfile = once(({ model, plan }: JoinContext): Maybe<boolean> => {
  const profiles = model.aws_signer_signing_profile.map(({ attributes }) =>
    test(attributes.platform_id.value, (platform) => platform === imagePlatform),
  );
  const isManaged = plan.resources.some(
    ({ type, willExist }) => type === "awscc_ecr_signing_configuration" && willExist,
  );
  return anyOf([...profiles, isManaged]);
});

/** Whether a deployment of an ECS service waits for a check of signatures. */
function serviceSignatureSubject(
  service: Modelled<"aws_ecs_service">,
  context: JoinContext,
): SubjectOf<"image-signature-point"> {
  const { resource, attributes } = service;
  const { deployment_configuration: configuration } = attributes;
  const written = configuration.only.lifecycle_hook.value;
  const hooks = elementsOf(written).map((hook) =>
    hook instanceof Unknown ? hook : functionName(hook.hook_target_arn.value, service, context),
  );
  return subject(kind, resource, null, {
    place: derivedFact("service"),
    isImageBuilding: derivedFact(false),
    assurances: derivedFact([]),
    verificationHooks: derivedFact(hooks, { path: configuration.path }),
  });
}

function functionName(
  arn: Maybe<string | null>,
  { resource }: Modelled<"aws_ecs_service">,
  context: JoinContext,
): Maybe<string> {
  const found = context.joins.named("aws_lambda_function", arn, resource);
  if (found.kind === "one") return found.match.attributes.function_name.value ?? new Unknown("unexpected-shape");
  return arn instanceof Unknown ? arn : (parseFunctionName(arn ?? "")?.name ?? arn ?? "");
}
