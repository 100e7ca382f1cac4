/** A place in a JSON value: the object or list that holds it and its key there. */
export interface Place {
  readonly holder: object;
  readonly key: string;
}

/** Every place in a JSON value, at any depth. */
export function placesIn(value: unknown): Place[] {
  const found: Place[] = [];
  const left: unknown[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== "object" || next === null) continue;
    for (const key of Object.keys(next)) {
      found.push({ holder: next, key });
      const inner: unknown = Reflect.get(next, key);
      if (typeof inner === "object" && inner !== null) left.push(inner);
    }
  }
  return found;
}
