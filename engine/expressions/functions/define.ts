import { convert } from "../convert.ts";
import { type Num, toInteger } from "../number.ts";
import type { Type } from "../value.ts";
import { EvaluationError, holeOf, isKnown, markedBy, type Value } from "../value.ts";

/** A function of Terraform's language. */
export interface FunctionDefinition {
  readonly parameters: readonly Type[];
  /** The type of further arguments; null where there are none. */
  readonly rest: Type | null;
  /** How many arguments it needs at least. */
  readonly least: number;
  readonly result: Type;
  readonly takesNull: boolean;
  /** Whether it works out what it can of arguments with holes. */
  readonly takesHoles: boolean;
  readonly apply: (args: readonly Value[]) => Value;
}

interface Options {
  readonly rest?: Type;
  readonly least?: number;
  readonly takesNull?: boolean;
  readonly takesHoles?: boolean;
}

export function define(
  parameters: readonly Type[],
  result: Type,
  apply: (args: readonly Value[]) => Value,
  options: Options = {},
): FunctionDefinition {
  return {
    parameters,
    result,
    apply,
    rest: options.rest ?? null,
    least: options.least ?? parameters.length,
    takesNull: options.takesNull ?? false,
    takesHoles: options.takesHoles ?? false,
  };
}

export const strings: Type = { kind: "list", element: "string" };
export const anyList: Type = { kind: "list", element: "dynamic" };
export const anySet: Type = { kind: "set", element: "dynamic" };

/** @throws EvaluationError where Terraform has an error */
export function apply(definition: FunctionDefinition, args: readonly Value[]): Value {
  const { parameters, rest, least } = definition;
  if (args.length < least || (rest === null && args.length > parameters.length))
    throw new EvaluationError("a function has another number of arguments");
  const types = args.map((_, at) => parameters[at] ?? rest ?? "dynamic");
  if (!definition.takesNull && args.some(({ kind }) => kind === "null"))
    throw new EvaluationError("an argument of a function is null");
  const converted = args.map((arg, at) => convert(arg, types[at] ?? "dynamic"));
  if (!definition.takesHoles && !converted.every(isKnown)) return holeOf(definition.result, converted);
  const result = definition.apply(converted);
  return definition.takesHoles ? result : markedBy(result, converted);
}

/** The text of an argument that is known to be one. */
export function str(value: Value | undefined): string {
  if (value?.kind !== "string") throw new EvaluationError("a string required");
  return value.value;
}

export function numberOf(value: Value | undefined): Num {
  if (value?.kind !== "number") throw new EvaluationError("a number required");
  return value.value;
}

/** The whole number of an argument. */
export function int(value: Value | undefined): number {
  const found = value?.kind === "number" ? toInteger(value.value) : null;
  if (found === null) throw new EvaluationError("a whole number required");
  return found;
}

export function elements(value: Value | undefined): readonly Value[] {
  if (value?.kind !== "sequence") throw new EvaluationError("a list required");
  return value.elements;
}

export function texts(value: Value | undefined): string[] {
  return elements(value).map(str);
}

export function members(value: Value | undefined): ReadonlyMap<string, Value> {
  if (value?.kind !== "mapping") throw new EvaluationError("a map required");
  return value.entries;
}

/** The argument at a place, where it was given. */
export function argument(args: readonly Value[], at: number): Value {
  const found = args[at];
  if (found === undefined) throw new EvaluationError("an argument is missing");
  return found;
}

/** Whether how many elements a value has, and in which order, is known. */
export function isCounted(value: Value): boolean {
  if (value.kind === "sequence") return value.of !== "set" || isKnown(value);
  return value.kind === "mapping";
}

/** The type of the elements of a collection. */
export function elementTypeOf(type: Type): Type[] {
  return typeof type !== "string" && "element" in type ? [type.element] : [];
}
