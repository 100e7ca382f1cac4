/** For an error that nobody foresaw. Its message may hold a value of the plan; its frames do not. */
export function internalError(error: unknown): string {
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  return `plimsoll: an error inside of plimsoll, so the plan was not judged; please report these lines:\n${frames.join("\n")}\n`;
}
