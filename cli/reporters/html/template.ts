import { plain } from "../terminal-text.ts";

const markup = Symbol("markup");

/** Text that is HTML already; nothing but the `html` tag makes it. */
export interface Html {
  readonly [markup]: string;
}

/** What a place in a template takes; null and false leave it empty. */
export type Content = string | number | Html | null | false | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** Control and bidirectional characters become visible, all that HTML reads becomes text. */
function escapeText(text: string): string {
  return plain(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? "");
}

function toMarkup(content: Content): string {
  if (content === null || content === false) return "";
  if (typeof content === "string") return escapeText(content);
  if (typeof content === "number") return String(content);
  return markup in content ? content[markup] : content.map(toMarkup).join("");
}

/**
 * The only way to make HTML: what stands in a place of the template is escaped, unless this made it. A place stands in
 * text or within the quotes of an attribute.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return { [markup]: parts.map((part, at) => part + toMarkup(contents[at] ?? null)).join("") };
}

/** Text of this program that stands in `<style>` or `<script>`, where nothing is escaped. */
export function ownText(text: string): Html {
  if (/<[/!]/.test(text)) throw new Error("it would end its element");
  return { [markup]: text };
}

export function markupOf(content: Html): string {
  return content[markup];
}
