import type { PlanNode } from "../../plan/node.ts";
import { isVariable, type Reference, type VariableEnd } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { readsFile, variableAt } from "../../plan/variables.ts";
import { jsonLeaves, leavesOf } from "../../secrets/json-leaves.ts";
import { isSecretName } from "../../secrets/names.ts";
import { isPlaceholder } from "../../secrets/values.ts";
import { anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import type { Settings } from "../settings.ts";
import { namesSecretAttribute } from "./secret-sources.ts";

/** Where the configuration writes a value: a text for people, or null where it comes from elsewhere. */
type Origin = Maybe<string | null>;

/**
 * Where a value comes from. An expression shows what it refers to and not the literals beside that, so that only what
 * accounts for the whole value decides. A reference to something that holds secrets is taken for the secret.
 */
export function originOf(
  node: PlanNode,
  references: readonly Reference[],
  value: Maybe<string>,
  context: JoinContext,
): Origin {
  const isFile = node.expressions?.some(readsFile) === true;
  if (references.length === 0) {
    return isFile
      ? unclear("it may be read from a file beside the configuration")
      : "the configuration holds the value";
  }
  const variables = references.flatMap(({ text, end }) => (isVariable(end) ? [{ text, end }] : []));
  const [only, ...others] = variables;
  if (only !== undefined && others.length === 0 && references.length === 1 && value instanceof Unknown)
    return originInVariable(only, context);
  if (variables.length === references.length && !(value instanceof Unknown))
    return originInVariables(variables, value, isFile, context);
  const isLost = references.some(({ end }) => "deadEnd" in end && !["variable", "ephemeral"].includes(end.deadEnd));
  if (isLost) return unclear("the plan does not keep what the expression is made of", references);
  return originInSources(references, context);
}

function unclear(detail: string, references: readonly Reference[] = []): Unknown {
  return new Unknown("no-join", references, detail);
}

interface NamedVariable {
  readonly text: string;
  readonly end: VariableEnd;
}

function describe(texts: readonly string[]): string {
  return `the configuration writes the value of ${[...new Set(texts)].join(", ")}`;
}

function originInVariable({ text, end }: NamedVariable, { plan }: JoinContext): Origin {
  const { isWritten } = variableAt(plan.variables, end);
  if (isWritten instanceof Unknown) return isWritten;
  return isWritten ? describe([text]) : null;
}

/**
 * Each part of a known value must be that of a variable: what is none may be a literal, or made by a function. Where the
 * configuration writes the values of all variables, it writes all that the value is made of.
 */
function originInVariables(
  variables: readonly NamedVariable[],
  value: string,
  readsAFile: boolean,
  context: JoinContext,
): Origin {
  const { plan, settings } = context;
  const holders = variables.map(({ text, end }) => {
    const { value: held, isWritten } = variableAt(plan.variables, end);
    // What a function makes for a module is not told: that it is the whole, only where there is nothing else.
    const isWhole = held === undefined && variables.length === 1;
    return { text, isWritten, texts: isWhole ? null : new Set(textsOf(held)) };
  });
  const parts = secretParts(value, settings).filter((part) => !isPlaceholder(part.value, settings.placeholders));
  if (parts.length > 0 && !readsAFile && holders.every(({ isWritten }) => isWritten === true))
    return describe(holders.map(({ text }) => text));
  const found = parts.map((part) => {
    const holding = holders.filter(({ texts }) => texts === null || texts.has(part.value));
    if (holding.length > 0) return { holding, isWritten: partIsWritten(part, holding) };
    return { holding, isWritten: unclear("a part of it may be written in the configuration beside the variables") };
  });
  const isWritten = anyOf(found.map((part) => part.isWritten));
  if (isWritten instanceof Unknown) return isWritten;
  const texts = found
    .filter((part) => part.isWritten === true)
    .flatMap(({ holding }) => holding.map(({ text }) => text));
  return isWritten ? describe(texts) : null;
}

/** Where two variables hold the same text, either may be meant. */
function partIsWritten(part: Part, holding: readonly { readonly isWritten: Maybe<boolean> }[]): Maybe<boolean> {
  // Beside members with the names of secrets, the others say where the secret is used.
  if (part.isBesideSecret) return false;
  const [first, ...others] = holding.map(({ isWritten }) => isWritten);
  if (first === undefined || others.every((other) => other === first)) return first ?? false;
  return unclear("several variables hold the same value");
}

/** The texts of a variable's value: its own, and those within it or its JSON. */
function textsOf(value: unknown): string[] {
  const inner = typeof value === "string" ? (jsonLeaves(value) ?? []) : [];
  return [...leavesOf(value), ...inner].map((leaf) => leaf.value);
}

/** Where the value is not known, something that supplies secrets must be among what it is made of. */
function originInSources(references: readonly Reference[], context: JoinContext): Origin {
  const { plan, settings } = context;
  const supplies = references.map(({ end, text, sensitive }): Maybe<boolean> => {
    if ("target" in end) return namesSecretAttribute(end.target);
    if (!isVariable(end)) return end.deadEnd === "ephemeral";
    if (!sensitive && !isNamedSecret(text.replace(/^var\./, ""), settings)) return false;
    return test(variableAt(plan.variables, end).isWritten, (isWritten) => !isWritten);
  });
  const open = references.find((_, at) => supplies[at] instanceof Unknown);
  if (open !== undefined) return unclear(`a part of it may be the value of ${open.text}`);
  return supplies.includes(true) ? null : unclear("a part of it may be written in the configuration", references);
}

function isNamedSecret(name: string, { secretNamePatterns, secretNameExceptions }: Settings): boolean {
  return isSecretName(name, secretNamePatterns, secretNameExceptions);
}

/** Members of a secret that only say where it is used. Source: Secrets Manager User Guide, "JSON structure of secrets". */
const descriptive = new Set(
  "engine host port dbname dbinstanceidentifier dbclusteridentifier username user".split(" "),
);

interface Part {
  readonly value: string;
  /** Whether another member of the same JSON has the name of a secret, and this one has not. */
  readonly isBesideSecret: boolean;
}

/** The texts of a value that can be secret: of JSON, all members but the descriptive ones. */
function secretParts(value: string, settings: Settings): Part[] {
  const leaves = (jsonLeaves(value) ?? [{ name: null, value }]).map((leaf) => ({
    ...leaf,
    isNamed: leaf.name !== null && isNamedSecret(leaf.name, settings),
  }));
  const hasNamed = leaves.some(({ isNamed }) => isNamed);
  return leaves
    .filter(({ name }) => name === null || !descriptive.has(name.toLowerCase()))
    .map((leaf) => ({ value: leaf.value, isBesideSecret: hasNamed && !leaf.isNamed }));
}

/** Whether all that a value could hide only stands in for a secret that is set later. */
export function standsIn(value: string, { settings }: JoinContext): boolean {
  return secretParts(value, settings).every((part) => isPlaceholder(part.value, settings.placeholders));
}
