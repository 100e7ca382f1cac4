import { type Expression, firstNames, type ObjectEntry } from "../../engine/expressions/syntax.ts";
import { elementNameKeys, parseTraversal, type TraversalStep } from "../../engine/index.ts";
import type { Block, Body } from "../../engine/plan/source.ts";

/** A line of a file. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * The line of an attribute in the body of its block, or that of the innermost part of it that can be told; null where
 * that is the block itself.
 */
export function placeOf(body: Body, path: string): Place | null {
  const steps = parseTraversal(path) ?? attributeOf(path);
  const [first] = steps;
  if (first === undefined || !("name" in first) || isIgnored(body, first.name)) return null;
  return inBody(body, steps, null);
}

/** Of a path with names that no traversal can hold, only the attribute. */
function attributeOf(path: string): TraversalStep[] {
  return parseTraversal(path.split(/[.[]/)[0] ?? "") ?? [];
}

/** Whether what is written is not what counts once the resource exists. */
function isIgnored({ blocks }: Body, attribute: string): boolean {
  return blocks
    .filter(({ type }) => type === "lifecycle")
    .flatMap(({ body }) => body.attributes.get("ignore_changes") ?? [])
    .some(({ expression }) => firstNames(expression()).some((name) => name === "all" || name === attribute));
}

/** @param around what is returned where the steps lead nowhere */
function inBody(body: Body, steps: readonly TraversalStep[], around: Place | null): Place | null {
  const [step, next, ...others] = steps;
  if (step === undefined || !("name" in step)) return around;
  const attribute = body.attributes.get(step.name);
  if (attribute !== undefined) return inValue(attribute.expression(), steps.slice(1), placeAt(attribute));
  const key = next !== undefined && "key" in next ? next.key : null;
  const inner = key === null ? steps.slice(1) : others;
  const written = body.blocks.filter(({ type }) => type === step.name);
  const dynamic = body.blocks.filter(({ type, labels }) => type === "dynamic" && labels[0] === step.name);
  const [only] = dynamic;
  if (only !== undefined) return written.length + dynamic.length > 1 ? around : inDynamic(only, inner);
  const block = key === null ? single(written) : elementAt(written, key, (each) => namesOfBody(each.body));
  return block === undefined ? around : inBody(block.body, inner, placeAt(block));
}

function placeAt({ file, line }: Place): Place {
  return { file, line };
}

function single<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** All that a dynamic block makes stands in its content. */
function inDynamic(block: Block, steps: readonly TraversalStep[]): Place | null {
  const around = placeAt(block);
  const content = single(block.body.blocks.filter(({ type }) => type === "content"));
  if (content !== undefined) return inBody(content.body, steps, around);
  const inJson = block.body.attributes.get("content");
  return inJson === undefined ? around : inValue(inJson.expression(), steps, around);
}

function inValue(value: Expression, steps: readonly TraversalStep[], around: Place): Place {
  const [step, ...rest] = steps;
  if (step === undefined) return around;
  if (value.kind === "call" && value.name === "jsonencode") {
    const argument = single(value.arguments);
    return argument === undefined ? around : inValue(argument, steps, around);
  }
  if (value.kind === "object" && "name" in step) return inObject(value.entries, steps, around);
  if (!("key" in step)) return around;
  // Where a list is expected, an object stands for a list of one.
  const elements = value.kind === "tuple" ? value.elements : [{ ...value, line: around.line }];
  const element = elementAt(elements, step.key, namesOfValue);
  return element === undefined ? around : inValue(element, rest, { file: around.file, line: element.line });
}

/** Keys may hold dots, as those of labels do: then several steps are one key. */
function inObject(entries: readonly ObjectEntry[], steps: readonly TraversalStep[], around: Place): Place {
  const names = steps.flatMap((step) => ("name" in step ? [step.name] : [null]));
  const end = names.indexOf(null);
  const lengths = Array.from({ length: end === -1 ? names.length : end }, (_, at) => at + 1);
  const keyed = lengths.flatMap((length) => {
    const key = names.slice(0, length).join(".");
    return entries.filter((entry) => textOf(entry.key) === key).map((entry) => ({ entry, length }));
  });
  const found = single(keyed);
  // A computed key may be any.
  if (found === undefined || entries.some(({ key }) => textOf(key) === null)) return around;
  return inValue(found.entry.value, steps.slice(found.length), { file: around.file, line: found.entry.line });
}

/**
 * The element under a key, by position only where there is but one, because plans sort; else by name. No other element has
 * the name, so that it is the one that is written with it, or where none is, the only one whose name is not written out.
 */
function elementAt<T>(
  elements: readonly T[],
  key: string | number,
  namesOf: (element: T) => readonly string[] | null,
): T | undefined {
  const only = single(elements);
  if (only !== undefined) {
    return key === 0 || (typeof key === "string" && (namesOf(only)?.includes(key) ?? true)) ? only : undefined;
  }
  if (typeof key === "number") return undefined;
  const named = elements.map((element) => ({ element, names: namesOf(element) }));
  const withName = named.filter(({ names }) => names?.includes(key));
  return single(withName.length > 0 ? withName : named.filter(({ names }) => names === null))?.element;
}

/** The names of an element; null where they cannot be told. */
function namesOfValue(value: Expression): readonly string[] | null {
  if (value.kind !== "object") return null;
  const { entries } = value;
  if (entries.some(({ key }) => textOf(key) === null)) return null;
  return literals(
    entries.filter(({ key }) => elementNameKeys.some((name) => name === textOf(key))).map((entry) => entry.value),
  );
}

function namesOfBody({ attributes }: Body): readonly string[] | null {
  return literals(elementNameKeys.flatMap((name) => attributes.get(name)?.expression() ?? []));
}

function literals(values: readonly Expression[]): readonly string[] | null {
  const texts = values.flatMap((value) => textOf(value) ?? []);
  return texts.length < values.length ? null : texts;
}

/** What a string without templates says, or a number as it is written. */
function textOf(value: Expression): string | null {
  return value.kind === "string" || value.kind === "number" ? value.text : null;
}
