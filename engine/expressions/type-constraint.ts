import type { Expression } from "./syntax.ts";
import type { AttributeType, Type, Value } from "./value.ts";

/** How the parts of a type are read. */
interface Reading {
  /** Works out the default of an optional attribute. */
  readonly defaultOf: (expression: Expression) => Value;
  /** The expression that a text is as a template. */
  readonly template: (text: string, line: number) => Expression;
}

/**
 * The type that a variable's `type` says; what cannot be read is any.
 * Source: Terraform's documentation, "Type Constraints".
 */
export function typeConstraint(expression: Expression, reading: Reading): Type {
  switch (expression.kind) {
    case "name":
      return primitive(expression.name);
    case "string":
      return fromText(expression.text, reading);
    case "call":
      return constructed(expression.name, expression.arguments, reading);
    default:
      return "dynamic";
  }
}

function primitive(name: string): Type {
  if (name === "string" || name === "number" || name === "bool") return name;
  if (name === "list" || name === "map" || name === "set") return { kind: name, element: "dynamic" };
  return "dynamic";
}

/** In JSON syntax a type is a text, and so it was before Terraform 0.12. */
function fromText(text: string, reading: Reading): Type {
  const inner = reading.template(`\${${text}}`, 1);
  return inner.kind === "string" ? "dynamic" : typeConstraint(inner, reading);
}

function constructed(name: string, [argument]: readonly Expression[], reading: Reading): Type {
  if (argument === undefined) return "dynamic";
  switch (name) {
    case "list":
    case "set":
    case "map":
      return { kind: name, element: typeConstraint(argument, reading) };
    case "tuple":
      if (argument.kind !== "tuple") return "dynamic";
      return { kind: "tuple", elements: argument.elements.map((each) => typeConstraint(each, reading)) };
    case "object":
      if (argument.kind !== "object") return "dynamic";
      return {
        kind: "object",
        attributes: new Map(
          argument.entries.flatMap(({ key, value }) =>
            key.kind === "string" ? [[key.text, attributeType(value, reading)] as const] : [],
          ),
        ),
      };
    default:
      return "dynamic";
  }
}

function attributeType(expression: Expression, reading: Reading): AttributeType {
  if (expression.kind !== "call" || expression.name !== "optional")
    return { type: typeConstraint(expression, reading), isOptional: false, default: null };
  const [type, fallback] = expression.arguments;
  return {
    type: type === undefined ? "dynamic" : typeConstraint(type, reading),
    isOptional: true,
    default: fallback === undefined ? null : reading.defaultOf(fallback),
  };
}
