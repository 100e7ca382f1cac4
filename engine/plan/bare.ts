import { append } from "../lists.ts";
import type { TraversalStep } from "./address.ts";
import { type Traversal, traversalsOf } from "./configuration.ts";
import { isJsonObject, ownMember } from "./json.ts";

/**
 * Whether what an expression refers to is all that it makes a value of.
 *
 * The plan keeps the references of an expression and not what is done with them: `x.arn`, `"${x.arn}-cache"` and
 * `x.arn == "" ? "*" : "*"` look alike in it. Decided: what shows no sign of anything else is taken for a bare reference,
 * as that is what people write; otherwise no first plan could be judged. Each of these signs makes it none: something else
 * is mentioned (a variable, a local, `path`, a key that no index takes up), a reference stands twice, an expression has fewer
 * references than values or more, or a `dynamic` block stands beside it. Of a configuration in JSON syntax the text is
 * in the plan, and decides alone.
 */

/** A traversal with what it leads to; nothing where it is the key of an instance for example. */
interface Followed {
  readonly traversal: Traversal;
  readonly steps: readonly unknown[];
}

/** Whether an expression shows no sign of anything beside what its traversals lead to. */
export function isPlain(expression: unknown, followed: readonly Followed[]): boolean {
  const isText = isReferenceText(expression);
  if (isText !== null) return isText;
  const keys = followed.filter(({ steps }) => steps.length === 0);
  if (keys.length === 0) return true;
  const areKeys = keys.every(({ traversal }) => /^(?:each|count)\./.test(traversal.text));
  // `x[each.key].arn` is written, and Terraform lists `x` and `each.key`.
  return areKeys && followed.some(({ traversal, steps }) => steps.length > 0 && mayBeIndexed(traversal.steps));
}

/** Whether an index may stand behind a traversal: a resource, a variable or an output without an attribute. */
function mayBeIndexed(steps: readonly TraversalStep[]): boolean {
  const names = steps.flatMap((step) => ("name" in step ? [step.name] : []));
  const [head] = names;
  const whole = head === "data" || head === "module" ? 3 : 2;
  return steps.length <= whole;
}

/** What the expressions of a place make: one value, a list as a whole, or some of the values of a list or of blocks. */
export type Made =
  | { readonly kind: "one" | "list" }
  | { readonly kind: "elements"; readonly unknown: number; readonly all: number }
  | { readonly kind: "blocks"; readonly unknown: number };

/**
 * Whether an expression has as many references as it has values to make. `ends` is how many things other than variables it
 * leads to.
 */
export function fits(expression: unknown, ends: number, made: Exclude<Made, { kind: "blocks" }>): boolean {
  const isText = isReferenceText(expression);
  if (isText !== null) return isText && (made.kind !== "list" || !holdsLiteral(expression));
  const references = withoutKeys(expression);
  const times = timesOf(expression);
  switch (made.kind) {
    case "one":
      return ends <= 1 && references.every((traversal) => traversal.times === 1);
    case "list":
      return true;
    case "elements":
      return times <= made.all && (times >= made.unknown || references.some(mayBeList));
  }
}

/** How often an expression makes the traversals with these texts. */
export function timesOfTexts(expression: unknown, texts: ReadonlySet<string>): number {
  return traversalsOf(expression).reduce((sum, { text, times }) => sum + (texts.has(text) ? times : 0), 0);
}

/** Whether a list has one reference for each of its elements, so that what was known in it is an element that is known. */
export function hasOneEach(expression: unknown, made: Made): boolean {
  return made.kind === "elements" && timesOf(expression) === made.all;
}

/** How many references an expression makes, without the keys that they are indexed with. */
function timesOf(expression: unknown): number {
  return withoutKeys(expression).reduce((sum, traversal) => sum + traversal.times, 0);
}

function withoutKeys(expression: unknown): Traversal[] {
  return traversalsOf(expression).filter(({ text }) => !/^(?:each\.key|count\.index)$/.test(text));
}

/** Whether a traversal may lead to a list: `x[*].arn` is `x` in the plan. */
function mayBeList({ steps }: Traversal): boolean {
  const [first] = steps;
  const head = first !== undefined && "name" in first ? first.name : "";
  return ["var", "module", "each"].includes(head) || steps.length <= (head === "data" ? 3 : 2);
}

/** One interpolation and nothing beside it, of a reference and no function. */
const reference =
  /^\$\{[\p{ID_Start}_][\p{ID_Continue}-]*(?:\.[\p{ID_Continue}*-]+|\[(?:\d+|\*|"[^"\\$%]*"|each\.key|count\.index)\])*\}$/u;

/** Whether the text of an expression in JSON syntax is bare references; null where there is no text. */
function isReferenceText(expression: unknown): boolean | null {
  const text = ownMember(expression, "constant_value");
  if (text === undefined || ownMember(expression, "references") === undefined) return null;
  return textsIn(text).every((part) => !/[$%]\{/.test(part) || reference.test(part));
}

/** Whether a list in JSON syntax has an element that refers to nothing. */
function holdsLiteral(expression: unknown): boolean {
  return textsIn(ownMember(expression, "constant_value")).some((part) => !/[$%]\{/.test(part));
}

function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  const left = [value];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part === "string") texts.push(part);
    else if (Array.isArray(part)) append(left, part);
    else if (isJsonObject(part)) append(left, Object.values(part));
  }
  return texts;
}
