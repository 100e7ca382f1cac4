import type { CountermeasureState, NistCountermeasure, NistPolicy } from "../../../engine/index.ts";
import { type Content, type Html, html } from "./template.ts";
import type { PlanView } from "./view.ts";

const states: Readonly<Record<CountermeasureState, { readonly words: string; readonly shape: string }>> = {
  violated: { words: "violated", shape: "high" },
  undetermined: { words: "undetermined", shape: "unknown" },
  kept: { words: "kept as far as a plan shows", shape: "pass" },
  "not-applicable": { words: "not applicable", shape: "none" },
};

/** The state against each countermeasure of NIST SP 800-190. */
export function matrixSection({ prefix, report }: PlanView, hashPrefix: string): Html | null {
  const { nist, findings, policies } = report;
  if (nist.length === 0) return null;
  const linked = new Set(findings.flatMap(({ policy }) => policies[policy]?.controls["nist-800-190"] ?? []));
  const sections = [...new Set(nist.map(({ section }) => section))];
  const count = (state: CountermeasureState) => nist.filter((each) => each.state === state).length;
  return html`<section class="matrix" aria-labelledby="${prefix}-nist ${prefix}-file">
<h2 id="${prefix}-nist" tabindex="-1">NIST SP 800-190</h2>
<p class="lead">${nist.length} countermeasures: ${count("violated")} violated, ${count("undetermined")} undetermined, ${count("kept")} kept as far as a plan shows, ${count("not-applicable")} not applicable.</p>
<table role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Countermeasure</th><th role="columnheader" scope="col">State</th><th role="columnheader" scope="col">Policies, with their verdicts</th></tr></thead>
${sections.map((section) => {
  const own = nist.filter((each) => each.section === section);
  const number = own[0]?.id.split(".").slice(0, 2).join(".") ?? "";
  return html`<tbody role="rowgroup"><tr role="row" class="section"><th role="columnheader" scope="colgroup" colspan="3">${number} ${section}</th></tr>
${own.map((each) => row(each, linked.has(each.id) ? `#${hashPrefix}control=${each.id}` : null))}</tbody>`;
})}</table>
</section>`;
}

function row(countermeasure: NistCountermeasure, filterLink: string | null): Html {
  const { id, title, state, policies } = countermeasure;
  const { words, shape } = states[state];
  const counted = (["fail", "unknown", "pass"] as const).map((outcome) => policyList(policies, outcome));
  return html`<tr role="row"><th role="rowheader" scope="row"><span class="number">${id}</span> ${title}${beyond(countermeasure)}</th><td role="cell" data-label="State"><span class="state is-${state}"><svg class="shape is-${shape}" width="12" height="12" aria-hidden="true" focusable="false"><use href="#shape-${shape}"/></svg> ${words}</span>${
    filterLink === null
      ? null
      : html` <a class="js-only show" hidden href="${filterLink}">show the findings<span class="unseen"> of ${id}</span></a>`
  }</td><td role="cell" data-label="Policies">${policies.length === 0 ? "Nothing of it shows in a plan." : counted}${idle(policies)}</td></tr>
`;
}

function policyList(policies: readonly NistPolicy[], outcome: "fail" | "unknown" | "pass"): Content {
  // A policy that fails as well as passes stands where it fails.
  const own = policies.filter(
    (policy) => policy[outcome] > 0 && (outcome !== "pass" || policy.fail + policy.unknown === 0),
  );
  if (own.length === 0) return null;
  return html`<p><b>${outcome}</b> ${own.map(({ id, title, ...counts }, at) => html`${at === 0 ? "" : ", "}<span class="whole"><abbr title="${title}">${id}</abbr> ${counts[outcome]}</span>`)}</p>`;
}

function idle(policies: readonly NistPolicy[]): Content {
  const ids = policies.filter(({ fail, unknown, pass }) => fail + unknown + pass === 0).map(({ id }) => id);
  return ids.length === 0 ? null : html`<p class="quiet"><b>no subject</b> ${ids.join(", ")}</p>`;
}

/** What no plan shows, and who is responsible. */
function beyond({ beyondPlan, checkedBy, fargate, ec2 }: NistCountermeasure): Html {
  const rows = [
    ["Not in plans", beyondPlan],
    ["Checked by", checkedBy],
    ["On Fargate", fargate],
    ["On EC2", ec2],
  ] as const;
  return html`<details><summary>Beyond the plan</summary><dl>${rows.map(([term, text]) =>
    text === null ? null : html`<dt>${term}</dt><dd>${text}</dd>`,
  )}</dl></details>`;
}
