import type { Finding, Report } from "../../../engine/index.ts";
import { groupSubject, problemText } from "../causes.ts";
import { changeWords } from "../changes.ts";
import { counted, problemOf, stateOf, subjectOf } from "../findings.ts";
import { hiddenWaived } from "../hidden.ts";
import { filters } from "./filters.ts";
import { findingBody } from "./finding-body.ts";
import { markOf, markWords } from "./marks.ts";
import { policyId } from "./policies.ts";
import { sentence } from "./sentence.ts";
import { each, type Html, html } from "./template.ts";
import { type CauseView, moduleValue, type PlanView, type RowView } from "./view.ts";

/** From so many on a browser takes its time to lay them all out. */
const manyFindings = 500;

/** All findings by cause, worst first, with the form that filters and groups them. */
export function findingsSection(view: PlanView): Html {
  const { prefix, report, causes } = view;
  const { findings } = report;
  const hidden = hiddenWaived(report);
  const body =
    findings.length === 0
      ? html`<p>There are no findings${hidden === 0 ? "" : " that are not waived"}.</p>`
      : html`${lead(report, causes)}${filters(view)}
<p class="count" role="status" data-status>${counted(findings.length, "finding")}</p>
<div class="groups" data-groups data-by="cause">
${each(causes, (cause) => causeMarkup(cause, view))}</div>`;
  return html`<section class="findings${findings.length > manyFindings ? " is-long" : ""}" aria-labelledby="${prefix}-findings ${prefix}-file">
<h2 id="${prefix}-findings" tabindex="-1">Findings</h2>
${hidden === 0 ? null : html`<p>${hidden} waived ${hidden === 1 ? "finding is" : "findings are"} counted and not listed.</p>`}${body}${fixedMarkup(report)}
</section>`;
}

function lead({ findings }: Report, causes: readonly CauseView[]): Html | null {
  const failed = findings.filter((finding) => stateOf(finding) === "fail").length;
  if (failed === 0) return null;
  const failing = causes.filter(({ group }) => stateOf(group.first.finding) === "fail").length;
  return html`<p class="lead">${counted(failed, "failure")} ${failed === 1 ? "has" : "have"} ${counted(failing, "cause")}: one change fixes all findings of a cause. The worst come first.</p>`;
}

/** The findings that this plan fixes. They do not fail the run. */
function fixedMarkup({ fixed = [] }: Report): Html | null {
  if (fixed.length === 0) return null;
  return html`<details class="fixed"><summary>What this plan fixes: ${counted(fixed.length, "finding")}</summary><ul>${fixed.map(
    ({ policy, title, severity, subject }) =>
      html`<li><span class="badge is-pass">${changeWords.fixed}</span> <span class="policy">${policy}</span> ${title} <code>${subject.address ?? "the plan"}${subject.name === null ? "" : `#${subject.name}`}</code> <small>${severity}</small></li>`,
  )}</ul></details>`;
}

/** A cause says what is wrong and where, and opens to the line, the fix and its findings. */
function causeMarkup({ group, rows }: CauseView, view: PlanView): Html {
  const { finding } = group.first;
  const place = finding.location === null ? groupSubject(group) : `${finding.location.file}:${finding.location.line}`;
  const text = stateOf(finding) === "fail" ? problemText(group) : finding.title;
  // The heading of such a cause names the subject already.
  const isSingle = rows.length === 1 && finding.location === null;
  return html`<details class="group${isSingle ? " is-single" : ""}" data-group><summary>${heading(finding, text, view.report)}${rows.length === 1 ? null : html` <span class="times" data-times="×${rows.length}">×${rows.length}</span>`} <code class="place">${place}</code></summary>
<div class="advice">${snippet(finding)}${advice(finding, view)}</div>
<ul>
${rows.map((row) => rowMarkup(row, view.report, rows.length === 1))}</ul>
</details>
`;
}

function heading(finding: Finding, text: string, { changes }: Report): Html {
  const mark = markOf(finding);
  const change = changes === undefined ? undefined : finding.change;
  return html`<span class="badge is-${mark}">${markWords[mark]}</span> <span class="policy">${finding.policy}</span> <span class="title">${sentence(text)}</span>${finding.blocking ? html` <span class="fails">fails the run</span>` : null}${change === undefined ? null : html` <span class="change is-${change}">${changeWords[change]}</span>`}`;
}

function snippet({ location }: Finding): Html | null {
  return location?.snippet === undefined ? null : html`<pre><code>${location.line} | ${location.snippet}</code></pre>`;
}

/** The fix, of failures and of what is unknown, and the way to the policy. */
function advice(finding: Finding, { report, prefix }: PlanView): Html | null {
  const policy = report.policies[finding.policy];
  if (policy === undefined) return null;
  const isNeeded = finding.verdict === "fail" || finding.verdict === "unknown";
  const link = html`<a href="#${policyId(prefix, finding.policy)}">Why, and all of ${finding.policy}</a>`;
  return html`<p class="fix">${isNeeded ? html`<b>Fix</b> ${policy.fix.replaceAll(/\s+/g, " ")} ` : null}${link}</p>`;
}

function rowMarkup({ id, finding, place, nodes }: RowView, report: Report, isOpen: boolean): Html {
  const { policy, title, severity, subject, location } = finding;
  const state = stateOf(finding);
  const change = report.changes === undefined ? undefined : finding.change;
  const moved =
    subject.previousAddress === undefined
      ? null
      : html` <span class="action">moved from <code>${subject.previousAddress}</code></span>`;
  const where = location === null ? null : html` <code class="place">${location.file}:${location.line}</code>`;
  return html`<li class="finding" id="${id}" data-finding data-severity="${severity}" data-verdict="${state}" data-policy="${policy}"${change === undefined ? null : html` data-change="${change}"`} data-service="${place.service}" data-module="${moduleValue(place.module)}" data-resource="${nodes.join(" ")}"><details${isOpen ? html` open` : null}>
<summary><span class="what">${heading(finding, state === "fail" ? problemOf(finding) : title, report)}</span> <code class="subject" data-address="${subject.address ?? "the plan"}">${subjectOf(finding)}</code>${subject.action === null ? null : html` <span class="action">${subject.action}</span>`}${moved}${where}</summary>
${findingBody(finding)}</details></li>
`;
}
