import type { ControlState, NistPolicy, Report } from "../../engine/index.ts";
import { stateColours, stateWords } from "./nist.ts";
import { countStates } from "./nist-states.ts";
import type { PlanResult } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { runLine } from "./run-evidence.ts";
import { fitted, plain, wrap } from "./terminal-text.ts";

const indent = " ".repeat(9);
const hanging = " ".repeat(22);

/** The state of each plan against Security Hub, control by control. */
export function* controls(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  const text = results
    .map((result) =>
      "failure" in result
        ? `AWS Security Hub: ${plain(result.file)} was not judged: ${plain(result.failure)}\n`
        : section(result.report, options),
    )
    .join("\n\n");
  yield options.breaksLines === true ? fitted(text, options.columns) : text;
}

function section(report: Report, { colours, columns }: ReporterOptions): string {
  const all = report.controls ?? [];
  const legend =
    "For each control that a policy stands for: the policies with the number of verdicts, and what a plan cannot show. A policy may ask for more than the control does. Security Hub has other controls, of services that the policies do not judge.";
  const blocks = all.map((each) => lines(each, colours, columns));
  return `AWS Security Hub: what ${plain(report.plan.file ?? "the plan")} shows\n${wrap(plain(runLine(report)), columns, "", "")}\n${wrap(legend, columns, "", "")}\n\n${blocks.join("\n")}\n\n${countStates(all, "controls")}\n`;
}

function lines({ id, title, state, policies, beyondPlan }: ControlState, colours: boolean, columns: number): string {
  const line = (label: string, text: string) => wrap(text, columns, `${indent}${label.padEnd(13)}`, hanging);
  const counted = (outcome: "fail" | "unknown" | "pass") =>
    policies.filter((policy) => policy[outcome] > 0).map((policy) => describe(policy, outcome));
  const [failed, unknown, passed] = [counted("fail"), counted("unknown"), counted("pass")];
  return [
    wrap(title, columns, `  ${id.padEnd(17)}${stateColours(state, stateWords[state].padEnd(15), colours)}`, hanging),
    ...(failed.length > 0 ? [line("violated by", failed.join(", "))] : []),
    ...(unknown.length > 0 ? [line("open", unknown.join(", "))] : []),
    ...(passed.length > 0 ? [line("kept", passed.join(", "))] : []),
    ...(state === "not-run" ? [line("not run", policies.map((policy) => policy.id).join(", "))] : []),
    line("not in plans", beyondPlan),
  ].join("\n");
}

function describe({ id, ...counts }: NistPolicy, outcome: "fail" | "unknown" | "pass"): string {
  return `${id} (${counts[outcome]})`;
}
