import { formatKey, type InstanceKey, type ModuleStep, parseTraversal } from "../plan/address.ts";
import { isDrawn } from "../plan/assigned.ts";
import { isJsonObject, ownMember } from "../plan/json.ts";
import type { Plan } from "../plan/read.ts";
import type { Target } from "../plan/references.ts";
import { fromJson } from "./json.ts";
import type { Type } from "./value.ts";
import { hole, mapping, marked, tuple, type Value } from "./value.ts";

/** An instance of a resource or data source, with what the plan tells of it. */
export interface PlannedInstance {
  readonly key: InstanceKey | null;
  readonly value: () => Value;
}

/** What a resource is found by within its module, which is an address as text. */
interface ResourceName {
  readonly module: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
}

/** The values that the plan tells, by resource. */
export interface PlannedValues {
  readonly instances: (name: ResourceName) => readonly PlannedInstance[];
}

export function plannedValues(plan: Plan): PlannedValues {
  const found = new Map<string, PlannedInstance[]>();
  const add = (name: ResourceName, instance: PlannedInstance) => {
    const key = keyOf(name);
    const own = found.get(key);
    if (own === undefined) found.set(key, [instance]);
    else own.push(instance);
  };
  for (const { willExist, module, moduleAddress, mode, type, name, key, node } of plan.resources) {
    if (!willExist) continue;
    const target = { module, mode, type, name, key, pairKey: null, pairKeys: null, attribute: "" };
    const { value, unknown, sensitiveMask } = node;
    const read = once(() => fromPlan({ value, unknown, sensitive: sensitiveMask }, target));
    add({ module: moduleAddress, mode, type, name }, { key, value: read });
  }
  for (const { address, values, sensitive } of plan.stateData) {
    const place = placeOf(address);
    if (place === null || found.has(keyOf({ ...place, mode: "data" }))) continue;
    add(
      { ...place, mode: "data" },
      { key: place.key, value: once(() => fromPlan({ value: values, unknown: undefined, sensitive }, null)) },
    );
  }
  return { instances: (name) => found.get(keyOf(name)) ?? [] };
}

function keyOf({ module, mode, type, name }: ResourceName): string {
  return `${module} ${mode} ${type} ${name}`;
}

/** Of a data source's address its parts: `module.a.data.aws_x.y["k"]`. */
function placeOf(address: string): { module: string; type: string; name: string; key: InstanceKey | null } | null {
  const steps = parseTraversal(address);
  const at = steps?.findIndex((step, index) => {
    const before = steps[index - 1];
    const isModuleName = before !== undefined && "name" in before && before.name === "module";
    return "name" in step && step.name === "data" && !isModuleName;
  });
  if (steps === null || at === undefined || at === -1) return null;
  const [type, name, last] = steps.slice(at + 1);
  if (type === undefined || !("name" in type) || name === undefined || !("name" in name)) return null;
  const module = steps
    .slice(0, at)
    .map((step, index) => ("key" in step ? formatKey(step.key) : `${index === 0 ? "" : "."}${step.name}`))
    .join("");
  return { module, type: type.name, name: name.name, key: last !== undefined && "key" in last ? last.key : null };
}

function once<T>(read: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}

/** A value with its masks, side by side. */
interface Masked {
  readonly value: unknown;
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

const deepest = 100;

/** A planned value; what is not known is a hole that says of which attribute. */
function fromPlan({ value, unknown, sensitive }: Masked, target: Target | null, depth = 0): Value {
  const isSensitive = sensitive === true;
  if (unknown === true) return marked(attributeHole(target), isSensitive);
  if (depth > deepest) return hole("dynamic", { reason: "the value nests deeper than plimsoll works out" });
  if (Array.isArray(value)) {
    const elements = value.map((each: unknown, at) =>
      fromPlan(
        { value: each, unknown: elementOf(unknown, at), sensitive: elementOf(sensitive, at) },
        below(target, formatKey(at)),
        depth + 1,
      ),
    );
    return marked(tuple(elements), isSensitive);
  }
  if (!isJsonObject(value) && !isJsonObject(unknown)) return marked(fromJson(value), isSensitive);
  const keys = new Set([
    ...Object.keys(isJsonObject(value) ? value : {}),
    ...Object.keys(isJsonObject(unknown) ? unknown : {}),
  ]);
  const entries = [...keys].map((key): [string, Value] => [
    key.normalize("NFC"),
    fromPlan(
      { value: ownMember(value, key), unknown: ownMember(unknown, key), sensitive: ownMember(sensitive, key) },
      below(target, `.${key}`),
      depth + 1,
    ),
  ]);
  return marked(mapping("object", entries), isSensitive);
}

function elementOf(mask: unknown, at: number): unknown {
  return Array.isArray(mask) ? mask[at] : undefined;
}

function below(target: Target | null, step: string): Target | null {
  if (target === null) return null;
  const attribute = target.attribute === "" ? step.replace(/^\./, "") : `${target.attribute}${step}`;
  return { ...target, attribute };
}

/** Attributes that are texts, by the names that the AWS provider gives them. */
const textual =
  /(?:^|_|\.)(?:arn|id|url|uri|dns_name|endpoint|revision|family|name|address|json|rendered|result|hex|value|zone|policy)$/;

function attributeHole(target: Target | null): Value {
  if (target === null) return hole("dynamic");
  const type: Type = textual.test(target.attribute) ? "string" : "dynamic";
  return hole(type, {
    isExact: true,
    isNotNull: type === "string" && isGiven(target),
    references: [{ text: textOf(target), sensitive: false, isBare: true, end: { target } }],
  });
}

/** What every object has once it exists, and what is drawn at random: neither null nor empty. */
const given = /^(?:arn|id|unique_id|key_id|url|repository_url|dns_name|invoke_arn|invoke_url|qualified_arn)$/;

function isGiven({ mode, type, attribute }: Target): boolean {
  if (mode === "data") return false;
  return attribute === "id" || (type.startsWith("aws_") && given.test(attribute)) || isDrawn(type, attribute);
}

/** As an expression within its module writes it. */
function textOf({ mode, type, name, key, attribute }: Target): string {
  const own = `${mode === "data" ? "data." : ""}${type}.${name}${formatKey(key)}`;
  return attribute === "" ? own : `${own}.${attribute}`;
}

/** A target of which the plan has no instance. */
export function absentHole(target: Target): Value {
  const references = [{ text: textOf(target), sensitive: false, isBare: true, end: { target } }];
  return hole("dynamic", { references, isExact: true });
}

export function targetOf(
  module: readonly ModuleStep[],
  { mode, type, name }: Pick<Target, "mode" | "type" | "name">,
): Target {
  return { module, mode, type, name, key: null, pairKey: null, pairKeys: null, attribute: "" };
}
