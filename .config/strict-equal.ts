/** Stands for the two functions of node:assert that yargs uses: loading the whole of it takes 8 ms at every start. */
export function strictEqual(actual: unknown, expected: unknown, message: string): void {
  if (!Object.is(actual, expected)) throw new TypeError(message);
}

export function notStrictEqual(actual: unknown, expected: unknown, message: string): void {
  if (Object.is(actual, expected)) throw new TypeError(message);
}
