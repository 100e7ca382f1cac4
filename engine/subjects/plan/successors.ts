import { getOrAdd } from "../../joins/maps.ts";
import { type ProtectedType, type ProtectiveType, scalarOf } from "../../model/protective-types.ts";
import { once } from "../../once.ts";
import { ownMember } from "../../plan/json.ts";
import type { PlanNode } from "../../plan/node.ts";
import type { Plan, PlanResource } from "../../plan/read.ts";
import { targetsOf } from "../../plan/references.ts";
import type { Removal } from "../../plan/removal.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import { type ByValue, indexByValue } from "../by-value.ts";

/** The resources of a type that will exist and may protect what the one that goes protects now, by the first of the keys. */
export const successorsOf = once((plan: Plan) => {
  const successors = byType(plan.resources.filter(({ willExist, isAws }) => willExist && isAws));
  const found = new Map<string, ByValue<PlanResource>>();
  return (type: string, { before }: Removal, { keys }: ProtectiveType): readonly PlanResource[] => {
    const all = successors.get(type) ?? [];
    const [first] = Object.entries(keys);
    const wanted = first === undefined ? null : scalarOf(before, first[0]).value;
    if (first === undefined || typeof wanted !== "string") return all;
    const [key, owner] = first;
    const valuesOf = ({ node }: PlanResource) => valuesNamedBy(scalarOf(node, key).value, owner, plan);
    return getOrAdd(found, type, () => indexByValue(all, valuesOf))(wanted);
  };
});

function byType(resources: readonly PlanResource[]): ReadonlyMap<string, readonly PlanResource[]> {
  const found = new Map<string, PlanResource[]>();
  for (const resource of resources) getOrAdd(found, resource.type, () => []).push(resource);
  return found;
}

/** The values that a key may have: of one that refers to a resource those that name it. */
function valuesNamedBy(key: Maybe<unknown>, owner: ProtectedType | null, plan: Plan): readonly unknown[] {
  const [target, ...others] = key instanceof Unknown ? (targetsOf(key.references) ?? []) : [];
  if (owner === null || target === undefined || others.length > 0) return [key];
  const [named, ...more] = target.type === owner.type ? plan.existing.of(target) : [];
  if (named === undefined || more.length > 0) return [key];
  const values = owner.names.map((name) => scalarOf(named.node, name).value);
  // What the provider makes up at apply is no value that something has now.
  return values.filter((value) => !(value instanceof Unknown && value.reason === "computed"));
}

/** Whether a resource that will exist protects what the one that goes protects now. */
export function takesPlaceOf(
  candidate: PlanResource,
  departing: PlanResource,
  { before }: Removal,
  { keys, off, widest }: ProtectiveType,
  plan: Plan,
): Maybe<boolean> {
  const isUnique = Object.keys(keys).some((key) => isUniqueId(scalarOf(before, key).value));
  return allOf([
    ...Object.entries(keys).map(([key, owner]) =>
      names(scalarOf(candidate.node, key).value, scalarOf(before, key).value, owner, plan),
    ),
    isUnique || sameProvider(departing, before, candidate, candidate.node, plan),
    off === undefined ? true : test(scalarOf(candidate.node, off.attribute).value, (value) => value !== off.value),
    widest === undefined
      ? true
      : test(
          scalarOf(candidate.node, widest.attribute).value,
          (value) => value === widest.value || value === scalarOf(before, widest.attribute).value,
        ),
  ]);
}

/**
 * Whether the object that the resource protects goes in the same plan; one of the same name that stays or is made anew
 * needs the protection all the same.
 */
export function isProtectedObjectDestroyed(
  departing: PlanResource,
  { before }: Removal,
  { keys }: ProtectiveType,
  plan: Plan,
): Maybe<boolean> {
  return anyOf(
    Object.entries(keys).flatMap(([key, owner]) => {
      const { value } = scalarOf(before, key);
      if (owner === null || typeof value !== "string") return [];
      const owners = ownersOf(plan)(owner);
      const named = (resource: PlanResource, node: PlanNode) =>
        allOf([
          isNamed(node, value, owner),
          isUniqueId(value) || sameProvider(departing, before, resource, node, plan),
        ]);
      return [
        allOf([
          anyOf(owners.departing(value).map(({ resource, node }) => named(resource, node))),
          not(anyOf(owners.existing(value).map(({ resource, node }) => named(resource, node)))),
        ]),
      ];
    }),
  );
}

/** The objects that may be protected, as they are now and as they will be, by what names them. */
const ownersOf = once((plan: Plan) => {
  const all = byType(plan.resources);
  return once((owner: ProtectedType) => {
    const owners = all.get(owner.type) ?? [];
    const namesOf = ({ node }: { readonly node: PlanNode }) =>
      owner.names
        .map((name) => scalarOf(node, name).value)
        .filter((value) => !(value instanceof Unknown && value.reason === "computed"));
    return {
      departing: indexByValue(
        owners.flatMap((resource) => (resource.removal === null ? [] : [{ resource, node: resource.removal.before }])),
        namesOf,
      ),
      existing: indexByValue(
        owners.flatMap((resource) => (resource.willExist ? [{ resource, node: resource.node }] : [])),
        namesOf,
      ),
    };
  });
});

/** Whether a key is the wanted value; one that is decided at apply may be that of an object whose name is known already. */
function names(key: Maybe<unknown>, wanted: unknown, owner: ProtectedType | null, plan: Plan): Maybe<boolean> {
  if (!(key instanceof Unknown)) return key === wanted;
  // What AWS or Terraform makes up at apply is new; whether it makes up anything where nothing was, nothing tells.
  if (key.reason === "computed" && typeof wanted === "string") return false;
  if (owner === null || typeof wanted !== "string") return key;
  const instances = (targetsOf(key.references) ?? []).flatMap((target) => {
    const found = target.type === owner.type ? plan.existing.of(target) : [];
    return found.length === 0 ? [key] : found.map(({ node }) => isNamed(node, wanted, owner));
  });
  const [first, ...others] = instances;
  return first === undefined || others.some((other) => other !== first) ? key : first;
}

function isNamed(node: PlanNode, wanted: string, { names: attributes }: ProtectedType): Maybe<boolean> {
  return anyOf(
    attributes.map((attribute) => {
      const { value } = scalarOf(node, attribute);
      return value instanceof Unknown && value.reason === "computed" ? false : test(value, (text) => text === wanted);
    }),
  );
}

/** An ARN, or an id that AWS made up, as `vpc-0a1b2c3d`: no other region or account has it. */
function isUniqueId(value: unknown): boolean {
  return typeof value === "string" && /^arn:|^[a-z]+-[0-9a-f]{8,}$|^[0-9a-f]{32}$/.test(value);
}

/** The same account and region: of a resource that is no longer in the configuration the plan does not tell them. */
function sameProvider(
  one: PlanResource,
  oneNode: PlanNode,
  other: PlanResource,
  otherNode: PlanNode,
  plan: Plan,
): Maybe<boolean> {
  if (one.providerKey !== null && other.providerKey !== null) return one.providerKey === other.providerKey;
  // What goes from one module together was made together: an inference.
  if (one.providerKey === other.providerKey && one.moduleAddress === other.moduleAddress) return true;
  const [region, otherRegion] = [regionOf(one, oneNode), regionOf(other, otherNode)];
  if (region !== null && otherRegion !== null && region !== otherRegion) return false;
  if (plan.providers.filter(({ name }) => name === "aws").length <= 1) return true;
  return new Unknown(
    "no-join",
    [],
    "the plan does not show to which of its provider configurations a removed resource belongs",
  );
}

function regionOf({ region }: PlanResource, { value }: PlanNode): string | null {
  const own = ownMember(value, "region");
  if (typeof own === "string") return own;
  const arn = ownMember(value, "arn");
  const inArn = typeof arn === "string" ? arn.split(":")[3] : undefined;
  return inArn === undefined || inArn === "" ? region : inArn;
}
