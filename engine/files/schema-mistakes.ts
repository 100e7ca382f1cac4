import type * as z from "zod";
import type { Mistake, Path } from "./mistake.ts";
import { nearest } from "./nearest.ts";
import { unknownName } from "./unknown-name.ts";

/** The mistakes that a zod schema found in data, in words for people who never heard of zod. */
export function mistakesOf(error: z.ZodError, knownKeys: (path: Path) => readonly string[]): Mistake[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: unknownName("key", key, knownKeys(path)),
        ofKey: true,
      }));
    return [{ path, message: wordsFor(issue) }];
  });
}

function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.expected === "int" && typeof issue.input === "number") return "must be a whole number";
      return issue.input === undefined
        ? "is missing"
        : `must be ${nameOf(issue.expected)}, and is ${nameOf(typeOf(issue.input))}`;
    case "invalid_value": {
      if (issue.input === undefined) return "is missing";
      const values = issue.values.map(String);
      const near = typeof issue.input === "string" ? nearest(issue.input, values) : null;
      return `must be one of ${values.join(", ")}${near === null ? "" : `; did you mean "${near}"?`}`;
    }
    case "too_small":
      if (issue.origin === "string" || issue.origin === "array") return "must not be empty";
      return `must be at least ${issue.minimum}`;
    case "too_big":
      return `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
  null: "empty",
};

function nameOf(type: string): string {
  return typeNames[type] ?? type;
}
