/** `null` means that the plan does not tell, or that what stands there cannot be compared. */
export type Truth = boolean | null;

export function orUnknown(truths: Iterable<Truth>): Truth {
  let found: Truth = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth === null) found = null;
  }
  return found;
}

export function opposite(truth: Truth): Truth {
  return truth === null ? null : !truth;
}
