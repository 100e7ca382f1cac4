import type { ReportPolicy } from "../../../engine/index.ts";
import { counted } from "../findings.ts";
import { filterControls, frameworkName, isControl } from "./controls.ts";
import { each, type Html, html } from "./template.ts";
import type { PlanView } from "./view.ts";

export function policyId(prefix: string, policy: string): string {
  return `${prefix}-policy-${policy}`;
}

/** Each policy that has a finding once: why it matters, how to fix it, and which controls it is for. */
export function policiesSection(view: PlanView): Html | null {
  const { prefix, report } = view;
  const policies = Object.entries(report.policies);
  if (policies.length === 0 || report.findings.length === 0) return null;
  const counts = new Map<string, number>();
  for (const { policy } of report.findings) counts.set(policy, (counts.get(policy) ?? 0) + 1);
  return html`<section class="policies" aria-labelledby="${prefix}-policies ${prefix}-file">
<h2 id="${prefix}-policies" tabindex="-1">Policies with findings</h2>
${each(policies, ([id, policy]) => policyMarkup(id, policy, counts.get(id) ?? 0, view))}
</section>`;
}

function policyMarkup(id: string, policy: ReportPolicy, count: number, { prefix, report }: PlanView): Html {
  const { title, why, fix, page, controls } = policy;
  const paragraphs = (text: string) => text.split(/\n+/).map((paragraph) => html`<p>${paragraph}</p>`);
  // A link to what stands within opens it, where one to the whole would not.
  return html`<details class="policy-page" data-policy-page="${id}" data-title="${title}" data-controls="${filterControls(id, policy, report.nist).join("|")}"><summary><span class="policy">${id}</span> <span class="title">${title}</span> <span class="action">${counted(count, "finding")}</span></summary>
<div class="body" id="${policyId(prefix, id)}"><h3>Why</h3>${paragraphs(why)}<div class="fix"><h3>Fix</h3>${paragraphs(fix)}</div><p class="controls">${Object.entries(
    controls,
  ).map(
    ([key, ids]) =>
      html`<span${isControl(key) ? null : html` class="elsewhere"`}><b>${frameworkName(key)}</b> ${ids.join(", ")}</span> `,
  )}${isWebPage(page) ? html`<a href="${page}" rel="noreferrer noopener">The policy's page</a>` : null}</p></div>
</details>
`;
}

/** A policy file may name any address. */
function isWebPage(page: string | null): page is string {
  return page !== null && /^https?:\/\//i.test(page);
}
