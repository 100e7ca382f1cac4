import type { Attribute } from "../../model/attribute.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import type { Join, Joinable } from "./join.ts";

/** What one attribute of a resource says of another resource, and how that was found. */
export interface ResourceJoin {
  readonly resource: PlanResource;
  readonly path: string;
  /** The type of resource that the attribute names. */
  readonly to: string;
  readonly join: Join<Joinable>;
}

export type Relation = (name: Maybe<string | null>, from: PlanResource, context: JoinContext) => Join<Joinable>;

/** The join of an attribute that names one resource; none where it is not written. */
export function attributeJoin(
  resource: PlanResource,
  attribute: Attribute<string | null>,
  to: string,
  relation: Relation,
  context: JoinContext,
): ResourceJoin[] {
  if (attribute.state === "unset") return [];
  return [{ resource, path: attribute.path, to, join: relation(attribute.value, resource, context) }];
}

/** One join for each element; the provider makes a set with one unknown element unknown as a whole, which is one join. */
export function listJoins(
  resource: PlanResource,
  list: Attribute<readonly Maybe<string>[]>,
  to: string,
  relation: Relation,
  context: JoinContext,
): ResourceJoin[] {
  if (list.value instanceof Unknown)
    return [{ resource, path: list.path, to, join: relation(list.value, resource, context) }];
  return list.value.map((element, at) => ({
    resource,
    path: `${list.path}[${at}]`,
    to,
    join: relation(element, resource, context),
  }));
}
