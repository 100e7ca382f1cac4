import * as z from "zod/mini";
import { Unknown } from "../plan/unknown.ts";

// One schema for all attributes of a kind: making one costs start-up time, and there are some hundred attributes.
export const string = z.string();
export const number = z.number();
export const boolean = z.boolean();

const unknownValue = z.instanceof(Unknown);

/** A list whose elements may be unknown one by one. */
function listOf<T extends z.ZodMiniType>(element: T) {
  return z.array(z.union([unknownValue, element]));
}

/** A map whose values may be unknown one by one. */
export function mapOf<T extends z.ZodMiniType>(element: T) {
  return z.record(string, z.union([unknownValue, element]));
}

export const strings = listOf(string);
