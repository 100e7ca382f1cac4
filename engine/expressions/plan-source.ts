import { parseTemplateText } from "../hcl/parse-expression.ts";
import { isExpression } from "../plan/configuration.ts";
import type { ConfigModule } from "../plan/envelope.ts";
import { isJsonObject, ownMember } from "../plan/json.ts";
import type { Attribute, Block, Body, ConfigurationSource, SourceBlock, SourceModule } from "../plan/source.ts";
import type { Expression } from "./syntax.ts";

/**
 * The configuration that stands in the plan itself, as a source: of JSON syntax the plan keeps the text of expressions, of
 * HCL only what they refer to.
 */
export function planSource(root: ConfigModule): ConfigurationSource {
  return { root: moduleOf(root, "."), file: () => null };
}

function moduleOf(module: ConfigModule, directory: string): SourceModule {
  const resources = new Map(
    (module.resources ?? []).map(({ mode, type, name, expressions, count_expression, for_each_expression }) => [
      JSON.stringify([mode === "data" ? "data" : "resource", type, name]),
      blockOf({ ...asRecord(expressions), ...repetition(count_expression, for_each_expression) }),
    ]),
  );
  const calls = module.module_calls ?? {};
  const named: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>> = {
    variable: module.variables,
    output: module.outputs,
    module: module.module_calls,
  };
  return {
    directory,
    local: () => null,
    outputs: () => Object.keys(module.outputs ?? {}),
    child: (call) => {
      const found = Object.hasOwn(calls, call) ? calls[call]?.module : undefined;
      return found === undefined ? null : moduleOf(found, `${directory}/${call}`);
    },
    find: (type, labels) => {
      const resource = resources.get(JSON.stringify([type, ...labels]));
      if (resource !== undefined) return resource;
      const [name = ""] = labels;
      const found = ownMember(named[type], name);
      return found === undefined || labels.length > 1 ? null : namedBlock(type, found);
    },
  };
}

function repetition(count: unknown, forEach: unknown): Record<string, unknown> {
  return { ...(count === undefined ? {} : { count }), ...(forEach === undefined ? {} : { for_each: forEach }) };
}

function asRecord(value: unknown): Record<string, unknown> {
  return isJsonObject(value) ? { ...value } : {};
}

function namedBlock(type: string, found: unknown): SourceBlock {
  const sensitive = ownMember(found, "sensitive");
  const flag = sensitive === undefined ? {} : { sensitive: { constant_value: sensitive } };
  if (type === "output") return blockOf({ value: ownMember(found, "expression"), ...flag });
  if (type === "variable") {
    const value = ownMember(found, "default");
    return blockOf({ ...(value === undefined ? {} : { default: { constant_value: value } }), ...flag });
  }
  const [count, forEach] = [ownMember(found, "count_expression"), ownMember(found, "for_each_expression")];
  return blockOf({ ...asRecord(ownMember(found, "expressions")), ...repetition(count, forEach) });
}

function blockOf(expressions: Readonly<Record<string, unknown>>): SourceBlock {
  return { file: "", line: 0, body: bodyOf(expressions) };
}

function bodyOf(expressions: Readonly<Record<string, unknown>>): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (const [name, node] of Object.entries(expressions)) {
    if (isExpression(node)) {
      attributes.set(name, { file: "", line: 0, expression: () => expressionOf(node) });
      continue;
    }
    for (const each of Array.isArray(node) ? node : [node]) {
      const body = bodyOf(asRecord(each));
      blocks.push({ file: "", line: 0, type: name, labels: [], body, construct: null });
    }
  }
  return { attributes, blocks };
}

/** Beside references a text is a template; without them it is what it says. */
function expressionOf(node: unknown): Expression {
  const value = ownMember(node, "constant_value");
  if (value === undefined) return { kind: "unreadable", line: 0 };
  const isTemplate = ownMember(node, "references") !== undefined;
  return isTemplate ? template(value, 0) : literal(value, 0);
}

const deepest = 100;

function template(value: unknown, depth: number): Expression {
  return typeof value === "string" ? parseTemplateText(value, 0) : parts(value, depth, template);
}

function literal(value: unknown, depth: number): Expression {
  return typeof value === "string" ? { kind: "string", line: 0, text: value } : parts(value, depth, literal);
}

function parts(value: unknown, depth: number, inner: (value: unknown, depth: number) => Expression): Expression {
  if (depth > deepest) return { kind: "unreadable", line: 0 };
  if (Array.isArray(value))
    return { kind: "tuple", line: 0, elements: value.map((each: unknown) => inner(each, depth + 1)) };
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(([key, each]) => ({
      key: inner(key, depth + 1),
      value: inner(each, depth + 1),
      line: 0,
    }));
    return { kind: "object", line: 0, entries };
  }
  if (typeof value === "number") return { kind: "number", line: 0, text: String(value) };
  return typeof value === "boolean" ? { kind: "bool", line: 0, value } : { kind: "null", line: 0 };
}
