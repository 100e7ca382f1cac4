import type { SystemEdge } from "../../../engine/index.ts";
import { shorten } from "./shorten.ts";

const mostAttributes = 6;

/** The attributes of a link; of several instances those of the first, and how many links there are. */
export function linkWords(edges: readonly SystemEdge[]): string {
  const attributes = edges[0]?.attributes ?? [];
  const named = attributes.slice(0, mostAttributes).map((attribute) => shorten(attribute, 200));
  const left = attributes.length - named.length;
  const words = [...named, ...(left > 0 ? [`and ${left} more`] : [])].join(", ");
  return edges.length === 1 ? words : `${words}, and so on: ${edges.length} links`;
}

/** The last name of the attribute's path: `valueFrom` of `web/TOKEN: container_definitions[1].secrets[0].valueFrom`. */
export function shortLinkWords([first]: readonly SystemEdge[]): string {
  const attributes = first?.attributes ?? [];
  const last = /([A-Za-z_-]+)(?:\[\d+\])?$/.exec(attributes[0] ?? "")?.[1] ?? "";
  return attributes.length > 1 ? `${last} +${attributes.length - 1}` : last;
}
