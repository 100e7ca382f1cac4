import { nearest } from "./nearest.ts";

/** `unknown key "whi"; did you mean "why"?`, or all that there are where none is near. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const all = known.length === 0 ? "there is none" : `there are: ${known.join(", ")}`;
  return `unknown ${what} "${name}"; ${near === null ? all : `did you mean "${near}"?`}`;
}
