/**
 * One step of an attribute's path: a name or key, an index from 0, every element (`*`), or the number of elements (`#`).
 */
export type AttributeStep =
  | { readonly name: string }
  | { readonly index: number }
  | { readonly every: true }
  | { readonly count: true };

const step =
  /(?:^|(?!^)\.)(?:([\p{ID_Start}_][\p{ID_Continue}-]*)|(\d{1,6})|(\*)|(#))|\[(?:(\d{1,6})|("(?:[^"\\]|\\.)*")|(\*))\]/uy;

/**
 * Reads the path of an attribute as policies of resources name it: `versioning.0.enabled`, `ingress.*.cidr_blocks`,
 * `ingress.#`, `tags["team/name"]`. Null where it is none.
 */
export function parseAttributePath(text: string): readonly AttributeStep[] | null {
  const steps: AttributeStep[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (match === null) return null;
    const [, name, index, every, count, bracketIndex, key, bracketEvery] = match;
    const found = toStep({
      name: name ?? unquoted(key),
      index: index ?? bracketIndex,
      every: every ?? bracketEvery,
      count,
    });
    if (found === null) return null;
    steps.push(found);
  }
  const [first] = steps;
  const isLastCount = steps.every((each, at) => !("count" in each) || at === steps.length - 1);
  return first !== undefined && "name" in first && isLastCount ? steps : null;
}

function toStep(parts: {
  name: string | undefined;
  index: string | undefined;
  every: string | undefined;
  count: string | undefined;
}): AttributeStep | null {
  if (parts.name !== undefined) return { name: parts.name };
  if (parts.index !== undefined) return { index: Number(parts.index) };
  if (parts.every !== undefined) return { every: true };
  return parts.count === undefined ? null : { count: true };
}

function unquoted(key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  try {
    const text: unknown = JSON.parse(key);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}
