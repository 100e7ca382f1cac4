import { parseExpression } from "../hcl/parse-expression.ts";
import { tokensOf } from "../hcl/tokens.ts";
import type { Expression } from "./syntax.ts";
import type { AttributeType, Type, Value } from "./value.ts";

/** Works out the default of an optional attribute. */
type Default = (expression: Expression) => Value;

/**
 * The type that a variable's `type` says; what cannot be read is any.
 * Source: Terraform's documentation, "Type Constraints".
 */
export function typeConstraint(expression: Expression, defaultOf: Default): Type {
  switch (expression.kind) {
    case "name":
      return primitive(expression.name);
    case "string":
      return fromText(expression.text, defaultOf);
    case "call":
      return constructed(expression.name, expression.arguments, defaultOf);
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
function fromText(text: string, defaultOf: Default): Type {
  const source = tokensOf(text);
  if (source === null) return "dynamic";
  const inner = parseExpression(source, 0, source.tokens.length);
  return inner.kind === "string" ? "dynamic" : typeConstraint(inner, defaultOf);
}

function constructed(name: string, [argument]: readonly Expression[], defaultOf: Default): Type {
  if (argument === undefined) return "dynamic";
  switch (name) {
    case "list":
    case "set":
    case "map":
      return { kind: name, element: typeConstraint(argument, defaultOf) };
    case "tuple":
      if (argument.kind !== "tuple") return "dynamic";
      return { kind: "tuple", elements: argument.elements.map((each) => typeConstraint(each, defaultOf)) };
    case "object":
      if (argument.kind !== "object") return "dynamic";
      return {
        kind: "object",
        attributes: new Map(
          argument.entries.flatMap(({ key, value }) =>
            key.kind === "string" ? [[key.text, attributeType(value, defaultOf)] as const] : [],
          ),
        ),
      };
    default:
      return "dynamic";
  }
}

function attributeType(expression: Expression, defaultOf: Default): AttributeType {
  if (expression.kind !== "call" || expression.name !== "optional")
    return { type: typeConstraint(expression, defaultOf), isOptional: false, default: null };
  const [type, fallback] = expression.arguments;
  return {
    type: type === undefined ? "dynamic" : typeConstraint(type, defaultOf),
    isOptional: true,
    default: fallback === undefined ? null : defaultOf(fallback),
  };
}
