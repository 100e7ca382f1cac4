import type { PlanResource } from "../plan/read.ts";
import type { Reference } from "../plan/references.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";

/** Anything that stands for one resource of the plan, or for a part of one. */
export interface Joinable {
  readonly resource: PlanResource;
}

/**
 * What an attribute of one resource says of another. `one` is exact, or paired by equal instance key; `several` means
 * one of these, the plan does not tell which; `none` means that it is known and names nothing in this plan.
 */
export type Join<C> =
  | {
      readonly kind: "one";
      readonly match: C;
      readonly by: "value" | "reference" | "reference and equal key" | "provider configuration";
    }
  | { readonly kind: "several"; readonly matches: readonly C[]; readonly by: "value" | "reference" }
  | { readonly kind: "none" }
  | { readonly kind: "unknown"; readonly unknown: Unknown };

/** Whether what an attribute names is this candidate. */
export function isNamed<C extends Joinable>(found: Join<C>, candidate: C): Maybe<boolean> {
  switch (found.kind) {
    case "one":
      return found.match === candidate;
    case "several":
      return found.matches.includes(candidate) ? oneOf(found.matches) : false;
    case "unknown":
      return found.unknown;
    case "none":
      return false;
  }
}

/** As many as a sentence names. */
const mostNamed = 4;

/**
 * That one of several is meant, and the plan does not tell which.
 * @param naming what names it, with its verb: `aws_ecs_service.web runs`
 */
export function oneOf(
  matches: readonly Joinable[],
  naming: string | null = null,
  references: readonly Reference[] = [],
): Unknown {
  const all = listed(matches);
  return new Unknown("no-join", references, naming === null ? `which of ${all} is meant` : `${naming} one of ${all}`);
}

/** Their addresses, for people. */
export function listed(matches: readonly Joinable[]): string {
  const named = matches.slice(0, mostNamed).map(({ resource }) => resource.address);
  return matches.length > mostNamed ? `${named.join(", ")} and ${matches.length - mostNamed} more` : named.join(", ");
}
