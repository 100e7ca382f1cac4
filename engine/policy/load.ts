import * as z from "zod";
import { isJsonObject } from "../plan/json.ts";
import { factTypes, kinds } from "../subjects/kinds.ts";
import { type ConditionScope, checkCondition, type Mistake } from "./conditions.ts";
import { type Clause, type Condition, type Example, type Parameter, type Policy, severities } from "./policy.ts";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const parameter = z.strictObject({
  type: z.enum(["string", "number", "boolean", "list"]),
  default: z.union([scalar, z.array(scalar)]),
  description: z.string().min(1),
});

const clause = z.strictObject({ when: z.unknown(), because: z.string().min(1) });
const examples = z.array(z.record(z.string(), z.unknown())).default([]);

/** The shape of a policy file; conditions are walked by hand, so that a mistake in them is named by its exact path. */
const policyFile = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Z][A-Z0-9]*-[A-Z0-9-]*[0-9]$/, "an id is upper-case words and a number joined by hyphens: TEAM-001"),
  title: z.string().min(1),
  severity: z.enum(severities),
  subject: z.string().refine((kind) => Object.hasOwn(kinds, kind), {
    error: `unknown subject; there are: ${Object.keys(kinds).join(", ")}`,
  }),
  controls: z.record(z.string(), z.array(z.string())).default({}),
  why: z.string().min(1),
  fix: z.string().min(1),
  parameters: z.record(z.string(), parameter).default({}),
  sharedConditions: z.record(z.string(), z.unknown()).default({}),
  when: z.unknown().optional(),
  conditions: z.unknown().optional(),
  undecided: z.array(clause).default([]),
  severities: z.array(clause.extend({ severity: z.enum(severities) })).default([]),
  notes: z.array(clause).default([]),
  examples: z.strictObject({ pass: examples, fail: examples, unknown: examples, "not-applicable": examples }),
});

export type LoadedPolicy = { readonly policy: Policy } | { readonly mistakes: readonly Mistake[] };

/** Checks the data of a policy file. All mistakes are reported, each with its path in the file. */
export function loadPolicy(data: unknown): LoadedPolicy {
  const parsed = policyFile.safeParse(data);
  if (!parsed.success) return { mistakes: parsed.error.issues.flatMap(toMistakes) };
  const file = parsed.data;
  const mistakes: Mistake[] = [];
  const scope: ConditionScope = {
    kind: file.subject,
    facts: factTypes(file.subject) ?? new Map(),
    parameters: new Map(Object.entries(file.parameters).map(([name, { type }]) => [name, type])),
    sharedConditions: new Set(Object.keys(file.sharedConditions)),
    report: (path, message) => mistakes.push({ path, message }),
  };
  for (const [name, value] of Object.entries(file.parameters)) checkDefault(name, value, scope);
  const sharedConditions = Object.fromEntries(
    Object.entries(file.sharedConditions).flatMap(([name, condition]) => {
      const checked = checkCondition(condition, ["sharedConditions", name], { ...scope, sharedConditions: new Set() });
      return checked === null ? [] : [[name, checked] as const];
    }),
  );
  const when = file.when === undefined ? null : checkRoot(file.when, ["when"], scope);
  const conditions = checkRoot(file.conditions, ["conditions"], scope);
  const clauses = <C extends { when: unknown; because: string }>(part: string, list: readonly C[]) =>
    list.flatMap((each, at) => {
      const condition = checkRoot(each.when, [part, at, "when"], scope);
      return condition === null ? [] : [{ ...each, when: condition }];
    });
  const undecided: Clause[] = clauses("undecided", file.undecided);
  const notes: Clause[] = clauses("notes", file.notes);
  const severityClauses = clauses("severities", file.severities);
  for (const [verdict, list] of Object.entries(file.examples)) {
    for (const [at, example] of list.entries()) checkExample(example, ["examples", verdict, at], scope);
  }
  if (mistakes.length > 0 || conditions === null) return { mistakes };
  return { policy: { ...file, sharedConditions, when, conditions, undecided, notes, severities: severityClauses } };
}

function toMistakes(issue: z.core.$ZodIssue): Mistake[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], message: `unknown key "${key}"` }));
  return [{ path, message: issue.message }];
}

/** json-rules-engine wants `all`, `any`, `not` or a named condition at the root. */
function checkRoot(condition: unknown, path: Mistake["path"], scope: ConditionScope): Condition | null {
  if (condition === undefined) {
    scope.report(path, "conditions are missing: what must hold");
    return null;
  }
  if (isJsonObject(condition) && !["all", "any", "not", "condition"].some((key) => Object.hasOwn(condition, key))) {
    scope.report(path, 'the root of conditions must be one of "all", "any", "not" and "condition"');
    return null;
  }
  return checkCondition(condition, path, scope);
}

function checkDefault(name: string, { type, default: value }: Parameter, scope: ConditionScope): void {
  const fits = type === "list" ? Array.isArray(value) : value === null || typeof value === type;
  if (!fits) scope.report(["parameters", name, "default"], `the default must be a ${type}`);
}

function checkExample(example: Example, path: Mistake["path"], scope: ConditionScope): void {
  for (const [name, value] of Object.entries(example)) {
    const parameter = scope.parameters.get(name);
    const type = scope.facts.get(name)?.type ?? parameter;
    if (type === undefined) {
      scope.report(
        [...path, name],
        `unknown fact "${name}"; facts of ${scope.kind}: ${[...scope.facts.keys()].join(", ")}`,
      );
    } else if (!isJsonObject(value)) {
      const fits =
        type === "list" ? Array.isArray(value) : typeof value === type || (value === null && type === "string");
      if (!fits)
        scope.report([...path, name], `the ${parameter === undefined ? "fact" : "parameter"} "${name}" is a ${type}`);
    } else if (typeof value["unknown"] !== "string") {
      scope.report([...path, name], 'a value that the plan does not tell is written { unknown: "what it waits on" }');
    }
  }
}
