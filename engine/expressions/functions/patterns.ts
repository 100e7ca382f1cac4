import { RE2JS, RE2JSException } from "re2js";
import { EvaluationError, holeOf, list, mapping, nothing, text, tuple, type Value } from "../value.ts";
import { define, type FunctionDefinition, str } from "./define.ts";

/** @throws EvaluationError where the text is no regular expression */
function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSException) throw new EvaluationError("the text is no regular expression");
    throw error;
  }
}

type Matcher = ReturnType<RE2JS["matcher"]>;

/** The whole match, or its groups: by name where they have names. */
function captured(pattern: RE2JS, matcher: Matcher): Value {
  const group = (value: string | null) => (value === null ? nothing : text(value));
  const count = matcher.groupCount();
  if (count === 0) return group(matcher.group());
  const names = Object.entries(pattern.namedGroups());
  if (names.length === 0) return tuple(Array.from({ length: count }, (_, at) => group(matcher.group(at + 1))));
  if (names.length < count) throw new EvaluationError("groups with and without names");
  return mapping(
    "object",
    names.map(([name, at]): [string, Value] => [name, group(matcher.group(at))]),
  );
}

function regex([pattern, value]: readonly Value[]): Value {
  const compiled = compile(str(pattern));
  const matcher = compiled.matcher(str(value));
  if (!matcher.find()) throw new EvaluationError("a regular expression does not match");
  return captured(compiled, matcher);
}

const mostMatches = 100_000;

function regexall([pattern, value]: readonly Value[]): Value {
  const compiled = compile(str(pattern));
  const matcher = compiled.matcher(str(value));
  const found: Value[] = [];
  while (matcher.find()) {
    found.push(captured(compiled, matcher));
    if (found.length > mostMatches) return holeOf("dynamic", [], "more matches than plimsoll works out");
  }
  return list(found);
}

/** The search stands between slashes; a single slash is a text. */
function replace([value, search, by]: readonly Value[]): Value {
  const [whole, pattern, replacement] = [str(value), str(search), str(by)];
  if (pattern.length < 2) return text(whole.split(pattern).join(replacement));
  const compiled = compile(pattern.slice(1, -1));
  const matcher = compiled.matcher(whole);
  let result = "";
  let at = 0;
  while (matcher.find()) {
    result += whole.slice(at, matcher.start()) + expanded(replacement, compiled, matcher);
    at = matcher.end();
  }
  return text(result + whole.slice(at));
}

/** Source: `Regexp.Expand` of Go: `$1`, `${1}`, `$name`, `$$`; a name is as long as it can be. */
function expanded(replacement: string, pattern: RE2JS, matcher: Matcher): string {
  return replacement.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (_whole, plain?: string, braced?: string) => {
    const name = plain ?? braced;
    if (name === undefined) return "$";
    const at = /^\d+$/.test(name) ? Number(name) : pattern.namedGroups()[name];
    return at === undefined || at > matcher.groupCount() ? "" : (matcher.group(at) ?? "");
  });
}

export const patternFunctions: Readonly<Record<string, FunctionDefinition>> = {
  regex: define(["string", "string"], "dynamic", regex),
  regexall: define(["string", "string"], "dynamic", regexall),
  replace: define(["string", "string", "string"], "string", replace),
};
