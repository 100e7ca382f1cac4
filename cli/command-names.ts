/** A folder may be called like one of them. */
export const commandNames: ReadonlySet<string> = new Set([
  "check",
  "diff",
  "report",
  "policies",
  "waivers",
  "explain",
  "facts",
  "test",
  "init",
  "schema",
  "completion",
]);
