import type { Mark } from "./marks.ts";
import { type Html, html } from "./template.ts";

/** Ids of the shapes; the same in every picture, and defined once in the page. */
export function shapes(): Html {
  return html`<svg class="shapes" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<symbol id="shape-critical" viewBox="0 0 14 14"><path d="M4.4 1h5.2L13 4.4v5.2L9.6 13H4.4L1 9.6V4.4z"/><path class="cut" d="M7 3.6v4.2M7 9.6v1.2"/></symbol>
<symbol id="shape-high" viewBox="0 0 14 14"><path d="M7 1.2 13.4 12.6H.6z"/></symbol>
<symbol id="shape-medium" viewBox="0 0 14 14"><path d="M2 2h10v10H2z"/></symbol>
<symbol id="shape-low" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5"/></symbol>
<symbol id="shape-unknown" viewBox="0 0 14 14"><circle class="ring" cx="7" cy="7" r="5.4"/><path class="stroke" d="M5.2 5.6c.2-2.4 3.9-2.2 3.6.1C8.6 6.9 7 6.9 7 8.3M7 9.9v.9"/></symbol>
<symbol id="shape-waived" viewBox="0 0 14 14"><path class="stroke" d="M2.5 11.5 11.5 2.5"/><circle class="ring" cx="7" cy="7" r="5.4"/></symbol>
<symbol id="shape-pass" viewBox="0 0 14 14"><path class="stroke" d="m2.5 7.5 3 3 6-7"/></symbol>
<symbol id="shape-none" viewBox="0 0 14 14"><path class="stroke" d="M4 7h6"/></symbol>
</defs></svg>`;
}

export function shapeOf(worst: Mark | null): string {
  return worst === null || worst === "not-applicable" ? "none" : worst;
}

/** The sign of a mark, beside words that say the same. */
export function shape(name: string): Html {
  return html`<svg class="shape is-${name}" width="12" height="12" aria-hidden="true" focusable="false"><use href="#shape-${name}"/></svg>`;
}
