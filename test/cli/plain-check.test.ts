import fc from "fast-check";
import { expect, it } from "vitest";
import { runCommandLine } from "../../cli/any-command-line.ts";
import type { CheckArguments } from "../../cli/check-arguments.ts";
import { checkOptionTable } from "../../cli/check-options.ts";
import { commandNames } from "../../cli/command-names.ts";
import { exitCodes, UsageError } from "../../cli/exit-codes.ts";
import type { Io } from "../../cli/io.ts";
import { readPlainCheck } from "../../cli/plain-check.ts";
import { holds } from "../thorough.ts";

const silent: Io = {
  cwd: process.cwd(),
  env: {},
  today: "2026-11-24",
  revision: () => null,
  stdin: async () => new Uint8Array(),
  out: () => {},
  print: async () => {},
  error: () => {},
  colours: false,
  columns: 100,
  breaksLines: false,
  progress: null,
  threads: null,
};

/** What yargs makes of a command line of `check`; null where it is wrong, or asks for something else. */
async function byYargs(argv: readonly string[]): Promise<Partial<CheckArguments> | null> {
  let found: CheckArguments | null = null;
  const keep = async (args: CheckArguments) => {
    found = args;
    return exitCodes.clean;
  };
  try {
    await runCommandLine(argv, keep, silent);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
  }
  return found;
}

/** Without what yargs adds of its own, such as second names of options. */
function withKeysOf(like: object, found: object | null): object | null {
  const known = new Set(Object.keys(like));
  return found === null ? null : Object.fromEntries(Object.entries(found).filter(([key]) => known.has(key)));
}

const names = Object.keys(checkOptionTable);
const usual = [
  "plan.json",
  "a/b.json",
  "./x",
  "/tmp/y",
  "json",
  "text=out.txt",
  "ECR-*",
  "high",
  "never",
  "all",
  "cause",
];
const odd = [
  "",
  "-",
  "--",
  "-1",
  "1",
  "0x1",
  ".5",
  "1e3",
  "true",
  "false",
  "Infinity",
  "NaN",
  "null",
  '"a"',
  "'a'",
  "a'b",
];
const odder = [
  "[x]",
  "a b",
  " a",
  "a=b",
  "=",
  "a,b",
  "é",
  "\0",
  "--no-all",
  "--help",
  "--version",
  "-h",
  "--failOn",
  "--x",
];
const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...names).map((name) => `--${name}`) },
  { weight: 6, arbitrary: fc.constantFrom(...usual) },
  { weight: 1, arbitrary: fc.constantFrom(...odd, ...odder, ...commandNames) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...names), fc.constantFrom(...usual, ...odd))
      .map(([name, value]) => `--${name}=${value}`),
  },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(..."-=aZ.0/ '\"") }) },
);
const line = fc.tuple(
  fc.constantFrom("check", "check", "check", "plan.json", "facts"),
  fc.array(word, { maxLength: 6 }),
);

it("what is read without yargs is what yargs reads", () =>
  holds(
    fc.asyncProperty(line, async ([first, words]) => {
      const argv = [first, ...words];
      const plain = readPlainCheck(argv);
      if (plain !== null) expect(withKeysOf(plain, await byYargs(argv))).toEqual(plain);
    }),
    "text",
  ));

it.each<[string, object]>([
  ["check", {}],
  ["check plan.json --all b.json", { plan: ["plan.json", "b.json"], all: true }],
  [
    "check plan.json --format json=a text --fail-on never",
    { plan: ["plan.json"], format: ["json=a", "text"], failOn: "never" },
  ],
  [
    "check --format=json --select ECR-* SSM-001 --quiet plan",
    { format: ["json"], select: ["ECR-*", "SSM-001"], quiet: true, plan: ["plan"] },
  ],
])("%s", (text, expected) => {
  const nothing = readPlainCheck(["check"]);
  expect(readPlainCheck(text.split(" "))).toEqual({ ...nothing, ...expected });
});

it.each([
  "plan.json",
  "facts plan.json",
  "check --help",
  "check 2024",
  "check --fail-on",
  "check --fail-on hihg",
  "check -- a",
  "check --all --all",
])("%s is read by yargs", (text) => {
  expect(readPlainCheck(text.split(" "))).toBeNull();
});
