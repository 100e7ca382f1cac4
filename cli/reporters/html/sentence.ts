import { type Content, html } from "./template.ts";

/** A sentence with what stands between backticks as code. */
export function sentence(text: string): Content {
  const parts = text.split("`");
  // A backtick without its other half is a character.
  if (parts.length % 2 === 0) return text;
  return parts.map((part, at) => (at % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}
