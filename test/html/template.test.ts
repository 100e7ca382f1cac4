import { expect, it } from "vitest";
import { shorten } from "../../cli/reporters/html/shorten.ts";
import { html, markupOf, ownText } from "../../cli/reporters/html/template.ts";

it.each([
  ["<script>", "&lt;script&gt;"],
  ["a & b &amp; c", "a &amp; b &amp;amp; c"],
  [`"double" 'single' \`back\``, "&quot;double&quot; &#39;single&#39; &#96;back&#96;"],
  ["\u202eevil\u2066\u0000\u001b[1m\n", "\\u202eevil\\u2066\\u0000\\u001b[1m\\u000a"],
  ["javascript:alert(1)", "javascript:alert(1)"],
])("%j in a template is the text %s", (text, escaped) => {
  expect([...markupOf(html`<p title="${text}">${text}</p>`)]).toEqual([`<p title="${escaped}">${escaped}</p>`]);
});

it("what a template made is not escaped again; lists are joined, null and false leave nothing", () => {
  const items = ["<a>", "b"].map((text) => html`<li>${text}</li>`);
  expect([...markupOf(html`<ul>${items}${null}${false}${0}</ul>`)]).toEqual(["<ul><li>&lt;a&gt;</li><li>b</li>0</ul>"]);
});

it.each(["</style>", "<!--"])("a style sheet or script with %s is refused", (text) => {
  expect(() => ownText(`a ${text} b`)).toThrow("it would end its element");
});

it.each([
  ["shop-web", 8, "shop-web"],
  ["shop-web-execution", 10, "sho…cution"],
  ["\u{1f433}\u{1f433}\u{1f433}\u{1f433}\u{1f433}", 4, "\u{1f433}…\u{1f433}\u{1f433}"],
])("%s in %i characters", (text, most, short) => {
  expect(shorten(text, most)).toBe(short);
});
