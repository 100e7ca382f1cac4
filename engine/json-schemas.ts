import * as z from "zod";
import { configFile } from "./config/config-file.ts";
import { operators } from "./operators/operators.ts";
import { resourceSubject } from "./policy/policy.ts";
import { policyFile } from "./policy/policy-file.ts";
import { reportSchema } from "./report/report-schema.ts";
import { factTypes, kinds } from "./subjects/kinds.ts";

type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schemas of what people write and programs read, made of the zod schemas that check them. */
export const jsonSchemas: Readonly<Record<"policy" | "config" | "report", () => JsonSchema>> = {
  policy: policySchema,
  config: () => ({ title: "Configuration of plimsoll", ...z.toJSONSchema(configFile, { io: "input" }) }),
  report: () => ({
    title: "Report of plimsoll",
    ...z.toJSONSchema(reportSchema, { io: "output", override: withoutReadOnly }),
  }),
};

/** The report is output only, so `readOnly` in its schema says nothing. */
function withoutReadOnly({ jsonSchema }: { jsonSchema: { readOnly?: boolean } }): void {
  delete jsonSchema.readOnly;
}

/** Conditions are walked by hand, so their schema is added here: the facts that may be named depend on the subject. */
function policySchema(): JsonSchema {
  const { properties, ...rest } = z.toJSONSchema(policyFile, { io: "input" });
  const names = [...Object.keys(kinds), resourceSubject];
  const { subject, ...others } = properties ?? {};
  return {
    title: "Policy of plimsoll",
    ...rest,
    properties: { ...others, subject: { ...(typeof subject === "object" ? subject : {}), enum: names } },
    required: [...(rest.required ?? []), "conditions"],
    allOf: names.map((kind) => ({
      if: { properties: { subject: { const: kind } }, required: ["subject"] },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word.
      then: { properties: conditionProperties(kind) },
    })),
    $defs: {
      operator: { oneOf: Object.entries(operators).map(([name, { description }]) => ({ const: name, description })) },
      ...Object.fromEntries(
        names.flatMap((kind) => [
          [kind, conditionSchema(kind)],
          [`${kind}.fact`, factSchema(kind)],
        ]),
      ),
    },
  };
}

function factSchema(kind: string): JsonSchema {
  const facts = [...(factTypes(kind) ?? [])].map(([name, { description }]) => ({ const: name, description }));
  if (facts.length === 0) return { type: "string" };
  // Of the plan, facts of related resources have names that the policy gives them.
  return kind === "plan" ? { anyOf: [...facts, { type: "string" }] } : { oneOf: facts };
}

function conditionProperties(kind: string): JsonSchema {
  const condition = { $ref: `#/$defs/${kind}` };
  const clauses = { items: { properties: { when: condition } } };
  return {
    conditions: condition,
    when: condition,
    sharedConditions: { additionalProperties: condition },
    undecided: clauses,
    severities: clauses,
    notes: clauses,
    problem: clauses,
    related: { additionalProperties: { properties: { where: { $ref: `#/$defs/${resourceSubject}` } } } },
  };
}

function conditionSchema(kind: string): JsonSchema {
  const condition = { $ref: `#/$defs/${kind}` };
  const list = { type: "array", minItems: 1, items: condition };
  const fact = { $ref: `#/$defs/${kind}.fact` };
  const scalar = { type: ["string", "number", "boolean", "null"] };
  const operand = (key: string, value: JsonSchema) => ({
    type: "object",
    properties: { [key]: value },
    required: [key],
    additionalProperties: false,
  });
  const value = {
    anyOf: [scalar, { type: "array", items: scalar }, operand("fact", fact), operand("parameter", { type: "string" })],
  };
  const operator = { $ref: "#/$defs/operator" };
  const comparison = (key: string, named: JsonSchema) => ({
    type: "object",
    properties: { [key]: named, operator, value },
    required: [key, "operator", "value"],
    additionalProperties: false,
  });
  return {
    anyOf: [
      operand("all", list),
      operand("any", list),
      operand("not", condition),
      operand("condition", { type: "string" }),
      comparison("fact", fact),
      comparison("parameter", { type: "string" }),
    ],
  };
}
