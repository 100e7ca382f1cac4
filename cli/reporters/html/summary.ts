import { type Report, type ReportWaiver, severities } from "../../../engine/index.ts";
import { changeSentences } from "../changes.ts";
import { counted } from "../findings.ts";
import { hiddenWaived } from "../hidden.ts";
import { runRows } from "../run-evidence.ts";
import { markWords } from "./marks.ts";
import { type Content, type Html, html } from "./template.ts";
import type { PlanView } from "./view.ts";

type State = "blocked" | "clean" | "not-judged";

/** The result for a plan, in one word for programs and one sentence for people. */
export function outcomeOf({ summary: { blocking }, plan }: Report): { readonly state: State; readonly words: string } {
  if (plan.incomplete !== null) return { state: "not-judged", words: "Not checked as a whole" };
  if (blocking === 0) return { state: "clean", words: "No finding fails the run" };
  return { state: "blocked", words: `${counted(blocking, "finding")} ${blocking === 1 ? "fails" : "fail"} the run` };
}

/** The verdict with what it rests on. */
export function banner({ prefix, report }: PlanView, file: string, level: 1 | 2): Html {
  const { state, words } = outcomeOf(report);
  const { plan } = report;
  const name = report.run.title === null ? null : html`<strong>${report.run.title}</strong> `;
  const terraform = plan.terraform === null ? "" : `, Terraform ${plan.terraform}`;
  const title =
    level === 1 ? html`<h1 id="${prefix}">${words}</h1>` : html`<h2 id="${prefix}" class="verdict">${words}</h2>`;
  return html`<div class="banner is-${state}">${sign(state)}<div>${title}<p>${name}<code id="${prefix}-file">${file}</code>${terraform}</p>${
    plan.incomplete === null ? null : html`<p>${sentence(plan.incomplete)}</p>`
  }${changesMarkup(report)}</div></div>`;
}

function changesMarkup(report: Report): Html | null {
  const sentences = changeSentences(report);
  return sentences.length === 0 ? null : html`<p><strong>${sentences.join(" ")}</strong></p>`;
}

export function failureBanner(prefix: string, file: string, failure: string, level: 1 | 2): Html {
  const title =
    level === 1 ? html`<h1 id="${prefix}">Not checked</h1>` : html`<h2 id="${prefix}" class="verdict">Not checked</h2>`;
  return html`<div class="banner is-not-judged">${sign("not-judged")}<div>${title}<p><code id="${prefix}-file">${file}</code></p><p>${sentence(failure)}</p></div></div>`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

const signs: Readonly<Record<State, string>> = {
  blocked: "m9 9 14 14M23 9 9 23",
  clean: "m8 17 6 6 11-13",
  "not-judged": "M16 7v12M16 23v3",
};

function sign(state: State): Html {
  return html`<svg class="sign" width="40" height="40" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="14.5"/><path d="${signs[state]}"/></svg>`;
}

/** The numbers; each that has findings below leads to them. */
export function tiles({ report, prefix, hashPrefix }: PlanView): Html {
  const { summary } = report;
  const listed = new Set(report.findings.map(({ verdict }) => verdict));
  const failures = severities.map((severity) => ({
    mark: severity,
    count: summary.fail[severity],
    link: summary.fail[severity] > 0 ? `${hashPrefix}severity=${severity}&${hashPrefix}verdict=fail` : null,
  }));
  const others = [
    {
      mark: "unknown" as const,
      count: summary.unknown,
      link: listed.has("unknown") ? `${hashPrefix}verdict=unknown` : null,
    },
    {
      mark: "waived" as const,
      count: summary.waived,
      link: summary.waived > hiddenWaived(report) ? `${hashPrefix}verdict=waived` : null,
    },
    { mark: "pass" as const, count: summary.pass, link: listed.has("pass") ? `${hashPrefix}verdict=pass` : null },
    {
      mark: "not-applicable" as const,
      count: summary.notApplicable,
      link: listed.has("not-applicable") ? `${hashPrefix}verdict=not-applicable` : null,
    },
  ];
  return html`<dl class="tiles" aria-label="Verdicts">${[...failures, ...others].map(
    ({ mark, count, link }) =>
      html`<div class="tile is-${mark}${count === 0 ? " is-zero" : ""}"><dt>${markWords[mark]}</dt><dd>${
        link === null
          ? count
          : html`<a href="#${prefix}-findings" data-filter-link="#${link}" data-count="${count}">${count}</a>`
      }</dd></div>`,
  )}</dl>`;
}

/** What was checked and what was not, warnings, waivers with what became of them, and what of the change does not count. */
export function scopeSection({ prefix, report }: PlanView): Html {
  const { resources, warnings, waivers } = report;
  const types = [...resources.notEvaluated].sort((one, other) => other.count - one.count);
  const notEvaluated = types.reduce((sum, { count }) => sum + count, 0);
  return html`<section class="scope" aria-labelledby="${prefix}-scope ${prefix}-file">
<h2 id="${prefix}-scope" tabindex="-1">What was checked</h2>
<p>${resources.total} resources in the plan: ${resources.judged} checked, ${resources.destroyed} to be destroyed or forgotten, ${notEvaluated} not evaluated.</p>
${
  notEvaluated === 0
    ? null
    : html`<details><summary>No policy looks at these ${types.length} ${types.length === 1 ? "type" : "types"}</summary><ul class="types">${types.map(
        ({ type, count }) => html`<li><code>${type}</code> ${count}</li>`,
      )}</ul></details>`
}
${warnings.length === 0 ? null : html`<h3>Warnings</h3><ul>${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`}
${runList(report)}${waivers.length === 0 ? null : waiverTable(waivers)}
</section>`;
}

function runList(report: Report): Html {
  const rows = runRows(report).map(({ label, text }) => html`<dt>${label}</dt><dd>${text}</dd>`);
  return html`<h3>Evidence of the run</h3><dl class="run">${rows}</dl>`;
}

const waiverWords: Readonly<Record<ReportWaiver["state"], string>> = {
  applied: "applies",
  expired: "expired, so it does not apply",
  unused: "matches nothing",
  "too-broad": "matches more than it allows, so it does not apply",
};

function waiverTable(waivers: readonly ReportWaiver[]): Content {
  return html`<h3>Waivers</h3><table role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Policy</th><th role="columnheader" scope="col">Resources</th><th role="columnheader" scope="col">Reason</th><th role="columnheader" scope="col">State</th></tr></thead><tbody role="rowgroup">${waivers.map(
    ({ policy, resources, reason, owner, expires, from, state, matches }) =>
      html`<tr role="row"><th role="rowheader" scope="row">${policy}<small>${from}</small></th><td role="cell" data-label="Resources">${resources.map((resource) => html`<code>${resource}</code> `)}</td><td role="cell" data-label="Reason">${reason}${owner === null ? null : html`<small>Owner: ${owner}</small>`}</td><td role="cell" data-label="State">${waiverWords[state]}, ${matches} ${matches === 1 ? "match" : "matches"}${expires === null ? null : html`<small>until ${expires}</small>`}</td></tr>`,
  )}</tbody></table>`;
}
