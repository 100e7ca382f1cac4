import { containerTexts } from "../../model/container-texts.ts";
import type { Modelled } from "../../model/model.ts";
import { isSensitive, memberNode, referencesOf } from "../../plan/node.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { partName } from "../part-names.ts";
import { derivedFact, type Subject, subject } from "../subject.ts";
import { type Candidate, recognisedFacts } from "./recognise.ts";
import { namesSecretAttribute, secretSources } from "./secret-sources.ts";

const kind = "container-texts";
const path = "container_definitions";

/**
 * What is written in the containers of a task definition. Which secrets the definitions are made of is told of them as a
 * whole: in which container each ends up, the plan does not tell.
 */
export function containerTextSubjects(
  { resource, attributes }: Modelled<"aws_ecs_task_definition">,
  context: JoinContext,
): Subject[] {
  const containers = containerTexts(attributes.container_definitions);
  const sources = sourcesOf(resource, path, context);
  if (containers instanceof Unknown)
    return [withSources(unknownSubject(kind, resource, null, containers, path), sources)];
  const rows = containers.map((container, at) => {
    if (container instanceof Unknown) return unknownSubject(kind, resource, `${at}`, container, path);
    const { sensitive } = attributes.container_definitions;
    const own = typeof container.name === "string" ? container.name : null;
    const name = partName("containers", at, { state: "known", value: own, path, sensitive: sensitive && own !== null });
    return textsSubject(resource, name, container.name, container.texts, context);
  });
  if (sources.length === 0) return rows;
  return [...rows, withSources(textsSubject(resource, null, null, [], context), sources)];
}

/** What is written in the container of a service of `aws_ecs_express_gateway_service`. */
export function expressTextSubjects(
  { resource, attributes }: Modelled<"aws_ecs_express_gateway_service">,
  context: JoinContext,
): Subject[] {
  const name = "primary_container";
  const containers = attributes.primary_container;
  const [container = null] = containers.value instanceof Unknown ? [containers.value] : containers.value;
  if (container === null) return [];
  const sources = sourcesOf(resource, name, context);
  if (container instanceof Unknown)
    return [withSources(unknownSubject(kind, resource, name, container, containers.path), sources)];
  const candidate = (at: string, place: string, value: Maybe<string | null>): Candidate[] =>
    value === null ? [] : [{ path: at, place, value, name: null }];
  const { image, command, environment } = container;
  const commandTexts = command.value instanceof Unknown ? [command.value] : command.value;
  const variables = environment.value instanceof Unknown ? [environment.value] : environment.value;
  const texts = [
    ...candidate(image.path, "image", image.value),
    ...commandTexts.flatMap((value, at) => candidate(`${command.path}[${at}]`, `command[${at}]`, value)),
    ...variables.flatMap((entry, at) =>
      entry instanceof Unknown
        ? candidate(environment.path, "environment", entry)
        : candidate(entry.value.path, `environment ${partName("environment", at, entry.name)}`, entry.value.value),
    ),
  ];
  return [withSources(textsSubject(resource, name, null, texts, context), sources)];
}

function textsSubject(
  resource: PlanResource,
  name: string | null,
  containerName: Maybe<string> | null,
  texts: readonly Candidate[],
  context: JoinContext,
): Subject {
  return subject(kind, resource, name, {
    containerName: derivedFact<string | null>(containerName, { path }),
    secretSources: derivedFact<readonly Maybe<string>[]>([]),
    ...recognisedFacts(texts, context.settings),
  });
}

function withSources(row: Subject, sources: readonly Maybe<string>[]): Subject {
  const at = { path: row.name ?? path };
  return { ...row, facts: { ...row.facts, secretSources: derivedFact(sources, at) } };
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
  const isLost = references.some(({ end }) => "deadEnd" in end && end.deadEnd !== "variable");
  return isLost ? [new Unknown("no-join", references, "which value is marked as sensitive")] : [];
}
