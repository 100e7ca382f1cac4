import { describe, expect, it } from "vitest";
import { loadGrammar } from "../../cli/source/grammar.ts";
import { grammarForm } from "../../cli/source/grammar-form.ts";
import { decode } from "../../engine/expressions/json.ts";
import { type Hole, isKnown, type Value } from "../../engine/expressions/value.ts";
import { plain, workedOut } from "./evaluating.ts";
import { casesOf, groups } from "./terraform.ts";

const grammar = await loadGrammar();

/** The expression with one literal after the other replaced by what is not known. */
function masked(expression: string): string[] {
  const text = `x = ${expression}\n`;
  const root = grammar.treeOf(grammarForm(text))?.rootNode;
  if (root === undefined) return [];
  const literals = root.descendantsOfType(["literal_value", "quoted_template"]);
  return literals.map((node) => `${text.slice(4, node.startIndex)}(local.d)${text.slice(node.endIndex, -1)}`);
}

/** Whether a value can become the other once its holes are filled. */
function canBecome(value: Value, whole: Value): boolean {
  if (value.kind === "hole") return holeCanBecome(value, whole);
  if (value.kind === "sequence" && value.of === "set") return !isKnown(value) || equal(value, whole);
  if (value.kind === "sequence" && whole.kind === "sequence") {
    const { elements } = whole;
    return (
      value.elements.length === elements.length &&
      value.elements.every((each, at) => canBecome(each, elements[at] ?? each))
    );
  }
  if (value.kind === "mapping" && whole.kind === "mapping") {
    const { entries } = whole;
    const fits = ([key, each]: readonly [string, Value]) =>
      entries.has(key) && canBecome(each, entries.get(key) ?? each);
    return value.entries.size === entries.size && [...value.entries].every(fits);
  }
  return equal(value, whole);
}

/** `1` and `"1"` differ only by a type that the hole decides. */
function equal(value: Value, whole: Value): boolean {
  return text(value) === text(whole);
}

function text(value: Value): string {
  return JSON.stringify(plain(value))
    .replaceAll(/\{"number":"([^"]*)"\}/g, '"$1"')
    .replaceAll(/"(true|false)"/g, "$1");
}

function entriesCanBecome(entries: NonNullable<Hole["entries"]>, whole: Value): boolean {
  if (whole.kind !== "mapping") return false;
  const hasAll = [...entries].every(([key, { value, mayBeMissing }]) => {
    const own = whole.entries.get(key);
    return own === undefined ? mayBeMissing : canBecome(value, own);
  });
  return hasAll && [...whole.entries.keys()].every((key) => entries.has(key));
}

function holeCanBecome({ parts, json, entries }: Hole, whole: Value): boolean {
  if (entries !== null) return entriesCanBecome(entries, whole);
  if (whole.kind !== "string") return parts === null && json === null;
  if (json !== null) return canBecome(json, decode(whole.value));
  let at = 0;
  for (const part of parts ?? []) {
    if (typeof part !== "string") continue;
    const found = whole.value.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}

const expressions = groups.flatMap(casesOf).filter((expression) => !/local\.[ud]/.test(expression));

describe("what is known stays as it is when an argument is not known", () => {
  it.each(expressions)("%s", (expression) => {
    const whole = workedOut(expression);
    if (whole === "error" || !isKnown(whole)) return;
    const wrong = masked(expression).filter((each) => {
      const value = workedOut(each);
      return value === "error" || !canBecome(value, whole);
    });
    expect(wrong).toEqual([]);
  });

  it("and is no hole everywhere", () => {
    const known = expressions.flatMap(masked).filter((each) => {
      const value = workedOut(each);
      return value !== "error" && value.kind !== "hole";
    });
    expect(known.length).toBeGreaterThan(150);
  });
});
