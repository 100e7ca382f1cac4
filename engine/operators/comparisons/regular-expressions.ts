import type { RE2JS } from "re2js";
import type { Truth } from "../../three-valued.ts";
import { anyPattern, testText } from "./texts.ts";

type Library = typeof import("re2js");

/** Loaded when a policy first needs it: the shipped ones do not, and it costs start-up time. */
let library: Library | null = null;
const compiled = new Map<string, RE2JS>();

export async function loadRegularExpressions(): Promise<void> {
  library ??= await import("re2js");
}

/** Whether one of the expressions is found in the text. RE2 has no backreferences, so that time is linear in the text. */
export function matchesAnyExpression(fact: unknown, expressions: unknown): Truth {
  return anyPattern(expressions, (expression) => testText(fact, (text) => compile(expression).matcher(text).find()));
}

/** Why a text is no regular expression; null where it is one. */
export function mistakeInExpression(text: string): string | null {
  try {
    compile(text);
    return null;
  } catch (error) {
    if (error instanceof TypeError) throw error;
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : "";
    return `"${text}" is no regular expression of RE2 (${reason})`;
  }
}

function compile(expression: string): RE2JS {
  if (library === null) throw new TypeError("loadRegularExpressions() must come before a regular expression");
  const found = compiled.get(expression) ?? library.RE2JS.compile(expression);
  compiled.set(expression, found);
  return found;
}
