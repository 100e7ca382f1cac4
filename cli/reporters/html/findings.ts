import { type Finding, type Report, type ReportEvidence, type ReportPolicy, showValue } from "../../../engine/index.ts";
import { changeWords } from "../changes.ts";
import { problemOf } from "../findings.ts";
import { hiddenWaived } from "../hidden.ts";
import { controlsOf, frameworkName } from "./controls.ts";
import { filters } from "./filters.ts";
import { markOf, markWords } from "./marks.ts";
import { sentence } from "./sentence.ts";
import { type Content, each, type Html, html } from "./template.ts";
import { type Group, moduleValue, type PlanView } from "./view.ts";

/** From so many on a browser takes its time to lay them all out. */
const manyFindings = 500;

/** All findings by resource, worst first, with the form that filters them. */
export function findingsSection(view: PlanView): Html {
  const { prefix, report, groups } = view;
  const { findings } = report;
  const hidden = hiddenWaived(report);
  const body =
    findings.length === 0
      ? html`<p>No policy found anything${hidden === 0 ? "" : " that is not waived"}.</p>`
      : html`${filters(view)}
<p class="count" role="status" data-status>${findings.length} ${findings.length === 1 ? "finding" : "findings"}</p>
${each(groups, (group) => groupMarkup(group, report))}`;
  return html`<section class="findings${findings.length > manyFindings ? " is-long" : ""}" aria-labelledby="${prefix}-findings ${prefix}-file">
<h2 id="${prefix}-findings" tabindex="-1">Findings</h2>
${hidden === 0 ? null : html`<p>${hidden} waived ${hidden === 1 ? "finding is" : "findings are"} counted and not listed.</p>`}${body}${fixedMarkup(report)}
</section>`;
}

/** What the plan fixes is in the way of nobody. */
function fixedMarkup({ fixed = [] }: Report): Html | null {
  if (fixed.length === 0) return null;
  return html`<details class="fixed"><summary>What this plan fixes: ${fixed.length} ${fixed.length === 1 ? "finding" : "findings"}</summary><ul>${fixed.map(
    ({ policy, title, severity, subject }) =>
      html`<li><span class="badge is-pass">${changeWords.fixed}</span> <span class="policy">${policy}</span> ${title} <code>${subject.address ?? "the plan"}${subject.name === null ? "" : `#${subject.name}`}</code> <small>${severity}</small></li>`,
  )}</ul></details>`;
}

function groupMarkup(group: Group, report: Report): Html {
  const { id, address, module, service, findings, node } = group;
  const { action = null, previousAddress } = findings[0]?.subject ?? {};
  return html`<div class="group" id="${id}" data-group data-node="${node?.id ?? ""}" data-module="${moduleValue(module)}" data-service="${service}">
<h3><code>${address ?? "the plan"}</code>${action === null ? null : html` <span class="action">${action}</span>`}${
    previousAddress === undefined ? null : html` <span class="action">moved from <code>${previousAddress}</code></span>`
  }</h3>
<ul>
${findings.map((finding) => findingMarkup(finding, report))}</ul>
</div>
`;
}

function findingMarkup(finding: Finding, { policies, changes }: Report): Html {
  const { policy: id, title, severity, verdict, subject, blocking, waiver } = finding;
  const policy = policies[id];
  const change = changes === undefined ? undefined : finding.change;
  const mark = markOf(finding);
  const controls = controlsOf(policy?.controls ?? {}).flatMap(([, ids]) => ids);
  return html`<li class="finding" data-finding data-severity="${severity}" data-verdict="${waiver === null ? verdict : mark}" data-policy="${id}"${change === undefined ? null : html` data-change="${change}"`} data-controls="${controls.join("|")}"><details>
<summary><span class="badge is-${mark}">${markWords[mark]}</span> <span class="policy">${id}</span> <span class="title">${waiver === null && verdict === "fail" ? sentence(problemOf(finding)) : title}</span>${subject.name === null ? null : html` <span class="part">${subject.name}</span>`}${finding.location === null ? null : html` <code class="place">${finding.location.file}:${finding.location.line}</code>`}${blocking ? html` <span class="blocks">blocks</span>` : null}${change === undefined ? null : html` <span class="change is-${change}">${changeWords[change]}</span>`}</summary>
<div class="body">${waiverMarkup(finding)}<p class="message">${finding.message}</p>${wasMarkup(finding)}${finding.notes.map((note) => html`<p class="note">Note: ${note}</p>`)}${whereMarkup(finding)}${evidenceMarkup(finding.evidence)}${
    policy === undefined ? null : adviceMarkup(policy, mark === severity || mark === "waived" || mark === "unknown")
  }<p class="fingerprint">Severity ${severity}, fingerprint <code>${finding.fingerprint}</code></p></div>
</details></li>
`;
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

/** Why and fix are of no use where nothing is wrong. */
function adviceMarkup({ why, fix, controls }: ReportPolicy, isNeeded: boolean): Html {
  const paragraphs = (text: string) => text.split(/\n+/).map((paragraph) => html`<p>${paragraph}</p>`);
  const advice = isNeeded ? html`<h4>Why</h4>${paragraphs(why)}<h4>Fix</h4>${paragraphs(fix)}` : null;
  return html`${advice}<p class="controls">${Object.entries(controls).map(
    ([key, ids]) => html`<span><b>${frameworkName(key)}</b> ${ids.join(", ")}</span> `,
  )}</p>`;
}
