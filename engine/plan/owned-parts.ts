import { groupBy } from "../group-by.ts";
import type { Action } from "./action.ts";
import type { CopiedAttribute, CopyOwner } from "./copied-attributes.ts";
import { ownSourceKeys } from "./group-rules.ts";
import { isJsonObject, ownMember } from "./json.ts";
import type { PlanNode } from "./node.ts";
import type { Removal } from "./removal.ts";

/** What is read of a resource that may be an owner. */
export interface OwnerResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly isAws: boolean;
  readonly action: Action;
  readonly willExist: boolean;
  readonly providerKey: string | null;
  readonly node: PlanNode;
  readonly removal: Removal | null;
  readonly before: unknown;
}

/** What an owner holds before or after the change. */
export interface Owned {
  readonly providerKey: string | null;
  readonly values: unknown;
}

/** Stands for the parts that an owner will hold and the copy does not tell yet. */
export const laterPart = "later";

/** Stands for a part that is the whole of a copy. */
export const wholePart = "";

/**
 * Who owns a part of the copies of one row in a resource.
 * @param holder a name of the resource with the copy; null for an owner that speaks for all
 */
export type OwnersOf = (
  row: CopiedAttribute,
  owner: CopyOwner,
  holder: string | null,
  part: string,
) => readonly Owned[];

/** All that resources of the plan own of what is copied, by index. */
export function ownedParts(resources: readonly OwnerResource[], rows: readonly CopiedAttribute[]): OwnersOf {
  const claims = groupBy(
    rows.flatMap((row) => row.owners.map((owner) => ({ row, owner }))),
    ({ owner }) => owner.type,
  );
  const entries = resources
    .filter(({ mode, isAws }) => mode === "managed" && isAws)
    .flatMap((resource) =>
      (claims.get(resource.type) ?? []).flatMap(({ row, owner }) => ownedBy(resource, row, owner)),
    );
  const byKey = groupBy(entries, ({ key }) => key);
  return (row, owner, holder, part) => byKey.get(keyOf(row, owner, holder, part)) ?? [];
}

function keyOf(row: CopiedAttribute, owner: CopyOwner, holder: string | null, part: string): string {
  return JSON.stringify([row.attribute, row.owners.indexOf(owner), owner.type, holder, part]);
}

function ownedBy(
  resource: OwnerResource,
  row: CopiedAttribute,
  owner: CopyOwner,
): (Owned & { readonly key: string })[] {
  const { providerKey } = resource;
  return statesOf(resource, row, owner).flatMap(({ values, parts }) => {
    const holder = owner.names === null ? null : textOf(values, owner.names);
    if (holder === undefined || !isMeant(values, owner)) return [];
    return parts.map((part) => ({ key: keyOf(row, owner, holder, part), providerKey, values }));
  });
}

function isMeant(values: unknown, { only }: CopyOwner): boolean {
  return only === undefined || (ownMember(values, only.attribute) ?? false) === only.value;
}

/**
 * What an owner has before and after the change, with the parts of a copy that are its own for that. For what it forgets,
 * and for what Terraform puts off to a later plan, it does not speak.
 */
function statesOf(
  { action, before, willExist, removal, node }: OwnerResource,
  { isJudgedAtOwner }: CopiedAttribute,
  owner: CopyOwner,
): { readonly values: unknown; readonly parts: readonly string[] }[] {
  const had = owner.isExclusive !== true && (removal === null ? willExist : removal.how === "delete");
  const states = [...(had ? [before] : []), ...(willExist ? [node.value] : [])];
  if (isJudgedAtOwner || !willExist) return states.map((values) => ({ values, parts: partsOf(values, owner) }));
  // The copy stays as long as it is true.
  return action === "no-op" ? [] : states.map((values) => ({ values, parts: [laterPart] }));
}

/** The parts of a copy that an owner with these attributes holds. */
function partsOf(values: unknown, { part }: CopyOwner): string[] {
  if (!isJsonObject(values)) return [];
  switch (part.kind) {
    case "whole":
    case "others":
      return [wholePart];
    case "text":
      return [textOf(values, part.attribute)].filter((text) => text !== undefined);
    case "element":
      return elementParts(Object.values(part.members).map((name) => textOf(values, name)));
    case "sources":
      return ownSourceKeys(values);
  }
}

/** The part that an element is, by what tells it from others; none where that is not known. */
export function elementParts(texts: readonly (string | undefined)[]): string[] {
  return texts.includes(undefined) ? [] : [JSON.stringify(texts)];
}

/** The text of an attribute; undefined where it is none, empty, or known only after apply. */
export function textOf(values: unknown, name: string): string | undefined {
  const value = ownMember(values, name);
  return (typeof value === "string" && value !== "") || typeof value === "number" ? String(value) : undefined;
}
