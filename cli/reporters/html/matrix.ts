import type { CountermeasureState, Finding, NistCountermeasure, NistPolicy } from "../../../engine/index.ts";
import { counted, stateOf } from "../findings.ts";
import { countStates, stateWords } from "../nist-states.ts";
import { markWords } from "./marks.ts";
import { shape } from "./shapes.ts";
import { type Content, type Html, html } from "./template.ts";
import type { PlanView } from "./view.ts";

const stateShapes: Readonly<Record<CountermeasureState, string>> = {
  violated: "high",
  undetermined: "unknown",
  kept: "pass",
  "no-evidence": "none",
  "not-run": "waived",
  "not-in-plans": "none",
};

/** The state against each countermeasure of NIST SP 800-190. */
export function matrixSection({ prefix, hashPrefix, report }: PlanView): Html | null {
  const { nist, findings } = report;
  if (nist.length === 0) return null;
  const sections = [...new Set(nist.map(({ section }) => section))];
  const found = countByState(findings);
  return html`<section class="matrix" aria-labelledby="${prefix}-nist ${prefix}-file">
<h2 id="${prefix}-nist" tabindex="-1">NIST SP 800-190</h2>
<p class="lead">${countStates(nist)}.</p>
<table role="table"><thead role="rowgroup"><tr role="row">${["Countermeasure", "State", "Resources", "Policies"].map((heading) => html`<th role="columnheader" scope="col">${heading}</th>`)}</tr></thead>
${sections.map((section) => {
  const own = nist.filter((each) => each.section === section);
  const number = own[0]?.id.split(".").slice(0, 2).join(".") ?? "";
  return html`<tbody role="rowgroup"><tr role="row" class="section"><th role="columnheader" scope="colgroup" colspan="4">${number} ${section}</th></tr>
${own.map((each) => row(each, links(each, found, { prefix, hashPrefix })))}</tbody>`;
})}</table>
</section>`;
}

function row(countermeasure: NistCountermeasure, found: Content): Html {
  const { id, title, state, worst, policies } = countermeasure;
  return html`<tr role="row"><th role="rowheader" scope="row"><span class="number">${id}</span> ${title}${beyond(countermeasure)}</th><td role="cell" data-label="State"><span class="state is-${state}">${shape(worst ?? stateShapes[state])} ${stateWords[state]}</span>${worst === null ? null : html`<small>worst: ${markWords[worst]}</small>`}</td><td role="cell" data-label="Resources">${resources(countermeasure)}${found}</td><td role="cell" data-label="Policies">${policyList(policies)}</td></tr>
`;
}

function resources({ resources: { violated, undetermined, kept } }: NistCountermeasure): Content {
  const parts = [
    [violated, "violated"],
    [undetermined, "undetermined"],
    [kept, "kept"],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return words.length === 0 ? "none" : words.join(", ");
}

type State = ReturnType<typeof stateOf>;

/** What stands behind the links: the states of which findings are at fault or open, with the nouns that they are counted by. */
const linked: readonly (readonly [state: State, one: string, many: string])[] = [
  ["fail", "failure", "failures"],
  ["unknown", "unknown", "unknown"],
  ["waived", "waived", "waived"],
];

/** How many findings of each state a policy has. */
function countByState(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const key = `${finding.policy} ${stateOf(finding)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The findings of a countermeasure by state; each link lists as many as it says. */
function links(
  { id, policies }: NistCountermeasure,
  found: ReadonlyMap<string, number>,
  { prefix, hashPrefix }: Pick<PlanView, "prefix" | "hashPrefix">,
): Content {
  return linked.map(([state, one, many]) => {
    const count = policies.reduce((sum, policy) => sum + (found.get(`${policy.id} ${state}`) ?? 0), 0);
    if (count === 0) return null;
    return html` <a class="show" href="#${prefix}-findings" data-filter-link="#${hashPrefix}control=${id}&${hashPrefix}verdict=${state}" data-count="${count}">${counted(count, one, many)}<span class="unseen"> of ${id}</span></a>`;
  });
}

/** The policies by what they came to; one that fails as well as passes stands where it fails. */
function policyList(policies: readonly NistPolicy[]): Content {
  const cameTo = ({ run, fail, unknown, pass }: NistPolicy) => {
    if (!run) return "not run";
    return fail > 0 ? "fail" : unknown > 0 ? "unknown" : pass > 0 ? "pass" : "no evidence";
  };
  return ["fail", "unknown", "pass", "no evidence", "not run"].map((outcome) => {
    const own = policies.filter((policy) => cameTo(policy) === outcome);
    if (own.length === 0) return null;
    return html`<p><b>${outcome}</b> ${own.map(({ id, title }, at) => html`${at === 0 ? "" : ", "}<abbr title="${title}">${id}</abbr>`)}</p>`;
  });
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
