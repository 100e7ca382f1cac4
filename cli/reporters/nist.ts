import { styleText } from "node:util";
import type { CountermeasureState, NistCountermeasure, NistPolicy, Report } from "../../engine/index.ts";
import { countStates } from "./nist-states.ts";
import type { PlanResult } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { runLine } from "./run-evidence.ts";
import { fitted, plain, wrap } from "./terminal-text.ts";

const styles: Readonly<Record<CountermeasureState, Parameters<typeof styleText>[0]>> = {
  violated: "red",
  undetermined: "magenta",
  kept: "green",
  "no-evidence": "dim",
  "not-run": "yellow",
  "not-in-plans": "dim",
};

export const stateWords: Readonly<Record<CountermeasureState, string>> = {
  violated: "VIOLATED",
  undetermined: "UNDETERMINED",
  kept: "KEPT",
  "no-evidence": "NO EVIDENCE",
  "not-run": "NOT RUN",
  "not-in-plans": "NOT IN PLANS",
};

/** A word for a state in its colour. */
export function stateColours(state: CountermeasureState, text: string, colours: boolean): string {
  return colours ? styleText(styles[state], text, { validateStream: false }) : text;
}

const indent = " ".repeat(9);
const hanging = " ".repeat(22);

/** The state of each plan against NIST SP 800-190, countermeasure by countermeasure. */
export function* nist(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  const text = results
    .map((result) =>
      "failure" in result
        ? `NIST SP 800-190: ${plain(result.file)} was not judged: ${plain(result.failure)}\n`
        : section(result.report, options),
    )
    .join("\n\n");
  yield options.breaksLines === true ? fitted(text, options.columns) : text;
}

function section(report: Report, { colours, columns }: ReporterOptions): string {
  const paint = (state: CountermeasureState, text: string) => stateColours(state, text, colours);
  const sections = [...new Set(report.nist.map(({ section }) => section))];
  const blocks = sections.map((section) => {
    const own = report.nist.filter((each) => each.section === section);
    const number = own[0]?.id.split(".").slice(0, 2).join(".") ?? "";
    return [`${number} ${section}`, ...own.map((each) => countermeasureLines(each, paint, columns))].join("\n");
  });
  const legend =
    "For each countermeasure: the policies behind it with the number of verdicts, what no plan shows and who checks that instead, and who is responsible for it on either launch type.";
  return `NIST SP 800-190: what ${plain(report.plan.file ?? "the plan")} shows\n${wrap(plain(runLine(report)), columns, "", "")}\n${wrap(legend, columns, "", "")}\n\n${blocks.join("\n\n")}\n\n${countStates(report.nist)}\n`;
}

function countermeasureLines(
  { id, title, state, policies, beyondPlan, checkedBy, fargate, ec2 }: NistCountermeasure,
  paint: (state: CountermeasureState, text: string) => string,
  columns: number,
): string {
  const line = (label: string, text: string) => wrap(text, columns, `${indent}${label.padEnd(13)}`, hanging);
  const counted = (outcome: "fail" | "unknown" | "pass") =>
    policies.filter((policy) => policy[outcome] > 0).map((policy) => describe(policy, outcome));
  const failed = counted("fail");
  const unknown = counted("unknown");
  const passed = policies.filter(({ fail, unknown: open, pass }) => fail === 0 && open === 0 && pass > 0);
  const idle = policies.filter(({ run, fail, unknown: open, pass }) => run && fail + open + pass === 0);
  const skipped = policies.filter(({ run }) => !run);
  return [
    `  ${id.padEnd(5)}  ${paint(state, stateWords[state].padEnd(14))}  ${title}`,
    ...(failed.length > 0 ? [line("violated by", failed.join(", "))] : []),
    ...(unknown.length > 0 ? [line("open", unknown.join(", "))] : []),
    ...(passed.length > 0 ? [line("kept", passed.map((policy) => policy.id).join(", "))] : []),
    ...(idle.length > 0 ? [line("no subject", idle.map((policy) => policy.id).join(", "))] : []),
    ...(skipped.length > 0 ? [line("not run", skipped.map((policy) => policy.id).join(", "))] : []),
    ...(policies.length === 0 ? [line("in the plan", "nothing of it shows in a plan")] : []),
    ...(beyondPlan === null ? [] : [line("not in plans", beyondPlan)]),
    ...(checkedBy === null ? [] : [line("checked by", checkedBy)]),
    line("on Fargate", fargate),
    line("on EC2", ec2),
  ].join("\n");
}

function describe({ id, ...counts }: NistPolicy, outcome: "fail" | "unknown" | "pass"): string {
  return `${id} (${counts[outcome]})`;
}
