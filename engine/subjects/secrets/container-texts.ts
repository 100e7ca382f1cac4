import type { Modelled } from "../../model/model.ts";
import { partName } from "../../model/part-names.ts";
import { referencesOf } from "../../plan/absence.ts";
import { isSensitive, memberNode } from "../../plan/node.ts";
import type { PlanResource } from "../../plan/read.ts";
import { openReferences } from "../../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type FactOf, type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { type Candidate, recognisedFacts } from "./recognise.ts";
import { namesSecretAttribute, secretSources } from "./secret-sources.ts";

const kind = "container-texts";
const path = "container_definitions";

/** What is written in the containers of task definitions and Express Mode services. */
export function containerTextSubjects(context: JoinContext): SubjectOf<"container-texts">[] {
  const { model } = context;
  return [
    ...model.aws_ecs_task_definition.flatMap((definition) => taskTexts(definition, context)),
    ...model.aws_ecs_express_gateway_service.flatMap((service) => expressTexts(service, context)),
  ];
}

/**
 * What is written in the containers of a task definition. Which secrets the definitions are made of is told of them as a
 * whole: in which container each ends up, the plan does not tell.
 */
function taskTexts(
  { resource, attributes }: Modelled<"aws_ecs_task_definition">,
  context: JoinContext,
): SubjectOf<"container-texts">[] {
  const { texts: containers } = attributes.container_definitions;
  const sources = sourcesOf(resource, path, context);
  const secretSources = derivedFact(sources, { path });
  if (containers instanceof Unknown) return [unknownSubject(kind, resource, null, containers, path, { secretSources })];
  const rows = containers.map((container, at) => {
    if (container instanceof Unknown) return unknownSubject(kind, resource, `${at}`, container, path);
    const { sensitive } = attributes.container_definitions;
    const own = typeof container.name === "string" ? container.name : null;
    const name = partName("containers", at, { state: "known", value: own, path, sensitive: sensitive && own !== null });
    return textsSubject(resource, name, container.name, container.texts, derivedFact([]), context);
  });
  return sources.length === 0 ? rows : [...rows, textsSubject(resource, null, null, [], secretSources, context)];
}

/** What is written in the container of a service of `aws_ecs_express_gateway_service`. */
function expressTexts(
  { resource, attributes }: Modelled<"aws_ecs_express_gateway_service">,
  context: JoinContext,
): SubjectOf<"container-texts">[] {
  const name = "primary_container";
  const containers = attributes.primary_container;
  const [container = null] = elementsOf(containers.value);
  if (container === null) return [];
  const secretSources = derivedFact(sourcesOf(resource, name, context), { path: name });
  if (container instanceof Unknown)
    return [unknownSubject(kind, resource, name, container, containers.path, { secretSources })];
  const candidate = (at: string, place: string, value: Maybe<string | null>): Candidate[] =>
    value === null ? [] : [{ path: at, place, value, name: null }];
  const { image, command, environment } = container;
  const commandTexts = elementsOf(command.value);
  const variables = elementsOf(environment.value);
  const texts = [
    ...candidate(image.path, "image", image.value),
    ...commandTexts.flatMap((value, at) => candidate(`${command.path}[${at}]`, `command[${at}]`, value)),
    ...variables.flatMap((entry, at) =>
      entry instanceof Unknown
        ? candidate(environment.path, "environment", entry)
        : candidate(entry.value.path, `environment ${partName("environment", at, entry.name)}`, entry.value.value),
    ),
  ];
  return [textsSubject(resource, name, null, texts, secretSources, context)];
}

function textsSubject(
  resource: PlanResource,
  name: string | null,
  containerName: Maybe<string> | null,
  texts: readonly Candidate[],
  secretSources: FactOf<readonly Maybe<string>[]>,
  context: JoinContext,
): SubjectOf<"container-texts"> {
  return subject(kind, resource, name, {
    containerName: derivedFact(containerName, { path }),
    secretSources,
    ...recognisedFacts(texts, context.settings),
  });
}

/**
 * The secrets that an attribute is made of. The plan marks an attribute as sensitive where a sensitive value went into it,
 * an unknown one too, so the mark decides about variables; plans without marks (Terraform 0.14) leave the declarations.
 */
function sourcesOf(resource: PlanResource, name: string, context: JoinContext): readonly Maybe<string>[] {
  const node = memberNode(resource.node, name);
  const hasMarks = resource.node.sensitiveMask !== undefined;
  const isMarked = isSensitive(node);
  const references = referencesOf(node) ?? [];
  const sources = secretSources(references, isMarked || !hasMarks, context);
  if (!isMarked || sources.length > 0) return sources;
  // The provider calls the value of every parameter sensitive, a public one's too.
  const isExplained = references.some(({ end }) => "target" in end && namesSecretAttribute(end.target) === true);
  if (!isExplained) return ["a value that is marked as sensitive"];
  const isLost = openReferences(references).some(({ end }) => "deadEnd" in end);
  return isLost ? [new Unknown("no-join", references, "which value is marked as sensitive")] : [];
}
