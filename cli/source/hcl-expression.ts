import type { Node } from "web-tree-sitter";
import type { BinaryOperator, Expression, ObjectEntry } from "../../engine/expressions/syntax.ts";
import {
  chainOf,
  lastOf,
  lineOf,
  type ParsedText,
  type SyntaxNode,
  stepsOf,
  syntaxOf,
  Unreadable,
} from "./hcl-nodes.ts";
import { heredocRange, readTemplate, type TemplateRange } from "./hcl-template.ts";

/** Deeper expressions are none that people write; the grammar loses count of templates within templates not far beyond. */
const deepest = 100;

/** The expression of a node of the type `expression`. */
export function readExpression(source: ParsedText, node: Node): Expression {
  return readable(lineOf(source, node), () => expressionOf({ source, depth: 0 }, syntaxOf(source, node)));
}

/** What is read, or what stands for it where its tree has no certain meaning. */
function readable(line: number, read: () => Expression): Expression {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return { kind: "unreadable", line };
    throw error;
  }
}

/** The template that a node makes. An interpolation that has no certain meaning is one of its own. */
export function readTemplateNode(
  source: ParsedText,
  node: Node,
  range: Pick<TemplateRange, "start" | "end" | "line">,
): Expression {
  const read = (inner: SyntaxNode) => readable(inner.line, () => expressionOf({ source, depth: 0 }, inner));
  const whole = { ...range, isQuoted: false, isFlush: false };
  return readable(range.line, () => readTemplate(source, syntaxOf(source, node), whole, read));
}

interface Place {
  readonly source: ParsedText;
  readonly depth: number;
}

function expressionOf({ source, depth }: Place, node: SyntaxNode): Expression {
  if (depth > deepest) throw new Unreadable();
  const place = { source, depth: depth + 1 };
  const parts = node.parts;
  const [only] = parts;
  return only?.type === "conditional" ? conditionalOf(place, only) : termOf(place, parts);
}

/**
 * The grammar takes `a ? b : c ? d : e` for `(a ? b : c) ? d : e`, where HCL means `a ? b : (c ? d : e)`: what no
 * parentheses hold together is put together from the right.
 */
function conditionalOf(place: Place, node: SyntaxNode): Expression {
  const chain = chainOf(node);
  let otherwise = expressionOf(place, lastOf(chain));
  for (let at = chain.length - 3; at >= 0; at -= 2) {
    const [condition, whenTrue] = chain.slice(at, at + 2);
    if (condition === undefined || whenTrue === undefined) throw new Unreadable();
    otherwise = {
      kind: "conditional",
      line: condition.line,
      condition: expressionOf(place, condition),
      whenTrue: expressionOf(place, whenTrue),
      otherwise,
    };
  }
  return otherwise;
}

/** A term, and the steps behind it. */
function termOf(place: Place, parts: readonly SyntaxNode[]): Expression {
  const [first, inner, closing] = parts;
  if (first === undefined) throw new Unreadable();
  if (first.type !== "(") return withSteps(place, primaryOf(place, first), stepsOf(parts.slice(1)));
  if (inner === undefined || closing?.type !== ")") throw new Unreadable();
  return withSteps(place, expressionOf(place, inner), stepsOf(parts.slice(3)));
}

function primaryOf(place: Place, node: SyntaxNode): Expression {
  const line = node.line;
  const [only] = node.parts;
  switch (node.type) {
    case "variable_expr":
      return { kind: "name", line, name: node.text };
    case "literal_value":
      return literalOf(place, only);
    case "template_expr":
      return templateOf(place, only);
    case "collection_value":
      return only?.type === "object"
        ? { kind: "object", line, entries: entriesOf(place, only) }
        : { kind: "tuple", line, elements: expressionsIn(place, only) };
    case "for_expr":
      return forOf(place, only);
    case "function_call":
      return callOf(place, node);
    case "operation":
      return operationOf(place, only);
    default:
      throw new Unreadable();
  }
}

function literalOf(place: Place, node: SyntaxNode | undefined): Expression {
  if (node === undefined) throw new Unreadable();
  const line = node.line;
  switch (node.type) {
    case "string_lit":
      return templateOf(place, node);
    case "bool_lit":
      return { kind: "bool", line, value: node.text === "true" };
    case "null_lit":
      return { kind: "null", line };
    default:
      // The grammar ends `1e3` behind its first digit, and knows a form of numbers that HCL has not.
      if (node.text.startsWith("0x") || /\w/.test(place.source.text[node.end] ?? "")) throw new Unreadable();
      return { kind: "number", line, text: node.text };
  }
}

function templateOf(place: Place, node: SyntaxNode | undefined): Expression {
  if (node === undefined) throw new Unreadable();
  const line = node.line;
  const range =
    node.type === "heredoc_template"
      ? heredocRange(place.source, node)
      : { start: node.start + 1, end: node.end - 1, isQuoted: true, isFlush: false };
  return readTemplate(place.source, node, { ...range, line }, (inner) => expressionOf(place, inner));
}

function expressionsIn(place: Place, node: SyntaxNode | undefined): Expression[] {
  const parts = node === undefined ? [] : node.parts;
  return parts.filter(({ type }) => type === "expression").map((each) => expressionOf(place, each));
}

function entriesOf(place: Place, node: SyntaxNode): ObjectEntry[] {
  return node.parts
    .filter(({ type }) => type === "object_elem")
    .map((element) => {
      const [key, value] = element.parts.filter(({ type }) => type === "expression");
      if (key === undefined || value === undefined) throw new Unreadable();
      return { key: keyOf(place, key), value: expressionOf(place, value), line: element.line };
    });
}

/** A name alone is the key itself. */
function keyOf(place: Place, node: SyntaxNode): Expression {
  const [only, ...others] = node.parts;
  const literal = only?.type === "literal_value" ? only.parts[0]?.type : only?.type;
  const isName = others.length === 0 && ["variable_expr", "bool_lit", "null_lit"].includes(literal ?? "");
  return isName ? { kind: "string", line: node.line, text: node.text } : expressionOf(place, node);
}

function callOf(place: Place, node: SyntaxNode): Expression {
  const [name, opening, list] = node.parts;
  if (name === undefined || opening === undefined) throw new Unreadable();
  // Where line breaks end an expression, a parenthesis on the next line begins another.
  if (name.line !== opening.line) throw new Unreadable();
  const isExpanded = list?.type === "function_arguments" && list.parts.some(({ type }) => type === "ellipsis");
  return {
    kind: "call",
    line: node.line,
    name: name.text,
    arguments: list?.type === "function_arguments" ? expressionsIn(place, list) : [],
    isExpanded,
  };
}

function forOf(place: Place, node: SyntaxNode | undefined): Expression {
  const parts = node === undefined ? [] : node.parts;
  const intro = parts.find(({ type }) => type === "for_intro");
  if (node === undefined || intro === undefined) throw new Unreadable();
  const names = intro.parts.filter(({ type }) => type === "identifier");
  const [first, second] = names.map(({ text }) => text);
  const [collection] = expressionsIn(place, intro);
  const results = expressionsIn(place, node);
  const isObject = node.type === "for_object_expr";
  const result = results[isObject ? 1 : 0];
  if (first === undefined || collection === undefined || result === undefined) throw new Unreadable();
  const [condition = null] = expressionsIn(
    place,
    parts.find(({ type }) => type === "for_cond"),
  );
  return {
    kind: "for",
    line: node.line,
    ...(second === undefined ? { key: null, value: first } : { key: first, value: second }),
    collection,
    resultKey: isObject ? (results[0] ?? null) : null,
    result,
    condition,
    isGrouped: parts.some(({ type }) => type === "ellipsis"),
  };
}

const binaryOperators: readonly BinaryOperator[] = [
  "||",
  "&&",
  "==",
  "!=",
  "<",
  ">",
  "<=",
  ">=",
  "+",
  "-",
  "*",
  "/",
  "%",
];

function operationOf({ source, depth }: Place, node: SyntaxNode | undefined): Expression {
  if (node === undefined || depth > 2 * deepest) throw new Unreadable();
  const place = { source, depth: depth + 1 };
  const parts = node.parts;
  const [first] = parts;
  if (node.type === "unary_operation") {
    if (first === undefined) throw new Unreadable();
    const operator = first.type === "!" ? "!" : "-";
    return { kind: "unary", line: first.line, operator, of: termOf(place, parts.slice(1)) };
  }
  const at = parts.findIndex(({ type }) => binaryOperators.some((operator) => operator === type));
  const operator = binaryOperators.find((each) => each === parts[at]?.type);
  if (first === undefined || operator === undefined) throw new Unreadable();
  const left = termOf(place, parts.slice(0, at));
  const right = termOf(place, parts.slice(at + 1));
  return { kind: "binary", line: first.line, operator, left, right };
}

/** Source: the HCL native syntax specification, "Splat Operators"; `parseExpressionTraversals` of hashicorp/hcl. */
function withSteps(place: Place, term: Expression, steps: readonly SyntaxNode[]): Expression {
  let of = term;
  const { line } = term;
  if (steps.length > 2 * deepest) throw new Unreadable();
  for (const [at, step] of steps.entries()) {
    if (step.type === "full_splat")
      return { kind: "splat", line, of, each: withSteps(place, { kind: "item", line }, steps.slice(at + 1)) };
    if (step.type === "attr_splat") {
      const behind = steps.slice(at + 1);
      // An index in brackets is one of the whole list.
      const end = behind.findIndex(({ type }) => type !== "get_attr" && type !== "legacy_index");
      const own = end === -1 ? behind : behind.slice(0, end);
      const splat: Expression = { kind: "splat", line, of, each: withSteps(place, { kind: "item", line }, own) };
      return withSteps(place, splat, behind.slice(own.length));
    }
    of = stepOf(place, of, step);
  }
  return of;
}

function stepOf(place: Place, of: Expression, step: SyntaxNode): Expression {
  const { line } = of;
  switch (step.type) {
    case "get_attr":
      return { kind: "attribute", line, of, name: lastOf(step.parts).text };
    case "legacy_index":
      return { kind: "index", line, of, key: { kind: "number", line, text: step.text.slice(1).trim() } };
    case "new_index": {
      const [key] = expressionsIn(place, step);
      if (key === undefined) throw new Unreadable();
      return { kind: "index", line, of, key };
    }
    default:
      throw new Unreadable();
  }
}
