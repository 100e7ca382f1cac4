import type { Mistake, Path } from "../files/mistake.ts";
import { mistakesOf } from "../files/schema-mistakes.ts";
import { unknownName } from "../files/unknown-name.ts";
import { append } from "../lists.ts";
import { isJsonObject, ownMember } from "../plan/json.ts";
import type { FactType } from "../subjects/kinds/fact-schemas.ts";
import { kinds } from "../subjects/kinds.ts";
import { type ConditionScope, checkCondition } from "./conditions.ts";
import { factScope } from "./fact-scope.ts";
import { type Clause, type Condition, type Policy, type ProblemText, resourceSubject } from "./policy.ts";
import {
  clause,
  examplesShape,
  parameterSchema,
  planExample,
  policyFile,
  problemText,
  relatedSchema,
} from "./policy-file.ts";
import { checkProblemText } from "./problem.ts";
import { relatedMistakes, relatedOf } from "./related.ts";

export type LoadedPolicy = { readonly policy: Policy } | { readonly mistakes: readonly Mistake[] };

/** Checks the data of a policy file. All mistakes are reported, each with its path in the file. */
export function loadPolicy(data: unknown): LoadedPolicy {
  const mistakes: Mistake[] = [];
  const parsed = policyFile.safeParse(data, { reportInput: true });
  if (!parsed.success) for (const mistake of mistakesOf(parsed.error, knownKeys)) mistakes.push(mistake);
  checkSubject(data, (mistake) => mistakes.push(mistake));
  append(mistakes, relatedMistakes(ownMember(data, "subject"), ownMember(data, "related")));
  // What the schema leaves open is checked as far as it is there, whatever else is wrong.
  const scope: ConditionScope = {
    facts: factScope(ownMember(data, "subject"), Object.keys(mapOf(ownMember(data, "related")))),
    parameters: parametersOf(data),
    sharedConditions: new Set(Object.keys(mapOf(ownMember(data, "sharedConditions")))),
    report: (mistake) => mistakes.push(mistake),
  };
  const loaded = loadConditions(data, scope);
  checkProblem(ownMember(data, "problem"), scope);
  checkExamples(data, scope);
  if (mistakes.length > 0 || !parsed.success || loaded.conditions === null) return { mistakes };
  const file = parsed.data;
  const clauses = <C extends { because: string }>(list: readonly C[], when: readonly (Condition | null)[]) =>
    list.flatMap((each, at): (C & Clause)[] => {
      const condition = when[at] ?? null;
      return condition === null ? [] : [{ ...each, when: condition }];
    });
  return {
    policy: {
      ...file,
      type: file.type ?? null,
      page: file.page ?? null,
      related: relatedOf(file.related, loaded.where),
      problem: problemsOf(file.problem, loaded.problem),
      sharedConditions: loaded.sharedConditions,
      when: loaded.when,
      conditions: loaded.conditions,
      undecided: clauses(file.undecided, loaded.undecided),
      notes: clauses(file.notes, loaded.notes),
      severities: clauses(file.severities, loaded.severities),
    },
  };
}

function knownKeys(path: Path): readonly string[] {
  const [first, second] = path;
  if (first === undefined) return Object.keys(policyFile.shape);
  if (first === "parameters" && second !== undefined) return Object.keys(parameterSchema.shape);
  if (first === "undecided" || first === "notes") return Object.keys(clause.shape);
  if (first === "severities") return [...Object.keys(clause.shape), "severity"];
  if (first === "related" && second !== undefined) return Object.keys(relatedSchema.shape);
  if (first === "problem") return Object.keys(problemText.shape);
  if (first === "examples") return Object.keys(examplesShape);
  return first === "plans" ? Object.keys(planExample.shape) : [];
}

function checkSubject(data: unknown, report: (mistake: Mistake) => void): void {
  const kind = ownMember(data, "subject");
  const type = ownMember(data, "type");
  const names = [...Object.keys(kinds), resourceSubject];
  if (typeof kind === "string" && !names.includes(kind))
    report({ path: ["subject"], message: unknownName("subject", kind, names) });
  if (kind === resourceSubject && type === undefined)
    report({ path: ["subject"], message: 'a policy of resources names their type beside it: "type: aws_s3_bucket"' });
  if (typeof kind === "string" && kind !== resourceSubject && type !== undefined)
    report({ path: ["type"], message: `"type" belongs to "subject: ${resourceSubject}" only`, ofKey: true });
}

interface LoadedConditions {
  readonly sharedConditions: Readonly<Record<string, Condition>>;
  readonly conditions: Condition | null;
  readonly when: Condition | null;
  readonly undecided: readonly (Condition | null)[];
  readonly notes: readonly (Condition | null)[];
  readonly severities: readonly (Condition | null)[];
  readonly problem: readonly (Condition | null)[];
  /** Which related resources count, by the name of the relation. */
  readonly where: ReadonlyMap<string, Condition | null>;
}

function loadConditions(data: unknown, scope: ConditionScope): LoadedConditions {
  const shared = Object.entries(mapOf(ownMember(data, "sharedConditions"))).flatMap(([name, condition]) => {
    const checked = checkCondition(condition, ["sharedConditions", name], { ...scope, sharedConditions: new Set() });
    return checked === null ? [] : [[name, checked] as const];
  });
  const clauses = (part: string) =>
    listOf(ownMember(data, part)).map((each, at) =>
      isJsonObject(each) ? checkRoot(each["when"], [part, at, "when"], scope) : null,
    );
  const when = ownMember(data, "when");
  return {
    sharedConditions: Object.fromEntries(shared),
    conditions: isJsonObject(data) ? checkRoot(data["conditions"], ["conditions"], scope) : null,
    when: when === undefined ? null : checkRoot(when, ["when"], scope),
    undecided: clauses("undecided"),
    notes: clauses("notes"),
    severities: clauses("severities"),
    problem: listOf(ownMember(data, "problem")).map((each, at) => {
      const own = ownMember(each, "when");
      return own === undefined ? null : checkRoot(own, ["problem", at, "when"], scope);
    }),
    where: loadWhere(ownMember(data, "related"), scope),
  };
}

/** Conditions over related resources name attributes of these; the shared conditions name facts of the subject. */
function loadWhere(related: unknown, scope: ConditionScope): ReadonlyMap<string, Condition | null> {
  const theirs = { ...scope, facts: factScope(resourceSubject), sharedConditions: new Set<string>() };
  const given = Object.entries(mapOf(related)).flatMap(([name, relation]) => {
    const where = ownMember(relation, "where");
    return where === undefined ? [] : [[name, checkRoot(where, ["related", name, "where"], theirs)] as const];
  });
  return new Map(given);
}

function checkProblem(problem: unknown, scope: ConditionScope): void {
  if (typeof problem === "string") checkProblemText(problem, ["problem"], scope);
  for (const [at, each] of listOf(problem).entries()) {
    const text = ownMember(each, "text");
    if (typeof each === "string") checkProblemText(each, ["problem", at], scope);
    if (typeof text === "string") checkProblemText(text, ["problem", at, "text"], scope);
  }
}

function problemsOf(
  problem: string | readonly (string | { readonly text: string })[],
  when: readonly (Condition | null)[],
): ProblemText[] {
  const texts = typeof problem === "string" ? [problem] : problem;
  return texts.map((each, at) => ({ when: when[at] ?? null, text: typeof each === "string" ? each : each.text }));
}

/** json-rules-engine wants `all`, `any`, `not` or a named condition at the root. */
function checkRoot(condition: unknown, path: Path, scope: ConditionScope): Condition | null {
  if (condition === undefined) {
    scope.report({ path, message: "is missing: what must hold" });
    return null;
  }
  if (isJsonObject(condition) && !["all", "any", "not", "condition"].some((key) => Object.hasOwn(condition, key))) {
    scope.report({ path, message: 'the root of conditions must be one of "all", "any", "not" and "condition"' });
    return null;
  }
  return checkCondition(condition, path, scope);
}

function parametersOf(data: unknown): Map<string, { type: FactType | null; default: unknown }> {
  return new Map(
    Object.entries(mapOf(ownMember(data, "parameters"))).map(([name, value]) => {
      const parsed = parameterSchema.safeParse(value);
      return [name, parsed.success ? parsed.data : { type: null, default: null }];
    }),
  );
}

function checkExamples(data: unknown, scope: ConditionScope): void {
  for (const [name, { type, default: value }] of scope.parameters) checkDefault(name, type, value, scope);
  for (const [verdict, list] of Object.entries(mapOf(ownMember(data, "examples")))) {
    for (const [at, example] of listOf(list).entries()) {
      for (const [name, value] of Object.entries(mapOf(example)))
        checkExampleValue(name, value, ["examples", verdict, at, name], scope);
    }
  }
}

function checkDefault(name: string, type: FactType | null, value: unknown, scope: ConditionScope): void {
  if (type === null || fitsParameter(type, value)) return;
  scope.report({ path: ["parameters", name, "default"], message: `the default must be a ${type}` });
}

/** Whether a value is one of a parameter's type; null stands for none. */
export function fitsParameter(type: FactType, value: unknown): boolean {
  return type === "list" ? Array.isArray(value) : value === null || typeof value === type;
}

function checkExampleValue(name: string, value: unknown, path: Path, scope: ConditionScope): void {
  const parameter = scope.parameters.get(name);
  const found = parameter === undefined ? scope.facts.find(name) : parameter.type;
  if (found !== null && typeof found === "object") scope.report({ path, message: found.mistake, ofKey: true });
  else if (isJsonObject(value)) {
    if (typeof value["unknown"] !== "string")
      scope.report({ path, message: 'a value that the plan does not show is written { unknown: "what it waits on" }' });
  } else if (found !== null && !fitsFact(found, value))
    scope.report({ path, message: `the ${parameter === undefined ? "fact" : "parameter"} "${name}" is a ${found}` });
}

function fitsFact(type: FactType, value: unknown): boolean {
  return type === "list" ? Array.isArray(value) : typeof value === type || (value === null && type === "string");
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
