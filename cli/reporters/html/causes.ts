import { byCause, type CauseGroup, groupSubject, problemText } from "../causes.ts";
import { type PlanFinding, stateOf, subjectOf, worstFirst } from "../findings.ts";
import { markOf, markWords } from "./marks.ts";
import { sentence } from "./sentence.ts";
import { each, type Html, html } from "./template.ts";
import type { PlanView } from "./view.ts";

/** So many instances of a cause are named; the findings below have them all. */
const mostInstances = 60;

/** What fails by cause, the worst first, each with its instances folded; null where nothing fails. */
export function causesSection({ prefix, report, groups }: PlanView, file: string): Html | null {
  const failed = worstFirst([{ file, report }]).filter(({ finding }) => stateOf(finding) === "fail");
  const causes = byCause(failed, "causes");
  if (causes.length === 0) return null;
  const ids = new Map(groups.map(({ address, id }) => [address, id]));
  return html`<section class="causes" aria-labelledby="${prefix}-causes ${prefix}-file">
<h2 id="${prefix}-causes" tabindex="-1">What to change</h2>
<p class="lead">${failed.length} ${failed.length === 1 ? "failure has" : "failures have"} ${causes.length} ${causes.length === 1 ? "cause" : "causes"}: a change of one place puts an end to all that stands under it. The worst come first.</p>
<ol>
${each(causes, (cause) => causeMarkup(cause, report.policies[cause.first.finding.policy]?.fix, ids))}</ol>
</section>`;
}

function causeMarkup(cause: CauseGroup, fix: string | undefined, ids: ReadonlyMap<string | null, string>): Html {
  const { finding } = cause.first;
  const mark = markOf(finding);
  const count = cause.findings.length;
  return html`<li class="finding"><details>
<summary><span class="badge is-${mark}">${markWords[mark]}</span> <span class="policy">${finding.policy}</span> <span class="title">${sentence(problemText(cause))}</span>${count === 1 ? null : html` <span class="times">×${count}</span>`}${finding.blocking ? html` <span class="blocks">blocks</span>` : null} <code class="place">${placeOfCause(cause)}</code></summary>
<div class="body">${snippet(cause)}${fix === undefined ? null : html`<h3>Fix</h3><p>${fix}</p>`}<ul class="instances">${cause.findings.slice(0, mostInstances).map((one) => instance(one, ids))}</ul>${
    count > mostInstances ? html`<p>and ${count - mostInstances} more</p>` : null
  }</div>
</details></li>
`;
}

function placeOfCause(cause: CauseGroup): string {
  const { location } = cause.first.finding;
  return location === null ? groupSubject(cause) : `${location.file}:${location.line}`;
}

function snippet({ first: { finding } }: CauseGroup): Html | null {
  const { location } = finding;
  return location?.snippet === undefined ? null : html`<pre><code>${location.line} | ${location.snippet}</code></pre>`;
}

function instance({ finding }: PlanFinding, ids: ReadonlyMap<string | null, string>): Html {
  const id = ids.get(finding.subject.address);
  const name = html`<code>${subjectOf(finding)}</code>`;
  return id === undefined ? html`<li>${name}</li>` : html`<li><a href="#${id}">${name}</a></li>`;
}
