import type { Attribute } from "./attribute.ts";
import type { Statement } from "./policy-document.ts";

/**
 * The name of an element of a list: its own, or its position where it has none. Within what the plan marks as sensitive
 * no part is shown but its place: `environment[2]`.
 */
export function partName(list: string, at: number, name: Attribute<string | null>): string {
  if (name.sensitive) return `${list}[${at}]`;
  return typeof name.value === "string" ? name.value : `${at}`;
}

/** The name of a statement within its resource: its Sid, or its position where it has none or is sensitive. */
export function statementName(attribute: string, { sid, position }: Statement, sensitive: boolean): string {
  return sensitive ? `${attribute}/statement ${position}` : `${attribute}/${sid ?? position}`;
}

/** The list that a path ends with: of `container_definitions[0].secrets` it is `secrets`. */
export function lastNameOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
