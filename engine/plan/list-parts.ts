import { openReferences, type Reference, targetsOf } from "./references.ts";
import { Unknown } from "./unknown.ts";

/** What is told of a list that is unknown as a whole, because one element of it is. */
export interface ListParts {
  /** What stands in the list, one after the other; one that refers to several things is at least one of them. */
  readonly elements: readonly Unknown[];
  /** Whether the list may hold more, all of which was known when the plan was made, such as a variable or a literal. */
  readonly mayHoldMore: boolean;
}

/**
 * The provider makes a set with one unknown element unknown as a whole. Where its references are bare each is one element.
 * A variable or a key beside them decided between them, or added something (`concat(var.more, [x.id])`): both were known
 * when the plan was made, so that of one reference the list is unknown by that one; of several the plan does not tell.
 */
export function listParts({ references, reason }: Unknown): ListParts {
  const single = (reference: Reference) => new Unknown(reason, [reference]);
  if (targetsOf(references) !== null) return { elements: references.map(single), mayHoldMore: false };
  const open = openReferences(references);
  const isOfTargets = open.length > 0 && open.every(({ end }) => "target" in end);
  const elements = isOfTargets && open.length === 1 ? open.map(single) : [new Unknown(reason, references)];
  return { elements, mayHoldMore: isOfTargets };
}
