/** An expression of Terraform's language as it is written; `line` is that of its first character, from 1. */
export type Expression = { readonly line: number } & (
  | { readonly kind: "string"; readonly text: string }
  /** As written: `1e3`, `0.10`. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "null" }
  /** Text with interpolations; a single interpolation without text around is the expression in it. */
  | { readonly kind: "template"; readonly parts: readonly (string | Expression)[] }
  /** `%{ for }`: the texts that it makes, one behind the other. */
  | { readonly kind: "join"; readonly each: Expression }
  | { readonly kind: "tuple"; readonly elements: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly ObjectEntry[] }
  /** The first name of a traversal. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly key: Expression }
  /** `each` is what follows, as applied to an `item`. */
  | { readonly kind: "splat"; readonly of: Expression; readonly each: Expression }
  | { readonly kind: "item" }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly arguments: readonly Expression[];
      /** Whether the last argument is a list of arguments: `f(list...)`. */
      readonly isExpanded: boolean;
    }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly otherwise: Expression;
    }
  | ForExpression
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "unary"; readonly operator: "!" | "-"; readonly of: Expression }
  /** What nests deeper than anybody writes, and what is no expression. */
  | { readonly kind: "unreadable" }
);

export interface ForExpression {
  readonly kind: "for";
  readonly key: string | null;
  readonly value: string;
  readonly collection: Expression;
  /** Null where it makes a tuple. */
  readonly resultKey: Expression | null;
  readonly result: Expression;
  readonly condition: Expression | null;
  /** Whether values under equal keys are collected: `=> value...`. */
  readonly isGrouped: boolean;
}

export interface ObjectEntry {
  /** A `string` where it is a name or a text without templates. */
  readonly key: Expression;
  readonly value: Expression;
  readonly line: number;
}

export type BinaryOperator = "||" | "&&" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "+" | "-" | "*" | "/" | "%";

/** The names that traversals begin with, as those of `ignore_changes`; in JSON syntax they are texts. */
export function firstNames(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "tuple":
      return expression.elements.flatMap(firstNames);
    case "attribute":
    case "index":
      return firstNames(expression.of);
    case "name":
      return [expression.name];
    case "string":
      return [expression.text.split(/[.[]/)[0] ?? ""];
    default:
      return [];
  }
}
