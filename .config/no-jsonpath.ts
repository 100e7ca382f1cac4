/**
 * Stands for jsonpath-plus, which json-rules-engine imports for `path` in conditions. Policies have no `path` (facts are
 * flat), so the bundle leaves the package out: less to load, and no JSONPath from a policy file can be evaluated.
 */
export function JSONPath(): never {
  throw new TypeError("conditions have no path");
}
