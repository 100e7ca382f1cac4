/** A JSON object as `JSON.parse` makes it: any own key, `__proto__` and `constructor` among them. */
export type JsonObject = { readonly [key: string]: unknown };

/**
 * Whether a value is an object of JSON, neither null nor an array. What is of a class is none: an `Unknown` may stand in the
 * place of a value, and what is known of it is for comparing only.
 */
export function isJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The own member of a JSON object; never what the prototype chain holds under that name. */
export function ownMember(value: unknown, key: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
