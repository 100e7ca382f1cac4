import { RE2JS, RE2JSException } from "re2js";
import { isAssignedAddress } from "../../plan/assigned.ts";
import { decode, quote } from "../json.ts";
import {
  EvaluationError,
  type Hole,
  hole,
  holeOf,
  list,
  mapping,
  marked,
  markedBy,
  nothing,
  text,
  tuple,
  type Value,
} from "../value.ts";
import { argument, define, type FunctionDefinition, str } from "./define.ts";

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
function replace(args: readonly Value[]): Value {
  const [value, search, by] = [argument(args, 0), argument(args, 1), argument(args, 2)];
  if (search.kind === "hole" || by.kind === "hole") return holeOf("string", args);
  const [pattern, replacement] = [str(search), str(by)];
  if (value.kind === "hole") return markedBy(replacedInJson(value, pattern, replacement), args);
  if (pattern.length < 2) return markedBy(text(str(value).split(pattern).join(replacement)), args);
  return markedBy(text(replaced(str(value), compile(pattern.slice(1, -1)), replacement)), args);
}

function replaced(whole: string, compiled: RE2JS, replacement: string): string {
  const matcher = compiled.matcher(whole);
  let result = "";
  let at = 0;
  while (matcher.find()) {
    result += whole.slice(at, matcher.start()) + expanded(replacement, compiled, matcher);
    at = matcher.end();
  }
  return result + whole.slice(at);
}

/**
 * Takes the quotes off numbers and booleans in JSON, as people did when the values of maps were texts. With holes in the
 * JSON only a pattern that matches nothing but whole strings does something certain.
 */
function replacedInJson(source: Hole, search: string, replacement: string): Value {
  const pattern = search.slice(1, -1);
  if (source.json === null || !matchesStringsOnly(pattern)) return holeOf("string", [source]);
  const compiled = compile(pattern);
  const change = (token: string) => replaced(token, compiled, replacement);
  const json = withTokens(source.json, change);
  return json === null ? holeOf("string", [source]) : { ...source, json };
}

/** Whether a pattern stands in quotes and matches letters, digits, dots and dashes between them. */
function matchesStringsOnly(pattern: string): boolean {
  const parts =
    /^"(?:\\[.d-]|[A-Za-z0-9_-]|\((?:\?:)?|[)|?*+]|\{\d+(?:,\d*)?\}|\[(?:[A-Za-z0-9_.-]|\\[.d-])+\])+"$/.exec(pattern);
  // A choice outside of parentheses would be one of the quotes, too.
  let depth = 0;
  for (const character of parts === null ? "|" : pattern.replace(/\[[^\]]*\]|\\./g, "")) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "|" && depth === 0) return false;
  }
  return true;
}

/** JSON whose strings are changed as they are written, with their quotes; null where a key would change or JSON would not stay. */
function withTokens(json: Value, change: (token: string) => string): Value | null {
  switch (json.kind) {
    case "string": {
      const token = quote(json.value);
      const made = change(token);
      return made === token ? json : decodeOrNull(made, json.sensitive);
    }
    case "sequence": {
      const elements = json.elements.map((each) => withTokens(each, change)).filter((each) => each !== null);
      return elements.length === json.elements.length ? { ...json, of: "tuple", elements } : null;
    }
    case "mapping": {
      const entries = [...json.entries].flatMap(([key, each]): [string, Value][] => {
        const made = change(quote(key)) === quote(key) ? withTokens(each, change) : null;
        return made === null ? [] : [[key, made]];
      });
      return entries.length === json.entries.size ? marked(mapping("object", entries), json.sensitive) : null;
    }
    case "hole":
      return isOtherThanToken(json) ? json : hole("dynamic", { ...json, parts: null, isExact: false });
    default:
      return json;
  }
}

function decodeOrNull(token: string, sensitive: boolean | undefined): Value | null {
  try {
    return marked(decode(token), sensitive);
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}

/** Whether a text holds what stands in no number and no word. */
function isOtherThanToken(value: Hole): boolean {
  const isOther = (part: string | Hole) =>
    typeof part === "string" ? /[^\w.-]/.test(part) : isAssignedAddress(part) && part.json === null;
  return value.json !== null || (value.parts ?? [value]).some(isOther);
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
  replace: define(["string", "string", "string"], "string", replace, { takesHoles: true }),
};
