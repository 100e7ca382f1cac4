import { type Finding, type ReportEvidence, showValue } from "../../../engine/index.ts";
import { type Content, type Html, html } from "./template.ts";

/** What a row opens to: what was found, and the comparisons behind it. */
export function findingBody(finding: Finding): Html {
  return html`<div class="body">${waiverMarkup(finding)}<p class="message">${finding.message}</p>${wasMarkup(finding)}${finding.notes.map((note) => html`<p class="note">Note: ${note}</p>`)}${whereMarkup(finding)}${evidenceMarkup(finding.evidence)}<p class="fingerprint">Severity ${finding.severity}, fingerprint <code>${finding.fingerprint}</code></p></div>`;
}

function waiverMarkup({ waiver }: Finding): Html | null {
  if (waiver === null) return null;
  const { reason, owner, expires, from } = waiver;
  return html`<p class="waiver"><strong>Waived:</strong> ${reason}<br>${owner === null ? null : html`Owner: ${owner}. `}${
    expires === null ? "It has no end." : `It holds until ${expires}.`
  } It is written in <code>${from}</code>.</p>`;
}

function wasMarkup({ was }: Finding): Html | null {
  return was === undefined ? null : html`<p class="note">Before: ${was.severity}, ${was.verdict}: ${was.message}</p>`;
}

const places: Readonly<Record<"attribute" | "block" | "module-call", string>> = {
  attribute: "",
  block: ", the block",
  "module-call": ", the call of its module",
};

function whereMarkup({ location }: Finding): Html | null {
  return location === null
    ? null
    : html`<p class="where"><code>${location.file}:${location.line}</code>${places[location.of]}</p>`;
}

function evidenceMarkup(evidence: readonly ReportEvidence[]): Html | null {
  if (evidence.length === 0) return null;
  return html`<table class="evidence" role="table"><caption>Evidence</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Fact</th><th role="columnheader" scope="col">Expected</th><th role="columnheader" scope="col">Found</th><th role="columnheader" scope="col">Where</th></tr></thead><tbody role="rowgroup">${evidence.map(
    (each) =>
      html`<tr role="row"><th role="rowheader" scope="row">${each.fact}</th><td role="cell" data-label="Expected">${expected(each)}</td><td role="cell" data-label="Found">${found(each)}</td><td role="cell" data-label="Where">${where(each)}</td></tr>`,
  )}</tbody></table>`;
}

function expected({ operator, negated, expected: value, parameter }: ReportEvidence): string {
  const words = operator.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${negated ? "not: " : ""}${words} ${showValue(value)}${parameter === null ? "" : ` (parameter ${parameter})`}`;
}

function found({ actual, state, unknown, note }: ReportEvidence): Content {
  const value =
    state === "unknown" || unknown !== null
      ? `unknown${unknown === null ? "" : `: it ${unknown.reason}`}`
      : `${showValue(actual)}${state === "unset" ? " (not written, the default)" : ""}`;
  return note === null ? value : html`${value} <small>${note}</small>`;
}

function where({ path, address }: ReportEvidence): Content {
  if (path === null) return address === null ? "" : html`<code>${address}</code>`;
  return html`<code>${address === null ? "" : `${address} `}${path}</code>`;
}
