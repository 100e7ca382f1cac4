import { plain } from "../terminal-text.ts";

const markup = Symbol("markup");

/** A long list, of which each element is made when the page is written. */
class Each {
  readonly elements: () => Iterable<Html>;

  constructor(elements: () => Iterable<Html>) {
    this.elements = elements;
  }
}

/** Text that is HTML already, but for its long lists; nothing but the `html` tag makes it. */
export interface Html {
  readonly [markup]: readonly (string | Each)[];
}

/** What a place in a template takes; null and false leave it empty. */
export type Content = string | number | Html | Each | null | false | readonly Content[];

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

function toMarkup(content: Content): readonly (string | Each)[] {
  if (content === null || content === false) return [];
  if (typeof content === "string") return [escapeText(content)];
  if (typeof content === "number") return [String(content)];
  if (content instanceof Each) return [content];
  return markup in content ? content[markup] : content.flatMap(toMarkup);
}

/** Neighbouring texts become one. */
function joined(pieces: readonly (string | Each)[]): (string | Each)[] {
  const found: (string | Each)[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (typeof piece === "string" && typeof last === "string") found[found.length - 1] = last + piece;
    else found.push(piece);
  }
  return found;
}

/**
 * The only way to make HTML: what stands in a place of the template is escaped, unless this made it. A place stands in
 * text or within the quotes of an attribute.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return { [markup]: joined(parts.flatMap((part, at) => [part, ...toMarkup(contents[at] ?? null)])) };
}

/** A long list: each element is made when the page is written, and then let go. */
export function each<T>(items: readonly T[], toHtml: (item: T, at: number) => Html): Content {
  return new Each(function* () {
    for (const [at, item] of items.entries()) yield toHtml(item, at);
  });
}

/** Text of this program that stands in `<style>` or `<script>`, where nothing is escaped. */
export function ownText(text: string): Html {
  if (/<[/!]/.test(text)) throw new Error("it would end its element");
  return { [markup]: [text] };
}

/** The page in pieces. */
export function* markupOf(content: Html): Generator<string> {
  for (const piece of content[markup]) {
    if (typeof piece === "string") yield piece;
    else for (const element of piece.elements()) yield* markupOf(element);
  }
}
