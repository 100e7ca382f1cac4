/** A folder may be called like one of them. */
export const commandNames: ReadonlySet<string> = new Set([
  "check",
  "diff",
  "report",
  "verify",
  "policies",
  "waivers",
  "explain",
  "facts",
  "test",
  "init",
  "schema",
  "comment",
  "serve",
  "completion",
]);
