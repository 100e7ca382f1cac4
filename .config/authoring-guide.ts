import type * as z from "zod";
import { configFile, overrideSchema, waiverSchema } from "../engine/config/config-file.ts";
import { operators } from "../engine/operators/operators.ts";
import { parameterSchema, planExample, policyFile, relatedSchema } from "../engine/policy/policy-file.ts";
import { factTypes, kinds } from "../engine/subjects/kinds.ts";
import { globalParameters } from "../engine/subjects/settings.ts";

/** Fills the parts of the guide for policy authors that come from the code, between their marks. */
export function authoringGuide(page: string): string {
  return Object.entries(parts).reduce(
    (text, [name, part]) =>
      text.replace(
        new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(<!-- end -->)`),
        (_, start: string, end: string) => `${start}\n${part()}\n${end}`,
      ),
    page,
  );
}

const parts: Readonly<Record<string, () => string>> = {
  "policy-file": () =>
    [
      keyTable(policyFile.shape),
      "Each of `parameters`:\n",
      keyTable(parameterSchema.shape),
      "Each of `related`:\n",
      keyTable(relatedSchema.shape),
      "Each of `plans`:\n",
      keyTable(planExample.shape),
    ].join("\n"),
  operators: () =>
    table(
      ["operator", "of facts", "value", "true where"],
      Object.entries(operators).map(([name, { facts, value, description }]) => [
        `\`${name}\``,
        facts.join(", "),
        value === "scalar" ? "single value" : value,
        description,
      ]),
    ),
  subjects: () => Object.keys(kinds).map(subjectPart).join("\n"),
  configuration: () =>
    [
      keyTable(configFile.shape),
      "Each of `overrides`:\n",
      keyTable(overrideSchema.shape),
      "Each of `waivers`:\n",
      keyTable(waiverSchema.shape),
    ].join("\n"),
  parameters: () =>
    table(
      ["parameter", "type", "what"],
      [...globalParameters].map(([name, { type, description }]) => [`\`${name}\``, type, description]),
    ),
};

function subjectPart(kind: string): string {
  const [, { description }] = Object.entries(kinds).find(([name]) => name === kind) ?? ["", { description: "" }];
  const facts = [...(factTypes(kind) ?? [])].map(([name, fact]) => [`\`${name}\``, fact.type, fact.description]);
  return `#### ${kind}\n\n${description}\n\n${table(["fact", "type", "what"], facts)}`;
}

function keyTable(shape: Readonly<Record<string, z.ZodType>>): string {
  const rows = Object.entries(shape).map(([key, schema]) => [`\`${key}\``, schema.description ?? ""]);
  return table(["key", "what"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |\n`;
  return `${line(head)}${line(head.map(() => "---"))}${rows.map(line).join("")}`;
}
