import { keepElements, withMember } from "./changed-node.ts";
import { type CopiedAttribute, type CopyOwner, copiedAttributes } from "./copied-attributes.ts";
import { selfKey, sourceKey, sourceLists } from "./group-rules.ts";
import { isJsonObject, ownMember } from "./json.ts";
import { memberNode, type PlanNode } from "./node.ts";
import {
  elementParts,
  laterPart,
  type Owned,
  type OwnerResource,
  type OwnersOf,
  ownedParts,
  textOf,
  wholePart,
} from "./owned-parts.ts";
import type { VariableValues } from "./variables.ts";
import { isNothing, isWritten } from "./written.ts";

/** An attribute that the provider read back from AWS. */
export interface ReadBack {
  readonly attribute: string;
  /** Whether a `dynamic` block may have made it, which leaves no trace in the configuration. */
  readonly mayBeDynamic: boolean;
}

interface Resource extends OwnerResource {
  readonly readBack: readonly ReadBack[];
}

/**
 * The resources without what is a copy of another resource. An attribute that nobody writes and that the provider computes
 * holds, after the first apply, what AWS has, which other resources made. What they hold is judged there; what they take
 * away is gone; what no resource of the plan owns stays, and the resource says so (`readBack`).
 */
export function withoutCopies<R extends Resource>(resources: readonly R[], variables: VariableValues): readonly R[] {
  const present = new Set(resources.filter(mayHoldCopies).map(({ type }) => type));
  const rows = copiedAttributes.filter(({ types }) => types.some((type) => present.has(type)));
  if (rows.length === 0) return resources;
  const ownersOf = ownedParts(resources, rows);
  return resources.map((resource) =>
    mayHoldCopies(resource)
      ? rows.reduce((each, row) => withoutCopy(each, row, ownersOf, variables), resource)
      : resource,
  );
}

/** A new object has no copies: what it holds is written. */
function mayHoldCopies({ mode, isAws, willExist, action }: Resource): boolean {
  return mode === "managed" && isAws && willExist && (action === "no-op" || action === "update");
}

function withoutCopy<R extends Resource>(
  resource: R,
  row: CopiedAttribute,
  ownersOf: OwnersOf,
  variables: VariableValues,
): R {
  if (!row.types.includes(resource.type)) return resource;
  const attribute = memberNode(resource.node, row.attribute);
  if (attribute.unknown === true || isNothing(attribute.value) || isWritten(attribute, variables)) return resource;
  const copy = copyIn(resource, row, ownersOf);
  const left = leftOf(attribute, copy);
  const isReadBack = row.isJudgedAtOwner && !isNothing(left.value) && copy.isReadBack(attribute.value);
  if (left === attribute && !isReadBack) return resource;
  const { node, readBack } = resource;
  return {
    ...resource,
    node: left === attribute ? node : withMember(node, row.attribute, left),
    readBack: isReadBack ? [...readBack, { attribute: row.attribute, mayBeDynamic: isBlock(row) }] : readBack,
  };
}

/** Only a block may be made by a `dynamic` one. */
function isBlock({ owners }: CopiedAttribute): boolean {
  return owners.some(({ part: { kind } }) => kind === "element" || kind === "sources");
}

/** The copy that one attribute of a resource is. */
interface Copy {
  readonly row: CopiedAttribute;
  /** What the owners of one sort hold of a part. */
  readonly owned: (owner: CopyOwner, part: string) => readonly Owned[];
  readonly isOwned: (part: string) => boolean;
  /** Whether a value, or each element of a list, stood there before: what did not is written, by a dynamic block. */
  readonly isReadBack: (value: unknown) => boolean;
  /** Whether an element of which a part is not known may be one that stood there before. */
  readonly mayBeReadBack: (element: PlanNode) => boolean;
}

/** The attributes by which other resources name one. */
const nameAttributes = ["id", "arn", "name", "domain_name"] as const;

function copyIn({ before, providerKey }: Resource, row: CopiedAttribute, ownersOf: OwnersOf): Copy {
  const names = new Set(nameAttributes.flatMap((name) => textOf(before, name) ?? []));
  const elements = listOf(ownMember(before, row.attribute));
  const known = new Set(elements.map((value) => JSON.stringify(value)));
  const owned = (owner: CopyOwner, part: string) =>
    (owner.names === null ? [null] : [...names])
      .flatMap((name) => ownersOf(row, owner, name, part))
      .filter((each) => mayBeSame(each.providerKey, providerKey));
  return {
    row,
    owned,
    isOwned: (part) => row.owners.some((owner) => owned(owner, part).length > 0),
    isReadBack: (value) => listOf(value).every((element) => known.has(JSON.stringify(element))),
    mayBeReadBack: (element) => isPartlyUnknown(element) && elements.some((each) => agrees(element, each)),
  };
}

function isPartlyUnknown({ unknown }: PlanNode): boolean {
  return isJsonObject(unknown) && Object.values(unknown).some((part) => part !== false);
}

/** Whether all that is known of a block is so in the other one too. */
function agrees({ value, unknown }: PlanNode, other: unknown): boolean {
  if (!isJsonObject(value) || !isJsonObject(other)) return false;
  return Object.entries(value).every(
    ([name, part]) =>
      (ownMember(unknown, name) ?? false) !== false || JSON.stringify(part) === JSON.stringify(ownMember(other, name)),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Two accounts may hold the same names. Of what is deleted no configuration tells the provider. */
function mayBeSame(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

/** What of a copy no resource of the plan owns. */
function leftOf(attribute: PlanNode, copy: Copy): PlanNode {
  if (!copy.row.isJudgedAtOwner && copy.isOwned(laterPart)) return { ...attribute, value: undefined, unknown: true };
  if (Array.isArray(attribute.value)) return keepElements(attribute, (element) => elementLeft(element, copy));
  return copy.isReadBack(attribute.value) && copy.isOwned(wholePart) ? { ...attribute, value: null } : attribute;
}

/** What of an element no resource of the plan owns; null where nothing is left, unknown where the element may be a copy. */
function elementLeft(element: PlanNode, copy: Copy): PlanNode | null {
  if (!copy.isReadBack([element.value])) {
    return copy.mayBeReadBack(element) ? { ...element, value: undefined, unknown: true } : element;
  }
  if (copy.row.owners.some((owner) => isOwnedBy(owner, element.value, copy))) return null;
  return copy.row.owners.some(({ part }) => part.kind === "sources") ? sourcesLeft(element, copy.isOwned) : element;
}

function isOwnedBy(owner: CopyOwner, element: unknown, copy: Copy): boolean {
  const { part } = owner;
  const isOwned = (text: string) => copy.owned(owner, text).length > 0;
  switch (part.kind) {
    case "whole":
      return isOwned(wholePart);
    case "text":
      return typeof element === "string" && isOwned(element);
    case "element":
      return elementParts(Object.keys(part.members).map((name) => textOf(element, name))).some(isOwned);
    case "others":
      return copy
        .owned(owner, wholePart)
        .some(({ values }) => !mayList(ownMember(values, part.attribute), ownMember(element, part.member)));
    case "sources":
      return false;
  }
}

/** Whether a list holds a text; one that is known only after apply may. */
function mayList(list: unknown, text: unknown): boolean {
  return !Array.isArray(list) || list.some((listed: unknown) => typeof listed !== "string" || listed === text);
}

/** A rule without the sources that other resources own. */
function sourcesLeft(rule: PlanNode, isOwned: (source: string) => boolean): PlanNode | null {
  const self = memberNode(rule, "self");
  const isSelfOwned = self.value === true && isOwned(selfKey(rule.value));
  let left = isSelfOwned ? withMember(rule, "self", { ...self, value: false }) : rule;
  let count = self.value === true && !isSelfOwned ? 1 : 0;
  for (const [name, sort] of Object.entries(sourceLists)) {
    const list = memberNode(rule, name);
    const kept = keepElements(list, (source) =>
      typeof source.value === "string" && isOwned(sourceKey(rule.value, sort, source.value)) ? null : source,
    );
    if (kept !== list) left = withMember(left, name, kept);
    count += listOf(kept.value ?? []).length;
  }
  return count === 0 ? null : left;
}
