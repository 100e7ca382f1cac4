import { parseJsonText } from "../../model/json-text.ts";
import { absenceOf, valueWithUnknowns } from "../../plan/absence.ts";
import { isJsonObject, ownMember } from "../../plan/json.ts";
import { elementNodes, isSensitive, jsonNode, memberNode, type PlanNode } from "../../plan/node.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { isSecretAttribute } from "../../secrets/secret-attributes.ts";
import { holdsKeyId, holdsSecret, memberOf, type NamedValue } from "../secrets/hidden-values.ts";
import type { Settings } from "../settings.ts";
import type { Fact } from "../subject.ts";
import { type AttributeStep, parseAttributePath } from "./attribute-path.ts";

/** What stands at a path: a value with unknowns in place; undefined where nothing does. */
interface Found {
  readonly value: unknown;
  readonly sensitive: boolean;
}

/** Whether what stands within an attribute is recognised as a secret, whether or not the plan marks it. */
export type Recognise = (attribute: string, place: NamedValue) => boolean;

/** What policies recognise as a secret in a resource. */
export function recogniseIn({ type, node }: PlanResource, settings: Settings): Recognise {
  const hasKeyId = holdsKeyId(node.value);
  return (attribute, place) =>
    isSecretAttribute(type, attribute.replace(/_wo$/, "")) === true || holdsSecret(place, hasKeyId, settings);
}

const recogniseNothing: Recognise = () => false;

/**
 * A fact that is an attribute itself, of a resource of any type. There is no model of it, so that no default is known.
 * What is recognised as a secret is as sensitive as what is marked.
 */
export function resourceFact(root: PlanNode, path: string, recognise: Recognise = recogniseNothing): Fact {
  const steps = parseAttributePath(path);
  const [first] = steps ?? [];
  const { value, sensitive } =
    steps === null || first === undefined || !("name" in first) || !hasAttribute(root, first.name)
      ? {
          value: new Unknown("stated", [], `the resource has no attribute "${path}"; check its spelling`),
          sensitive: false,
        }
      : read({ node: root, name: null }, steps, false, (place) => recognise(first.name, place));
  const base = { path, address: null, sensitive, note: null };
  if (value instanceof Unknown) return { state: "unknown", value, ...base };
  return value === undefined || value === null
    ? { state: "unset", value: null, ...base }
    : { state: "known", value, ...base };
}

/** The plan lists all attributes of a type, those that are not written as null or as unknown. */
function hasAttribute({ value, unknown }: PlanNode, name: string): boolean {
  return (
    ownMember(value, name) !== undefined ||
    ownMember(unknown, name) !== undefined ||
    (isJsonObject(value) && Object.hasOwn(value, name))
  );
}

/** A place on the way, with the name that its author gave it. */
interface Place {
  readonly node: PlanNode;
  readonly name: string | null;
}

/** @param inBlock whether the node is an element of a list, which holds all attributes of its type; a map does not */
function read(
  { node, name }: Place,
  steps: readonly AttributeStep[],
  inBlock: boolean,
  recognise: (place: NamedValue) => boolean,
): Found {
  const [step, ...rest] = steps;
  if (step === undefined) {
    const found = leaf(node);
    return { ...found, sensitive: found.sensitive || recognise({ value: node.value, name }) };
  }
  if (node.unknown === true) return { value: absence(node), sensitive: false };
  const opened = typeof node.value === "string" ? openJson(node, node.value) : node;
  if (opened instanceof Unknown) return { value: opened, sensitive: false };
  if (opened.value === null || opened.value === undefined)
    return { value: "count" in step ? 0 : undefined, sensitive: false };
  if ("count" in step) return { value: countOf(opened), sensitive: false };
  if ("name" in step) {
    const member = memberNode(opened, step.name);
    if (inBlock && member.value === undefined && member.unknown === undefined)
      return {
        value: new Unknown("stated", [], `there is no attribute "${step.name}"; check its spelling`),
        sensitive: false,
      };
    const named = memberOf({ value: opened.value, name }, step.name, member.value);
    return read({ node: member, name: named.name }, rest, false, recognise);
  }
  const elements = elementNodes(opened, "set");
  if (elements === null) return { value: misfit("is no list"), sensitive: false };
  if ("index" in step) {
    const element = elements[step.index];
    return element === undefined
      ? { value: undefined, sensitive: false }
      : read({ node: element, name }, rest, opened.context !== null, recognise);
  }
  return flatten(elements.map((element) => read({ node: element, name }, rest, opened.context !== null, recognise)));
}

/**
 * The values of all elements as one list; those that are lists themselves one level flat. An element that does not set a
 * single value stays, as null: it must not be lost among those that do.
 */
function flatten(found: readonly Found[]): Found {
  const areLists = found.some(({ value }) => Array.isArray(value));
  return {
    value: found.flatMap(({ value }) => value ?? (areLists ? [] : null)),
    sensitive: found.some(({ sensitive }) => sensitive),
  };
}

function leaf(node: PlanNode): Found {
  if (node.unknown === true) return { value: absence(node), sensitive: false };
  if (node.value === "" && isUnwritten(node)) return { value: undefined, sensitive: false };
  const value = valueWithUnknowns(node);
  const sensitive = isSensitive(node);
  if (value instanceof Unknown || !holdsObject(value)) return { value, sensitive };
  return { value: misfit("holds blocks or a map; name one of their attributes, or count them with #"), sensitive };
}

/** An empty text that nobody wrote is what the provider holds for "not set"; of one that is written no schema tells. */
function isUnwritten({ expressions, context, maybeDynamic }: PlanNode): boolean {
  return expressions?.length === 0 && context !== null && !maybeDynamic;
}

function holdsObject(value: unknown): boolean {
  if (Array.isArray(value))
    return value.some(
      (element: unknown) => !(element instanceof Unknown) && typeof element === "object" && element !== null,
    );
  return typeof value === "object" && value !== null;
}

function countOf({ value }: PlanNode): Maybe<number> {
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : misfit("is no list, so that there is nothing to count");
}

/** Without a schema it cannot be told what a provider fills in at apply, so that nothing of that is taken for unset. */
function absence(node: PlanNode): Unknown {
  const found = absenceOf(node, "computed");
  return found === "unset" ? new Unknown("computed") : found;
}

function openJson(node: PlanNode, text: string): PlanNode | Unknown {
  const value = parseJsonText(text);
  if (value instanceof Unknown) return value;
  return { ...jsonNode(value, node.path, isSensitive(node)), ignoreCase: false };
}

function misfit(what: string): Unknown {
  return new Unknown("stated", [], `the attribute ${what}`);
}
