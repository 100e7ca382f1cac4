import type { Condition, ConditionValue, Policy } from "../engine/policy/policy.ts";
import { policyPage } from "../engine/policy/policy-page.ts";
import { factTypes, isKind, kinds } from "../engine/subjects/kinds.ts";
import type { HclExamples } from "../policies/pack.ts";

/** What no policy judges, why, and who looks at it instead. */
interface NotJudged {
  readonly what: string;
  readonly why: string;
  readonly elsewhere: string;
}

/** The page of all shipped policies: a table, what none of them judges, and a section for each. */
export function policiesReadme(
  pack: readonly Policy[],
  examplesOf: (id: string) => HclExamples,
  notJudged: readonly NotJudged[],
): string {
  const rows = pack.map(
    (policy) =>
      `| [${policy.id}](${policyPage("", policy.id)}) | ${policy.title} | ${severityText(policy)} | ${policy.subject} | ${list(policy.controls["nist-800-190"])} |`,
  );
  return [
    "# The shipped policies",
    "",
    "This page is generated from the policy files (`npm run documentation`). The examples stand in `policies/examples`: Terraform planned them, and the tests hold the verdicts.",
    "",
    "| policy | what | severity | judges | NIST SP 800-190 |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
    "## What is not judged, and why",
    "",
    "| what | why no policy judges it | who does |",
    "| --- | --- | --- |",
    ...notJudged.map(({ what, why, elsewhere }) => `| ${cell(what)} | ${cell(why)} | ${cell(elsewhere)} |`),
    ...pack.flatMap((policy) => section(policy, examplesOf(policy.id))),
    "",
  ].join("\n");
}

function severityText({ severity, severities }: Policy): string {
  const others = [...new Set(severities.map((clause) => clause.severity))].filter((other) => other !== severity);
  return others.length === 0 ? severity : `${severity} (${others.join(", ")})`;
}

function list(ids: readonly string[] | undefined): string {
  return ids === undefined ? "" : ids.join(", ");
}

function title({ id, title: text }: Policy): string {
  return `${id} ${text}`;
}

function section(policy: Policy, examples: HclExamples): string[] {
  const kind = isKind(policy.subject) ? kinds[policy.subject].description : policy.subject;
  return [
    "",
    // An anchor of its own: one of the heading would change with the title.
    `<a id="${policy.id.toLowerCase()}"></a>`,
    "",
    `## ${title(policy)}`,
    "",
    `**Why** ${policy.why.trim()}`,
    "",
    `**Fix** ${policy.fix.trim()}`,
    "",
    `Judges: ${kind} Severity: ${policy.severity}.${controlsText(policy)}`,
    ...clauses("Another severity", policy.severities, ({ severity }) => `${severity}: `),
    ...clauses("Undecided", policy.undecided, () => ""),
    ...clauses("Remarks", policy.notes, () => ""),
    ...parameters(policy),
    ...facts(policy),
    ...example("Fails", examples.fails, examples.reasons.fails, policy.examples.fail[0]),
    ...example("Passes", examples.passes, examples.reasons.passes, policy.examples.pass[0]),
  ];
}

function controlsText({ controls }: Policy): string {
  const names: Readonly<Record<string, string>> = {
    "nist-800-190": "NIST SP 800-190",
    "aws-security-hub": "AWS Security Hub",
    "cis-aws": "CIS AWS Foundations Benchmark 3.0",
    "same-as": "The same elsewhere",
    "part-of": "A part of these elsewhere, or only with a parameter",
  };
  return Object.entries(controls)
    .map(([source, ids]) => ` ${names[source] ?? source}: ${ids.join(", ")}.`)
    .join("");
}

function clauses<C extends { readonly because: string }>(
  heading: string,
  all: readonly C[],
  prefix: (clause: C) => string,
): string[] {
  if (all.length === 0) return [];
  return ["", `${heading}:`, "", ...all.map((clause) => `- ${prefix(clause)}${clause.because.trim()}`)];
}

function parameters(policy: Policy): string[] {
  const entries = Object.entries(policy.parameters);
  if (entries.length === 0) return [];
  return [
    "",
    "| parameter | default | meaning |",
    "| --- | --- | --- |",
    ...entries.map(
      ([name, { default: value, description }]) =>
        `| \`${name}\` | \`${cell(JSON.stringify(value))}\` | ${cell(description)} |`,
    ),
  ];
}

function facts(policy: Policy): string[] {
  const types = factTypes(policy.subject);
  const rows = [...factsUsed(policy)].map((name) => {
    const fact = types?.get(name);
    return `| \`${name}\` | ${fact?.type ?? ""} | ${cell(fact?.description ?? "")} |`;
  });
  return ["", "| fact | type | meaning |", "| --- | --- | --- |", ...rows];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function example(heading: string, hcl: string | null, reason: string | undefined, facts: unknown): string[] {
  if (hcl !== null) return ["", `${heading}:`, "", "```hcl", hcl, "```"];
  const why = reason === undefined ? "" : ` ${reason}`;
  if (facts === undefined) return why === "" ? [] : ["", `${heading}:${why}`];
  return ["", `${heading}, as facts:${why}`, "", "```json", JSON.stringify(facts, null, 2), "```"];
}

/** The facts that a policy looks at, in the order in which its conditions name them. */
function factsUsed({ when, conditions, undecided, severities, notes, sharedConditions }: Policy): Set<string> {
  const clauseConditions = [...undecided, ...severities, ...notes].map((clause) => clause.when);
  const all = [...(when === null ? [] : [when]), conditions, ...Object.values(sharedConditions), ...clauseConditions];
  return new Set(all.flatMap(factsOf));
}

function factsOf(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(factsOf);
  if ("any" in condition) return condition.any.flatMap(factsOf);
  if ("not" in condition) return factsOf(condition.not);
  if ("condition" in condition) return [];
  return [...("fact" in condition ? [condition.fact] : []), ...factOfValue(condition.value)];
}

function factOfValue(value: ConditionValue): string[] {
  return typeof value === "object" && value !== null && "fact" in value ? [value.fact] : [];
}
