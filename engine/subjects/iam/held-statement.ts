import type { PolicyDocument, Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { Holder } from "./holders.ts";

/** A statement of an identity policy with what it stands in. */
export interface HeldStatement {
  readonly statement: Statement;
  readonly document: PolicyDocument;
  readonly resource: PlanResource;
  /** The policy that it stands in, for people. */
  readonly policy: string;
  readonly holders: readonly Holder[];
  readonly sensitive: boolean;
}

/** Where the members of a statement stand. */
export function placesOf({ statement, sensitive }: HeldStatement) {
  return (member: string) => ({ path: `${statement.path}.${member}`, sensitive });
}

/** Where a statement says which resources it is for. */
export function resourcesOf(held: HeldStatement) {
  return placesOf(held)(held.statement.notResources === null ? "Resource" : "NotResource");
}

/** Where a statement says which actions it is for. */
export function actionsOf(held: HeldStatement) {
  return placesOf(held)(held.statement.notActions === null ? "Action" : "NotAction");
}

/** Who holds the statement, for people; null where nobody in the plan does. */
export function heldBy({ holders }: HeldStatement): string | null {
  if (holders.length === 0) return null;
  const known = holders.flatMap(({ kind, name }) => (name instanceof Unknown ? [] : [`${kind} ${name}`]));
  const others = known.length < holders.length ? ["others that the plan does not tell"] : [];
  return `held by ${[...known, ...others].join(", ")}`;
}
