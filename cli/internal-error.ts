/** For an error that nobody foresaw, line by line. Its message may hold a value of the plan; its frames do not. */
export function internalError(error: unknown): string[] {
  return [
    "an error inside of plimsoll, so the plan was not judged; please report these lines:",
    ...(error instanceof Error ? framesOf(error) : []),
  ];
}

/** What stands behind the message: a message may have lines that look like frames. None where it cannot be told from them. */
function framesOf({ message, stack = "" }: Error): string[] {
  const start = stack.indexOf(message);
  if (start === -1) return [];
  return stack
    .slice(start + message.length)
    .split("\n")
    .filter((line) => /^ {4}at /.test(line));
}
