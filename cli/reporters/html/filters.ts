import { type Finding, severities } from "../../../engine/index.ts";
import { changeOrder, changeWords } from "../changes.ts";
import { stateOf } from "../findings.ts";
import { countedControls, frameworkName } from "./controls.ts";
import { shorten } from "./shorten.ts";
import { type Content, type Html, html } from "./template.ts";
import { moduleValue, type PlanView } from "./view.ts";

interface Option {
  readonly value: string;
  readonly words: string;
}

/** The form that filters the findings; hidden where no script runs. The names are those of the parts of the URL's hash. */
export function filters({ prefix, report, causes }: PlanView): Html {
  const { findings } = report;
  const rows = causes.flatMap((cause) => cause.rows);
  const present = new Set<string>(findings.map(stateOf));
  const verdicts = verdictWords.filter(({ value }) => present.has(value));
  const modules = sorted(rows.map(({ place }) => moduleValue(place.module)));
  const services = sorted(rows.map(({ place }) => place.service));
  const used = severities.filter((severity) => findings.some((finding) => finding.severity === severity));
  return html`<form class="filters js-only" hidden data-filters role="search" aria-labelledby="${prefix}-findings ${prefix}-file">
${select(prefix, "severity", "Severity", options(used.map(same)))}
${select(prefix, "verdict", "Verdict", options(verdicts))}${report.changes === undefined ? null : select(prefix, "change", "Change", options(changesOf(findings)))}
${select(prefix, "service", "Service", options(services.map(same)))}
${select(prefix, "module", "Module", options(modules.map(moduleOption)))}
${select(prefix, "control", "Control", controlOptions(report))}
<label class="field is-text" for="${prefix}-filter-text"><span>Text</span><input type="search" id="${prefix}-filter-text" name="text" autocomplete="off" spellcheck="false"></label>
<label class="field" for="${prefix}-filter-group"><span>Group by</span><select id="${prefix}-filter-group" data-group-by autocomplete="off">${options(groupings)}</select></label>
<p class="chip" data-resource hidden><span>Only findings on <code data-resource-name></code></span> <button type="button" data-forget>Show all resources</button></p>
<div class="buttons"><button type="button" data-clear>Clear filters</button> <button type="button" data-open="true">Open all</button> <button type="button" data-open="false">Close all</button></div>
</form>`;
}

function changesOf(findings: readonly Finding[]): readonly Option[] {
  const present = new Set(findings.map(({ change }) => change));
  return changeOrder.filter((change) => present.has(change)).map((value) => ({ value, words: changeWords[value] }));
}

const verdictWords: readonly Option[] = [
  { value: "fail", words: "fail" },
  { value: "unknown", words: "unknown" },
  { value: "waived", words: "waived" },
  { value: "pass", words: "pass" },
  { value: "not-applicable", words: "not applicable" },
];

function select(prefix: string, name: string, label: string, content: Content): Html {
  const id = `${prefix}-filter-${name}`;
  return html`<label class="field" for="${id}"><span>${label}</span><select id="${id}" name="${name}"><option value="">any</option>${content}</select></label>`;
}

function options(all: readonly Option[]): Content {
  return all.map(({ value, words }) => html`<option value="${value}">${words}</option>`);
}

const same = (value: string): Option => ({ value, words: shorten(value, 80) });

function moduleOption(value: string): Option {
  return value === moduleValue("") ? { value, words: "root module" } : same(value);
}

/** What the findings can be grouped by; the first is what they are written by. */
const groupings: readonly Option[] = ["cause", "policy", "resource", "severity"].map((value) => ({
  value,
  words: value,
}));

/** The controls of the findings' policies, by the framework that they are of. */
function controlOptions({ findings, policies, nist }: PlanView["report"]): Content {
  const used = new Set(findings.map(({ policy }) => policy));
  const byFramework = new Map<string, string[]>();
  for (const [id, policy] of Object.entries(policies)) {
    if (!used.has(id)) continue;
    for (const [framework, ids] of countedControls(id, policy, nist))
      byFramework.set(framework, [...(byFramework.get(framework) ?? []), ...ids]);
  }
  return [...byFramework].map(
    ([framework, ids]) =>
      html`<optgroup label="${frameworkName(framework)}">${options(sorted(ids).map(same))}</optgroup>`,
  );
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
