import { createHash } from "node:crypto";
import { script, style } from "plimsoll:page-parts";
import { type Report, severities } from "../../../engine/index.ts";
import type { PlanResult } from "../plan-result.ts";
import { findingsSection } from "./findings.ts";
import { matrixSection } from "./matrix.ts";
import { pictureSection } from "./picture.ts";
import { policiesSection } from "./policies.ts";
import { shapes } from "./shapes.ts";
import { banner, failureBanner, outcomeOf, scopeSection, tiles } from "./summary.ts";
import { type Content, each, type Html, html, markupOf, ownText } from "./template.ts";
import { type PlanView, viewOf } from "./view.ts";

/** The report as one page that needs no network, no script and no other file. */
export function* htmlReport(results: readonly PlanResult[]): Generator<string> {
  const policy = `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title(results)}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 32 32%22%3E%3Cg fill=%22none%22 stroke=%22%231f6f8b%22 stroke-width=%223%22%3E%3Ccircle cx=%2216%22 cy=%2216%22 r=%2210%22/%3E%3Cpath d=%22M1 16h30%22/%3E%3C/g%3E%3C/svg%3E">
<style>${ownText(style)}</style>
</head>
<body>
<a class="skip" href="#${results.length > 1 ? "plans" : "plan-1-findings"}">Skip to the ${results.length > 1 ? "plans" : "findings"}</a>
${shapes()}
<header class="top">${mark()}<span>plimsoll</span></header>
<main>
${results.length > 1 ? overview(results) : null}
${each(results, (result, at) => article(result, at, results.length > 1))}
</main>
<footer><p>Made by plimsoll from a Terraform plan. Values that may be secrets are not shown.</p></footer>
<script>${ownText(script)}</script>
</body>
</html>
`;
  yield* markupOf(page);
}

/** What a content security policy allows a `<style>` or `<script>` by. */
function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function title(results: readonly PlanResult[]): string {
  const [only] = results;
  const [name] = results.flatMap((result) => ("failure" in result ? [] : (result.report.run.title ?? [])));
  const end = `${name === undefined ? "" : ` - ${name}`} - plimsoll`;
  if (only === undefined || results.length > 1) return `${results.length} plans${end}`;
  return `${"report" in only ? outcomeOf(only.report).words : "Not checked"}: ${only.file}${end}`;
}

/** The Plimsoll mark: a circle with the line through it. */
function mark(): Html {
  return html`<svg class="mark" width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="10"/><path d="M1 16h30"/></svg>`;
}

/** One row for each plan, the way to its part of the page. */
function overview(results: readonly PlanResult[]): Html {
  const headings = ["Plan", "Verdict", ...severities, "unknown", "waived"];
  return html`<section class="plans" aria-labelledby="plans"><h1 id="plans">${results.length} plans</h1>
<table role="table"><thead role="rowgroup"><tr role="row">${headings.map((heading) => html`<th role="columnheader" scope="col">${heading}</th>`)}</tr></thead><tbody role="rowgroup">
${results.map((result, at) => {
  const name = html`<th role="rowheader" scope="row"><a href="#plan-${at + 1}">${result.file}</a></th>`;
  if ("failure" in result)
    return html`<tr role="row">${name}<td role="cell" colspan="7" data-label="Verdict">Not checked: ${result.failure}</td></tr>
`;
  return html`<tr role="row">${name}${cells(result.report)}</tr>
`;
})}</tbody></table></section>`;
}

function cells(report: Report): Content {
  const { fail, unknown, waived } = report.summary;
  const { state, words } = outcomeOf(report);
  const counts = [
    ...severities.map((severity) => [severity, fail[severity]] as const),
    ["unknown", unknown] as const,
    ["waived", waived] as const,
  ];
  return [
    html`<td role="cell" data-label="Verdict"><span class="outcome is-${state}">${words}</span></td>`,
    ...counts.map(([label, count]) => html`<td role="cell" data-label="${label}">${count}</td>`),
  ];
}

function article(result: PlanResult, at: number, isOneOfMany: boolean): Html {
  const prefix = `plan-${at + 1}`;
  const level = isOneOfMany ? 2 : 1;
  if ("failure" in result)
    return html`<article class="plan" aria-labelledby="${prefix}">${failureBanner(prefix, result.file, result.failure, level)}</article>
`;
  // In the URL's hash the number of the plan stands before the names of its filters, where there are several.
  const hashPrefix = isOneOfMany ? `${prefix}.` : "";
  const view = viewOf(result.report, prefix, hashPrefix);
  return html`<article class="plan" aria-labelledby="${prefix}" data-plan data-hash-prefix="${hashPrefix}">
${banner(view, result.file, level)}
${tiles(view)}
${contents(view)}
${pictureSection(view)}
${findingsSection(view)}
${policiesSection(view)}
${matrixSection(view)}
${scopeSection(view)}
</article>
`;
}

function contents({ prefix, picture, report }: PlanView): Html {
  const sections = [
    picture === null ? null : (["system", "Planned system"] as const),
    ["findings", "Findings"] as const,
    report.findings.length === 0 ? null : (["policies", "Policies with findings"] as const),
    report.nist.length === 0 ? null : (["nist", "NIST SP 800-190"] as const),
    ["scope", "What was checked"] as const,
  ].filter((section) => section !== null);
  return html`<nav class="contents" aria-label="${prefix === "plan-1" ? "Sections" : `Sections of ${prefix}`}"><ul>${sections.map(
    ([name, words]) => html`<li><a href="#${prefix}-${name}">${words}</a></li>`,
  )}</ul></nav>`;
}
