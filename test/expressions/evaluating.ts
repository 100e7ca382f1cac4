import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { loadGrammar } from "../../cli/source/grammar.ts";
import { readHcl, readTemplateText } from "../../cli/source/hcl.ts";
import type { Context, Environment } from "../../engine/expressions/context.ts";
import { evaluate } from "../../engine/expressions/evaluate.ts";
import { withLibraries } from "../../engine/expressions/libraries.ts";
import { formatNumber } from "../../engine/expressions/number.ts";
import type { Expression } from "../../engine/expressions/syntax.ts";
import type { Type } from "../../engine/expressions/value.ts";
import { EvaluationError, hole, text, type Value } from "../../engine/expressions/value.ts";
import { here, template } from "./terraform.ts";

const grammar = await loadGrammar();

/** Locals that stand for what is not known, as the table asks Terraform with them. */
const unknownLocals: Readonly<Record<string, Value>> = {
  u: hole("string"),
  d: hole("dynamic"),
  template: text(template.replace("$${", "${")),
};

function fileOf(path: string): string | null {
  try {
    return readFileSync(join(here, "files", path), "utf8");
  } catch {
    return null;
  }
}

function filesBelow(folder: string): string[] {
  const place = join(here, "files", folder);
  return readdirSync(place, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(join(place, file)).isFile(),
  );
}

function environmentWith(locals: Readonly<Record<string, Value>>): Environment {
  return {
    resolve: (root, [step]) => {
      const name = step !== undefined && "name" in step ? step.name : "";
      const value = root === "local" && Object.hasOwn(locals, name) ? locals[name] : undefined;
      return value === undefined ? null : { value, taken: 1 };
    },
    template: (text, line) => readTemplateText(grammar, text, line),
    file: fileOf,
    filesIn: filesBelow,
    budget: { steps: 1_000_000, depth: 0, risks: 0 },
  };
}

/** The syntax tree of an expression; what the grammar cannot read is unreadable. */
function parsed(expression: string): Expression {
  // A heredoc needs the end of its line.
  const [block] = readHcl(grammar, "main.tf", `x {\n  value = ${expression}\n}\n`).configuration?.blocks ?? [];
  return block?.body.attributes.get("value")?.expression() ?? { kind: "unreadable", line: 1 };
}

/** The operators that stand in an expression. */
export function operatorsOf(expression: string): string[] {
  const found: string[] = [];
  JSON.stringify(parsed(expression), (_name, part: unknown) => {
    const { kind, operator } = z.object({ kind: z.string(), operator: z.string() }).partial().catch({}).parse(part);
    if (kind === "conditional") found.push("?:");
    else if (operator !== undefined) found.push(kind === "unary" && operator === "-" ? "unary -" : operator);
    return part;
  });
  return found;
}

/** The value of an expression; "error" where it has one. */
export function workedOut(expression: string, locals = unknownLocals): Value | "error" {
  const context: Context = { environment: environmentWith(locals), names: new Map(), item: null };
  try {
    return evaluate(parsed(expression), context);
  } catch (error) {
    if (error instanceof EvaluationError) return "error";
    throw error;
  }
}

/** The JSON of a value; a hole is `holeMark`. */
export function plain(value: Value): unknown {
  switch (value.kind) {
    case "hole":
      return holeMark;
    case "null":
      return null;
    case "number":
      return { number: formatNumber(value.value) };
    case "sequence":
      return value.elements.map(plain);
    case "mapping":
      return Object.fromEntries([...value.entries].map(([key, each]) => [key, plain(each)]));
    default:
      return value.value;
  }
}

export const holeMark = "(hole)";

/** A type as the outputs of a plan have it. */
export function typeText(type: Type): unknown {
  if (typeof type === "string") return type;
  if (type.kind === "tuple") return ["tuple", type.elements.map(typeText)];
  if (type.kind !== "object") return [type.kind, typeText(type.element)];
  return ["object", Object.fromEntries([...type.attributes].map(([name, each]) => [name, typeText(each.type)]))];
}

// Here every function is called.
for (const call of ['regex("a", "a")', 'fileset("set", "*")', "yamlencode(1)", 'cidrhost("10.0.0.0/8", 1)'])
  await withLibraries(() => workedOut(call));
