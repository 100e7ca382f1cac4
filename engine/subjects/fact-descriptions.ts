import { factTypes } from "./kinds.ts";

/** The descriptions of a kind's facts by name. */
export function factDescriptions(kind: string): ReadonlyMap<string, string> {
  return new Map([...(factTypes(kind) ?? [])].map(([name, { description }]) => [name, description]));
}
