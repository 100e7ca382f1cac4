/** A JSON object as `JSON.parse` makes it: any own key, `__proto__` and `constructor` among them. */
export type JsonObject = { readonly [key: string]: unknown };

/** Whether a JSON value is an object, neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The own member of a JSON object; never what the prototype chain holds under that name. */
export function ownMember(value: unknown, key: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
