/** A text or number within a JSON text, under the name of the object member that holds it; null within a list at the top. */
interface Leaf {
  readonly name: string | null;
  readonly value: string;
}

/** The texts and numbers within a text that is a JSON object or list; null where it is none. */
export function jsonLeaves(text: string): Leaf[] | null {
  if (!/^\s*[{[]/.test(text)) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  return leavesOf(json);
}

/** The texts and numbers within a JSON value. */
export function leavesOf(json: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  // A list that grows while it is walked: JSON may nest deeper than calls can.
  const left: { name: string | null; value: unknown }[] = [{ name: null, value: json }];
  for (const { name, value } of left) {
    if (typeof value === "string" || typeof value === "number") leaves.push({ name, value: String(value) });
    else if (Array.isArray(value)) for (const element of value) left.push({ name, value: element });
    else if (typeof value === "object" && value !== null)
      for (const [key, member] of Object.entries(value)) left.push({ name: key, value: member });
  }
  return leaves;
}
