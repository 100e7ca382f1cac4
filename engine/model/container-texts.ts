import { isJsonObject, ownMember } from "../plan/json.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { containerMembers } from "./container-fields.ts";

/** A text that stands in a container definition. */
interface ContainerText {
  /** Its path in the plan: `container_definitions[0].environment[1].value`. */
  readonly path: string;
  /** Where it stands, for people: `environment DB_URL`, `command[2]`. */
  readonly place: string;
  readonly value: Maybe<string>;
  /** The name that the author gave it, in the maps where names are the author's own (labels, options of a driver). */
  readonly name: string | null;
}

export interface ContainerTexts {
  readonly name: Maybe<string> | null;
  readonly texts: readonly ContainerText[];
}

/**
 * All texts of a container at `path`: whatever is written there, but for the entries of `secrets` and `secretOptions`, which
 * name a place in a secret store.
 */
export function containerTexts(container: object, path: string, sensitive: boolean): ContainerTexts {
  const name = memberOf(container, "name");
  return {
    name: typeof name === "string" || name instanceof Unknown ? name : null,
    texts: textsOf(container, path, sensitive),
  };
}

/** The maps of a container whose keys are the author's own. */
const ownNames = /(?:^|\.)(?:options|dockerLabels)$/i;
const references = /^(?:secrets|secretOptions)$/i;

/** What members are called that are no secret themselves. */
const knownMembers = new Set([
  ...containerMembers,
  ..."value options dockerLabels healthCheck ulimits dependsOn extraHosts environmentFiles dnsServers links hostname".split(
    " ",
  ),
]);

/** A container definition nests five levels deep. Source: ECS API Reference, ContainerDefinition. */
export const deepestContainer = 50;
const tooDeep = new Unknown("unexpected-shape", [], `it nests deeper than ${deepestContainer} levels`);

interface Part {
  readonly value: unknown;
  /** The path within the container. */
  readonly place: string;
  readonly name: string | null;
  readonly depth: number;
}

function textsOf(container: object, path: string, sensitive: boolean): ContainerText[] {
  const texts: ContainerText[] = [];
  // A list that grows while it is walked.
  const parts: Part[] = [{ value: container, place: "", name: null, depth: 0 }];
  for (const part of parts) {
    const { place, name, depth } = part;
    const value = depth > deepestContainer ? tooDeep : part.value;
    if (typeof value === "string" || value instanceof Unknown)
      texts.push({ path: `${path}.${place}`, place: sensitive ? place : shownPlace(container, place), value, name });
    else for (const inner of innerParts(part, sensitive)) parts.push(inner);
  }
  return texts;
}

/** Within what the plan marks as sensitive a key that is not one of ECS's is a part of it, which is not shown. */
function innerParts({ value, place, depth: outer }: Part, sensitive: boolean): Part[] {
  const depth = outer + 1;
  if (Array.isArray(value))
    return value.map((element: unknown, at) => ({ value: element, place: `${place}[${at}]`, name: null, depth }));
  if (!isJsonObject(value)) return [];
  const isOwn = ownNames.test(place);
  return Object.entries(value)
    .filter(([key]) => !references.test(key))
    .map(([key, member], at) => {
      const isHidden = sensitive && (isOwn || !knownMembers.has(key));
      const below = place === "" ? key : `${place}.${key}`;
      return { value: member, place: isHidden ? `${place}[${at}]` : below, name: isOwn ? key : null, depth };
    });
}

/** An environment variable is known by its name, not by its position. */
function shownPlace(container: object, place: string): string {
  const at = /^environment\[(\d+)\]\.value$/i.exec(place)?.[1];
  const list = at === undefined ? undefined : memberOf(container, "environment");
  const name = Array.isArray(list) ? memberOf(list[Number(at)], "name") : undefined;
  return typeof name === "string" ? `environment ${name}` : place;
}

function memberOf(value: unknown, key: string): unknown {
  if (!isJsonObject(value)) return undefined;
  const name = Object.keys(value).findLast((candidate) => candidate.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : ownMember(value, name);
}
