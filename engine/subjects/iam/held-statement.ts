import type { PolicyDocument, Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { StatementPlaces } from "../policy-statements.ts";
import { type Holder, labelOf } from "./holders.ts";

/** A statement of an identity policy with what it stands in. */
export interface HeldStatement {
  readonly statement: Statement;
  readonly places: StatementPlaces;
  readonly document: PolicyDocument;
  readonly resource: PlanResource;
  /** The policy that it stands in, for people. */
  readonly policy: string;
  readonly holders: readonly Holder[];
  readonly sensitive: boolean;
}

/** Who holds the statement, for people; null where nobody in the plan does. */
export function heldBy({ holders }: HeldStatement): string | null {
  if (holders.length === 0) return null;
  const known = holders.flatMap((holder) => {
    const label = labelOf(holder);
    return label instanceof Unknown ? [] : [`${holder.kind} ${label}`];
  });
  const others = known.length < holders.length ? ["others that the plan does not show"] : [];
  return `held by ${[...known, ...others].join(", ")}`;
}
