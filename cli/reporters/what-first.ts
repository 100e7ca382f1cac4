import { groupBy } from "../../engine/group-by.ts";
import { causeOf, type Severity, severities } from "../../engine/index.ts";
import { smallest } from "../../engine/lists.ts";
import { type PlanFinding, stateOf } from "./findings.ts";

/** A line to change, or a resource where the source does not tell the line, and what the change puts an end to. */
export interface Change {
  /** `modules/service/main.tf:72`, or `module.service.aws_ecs_task_definition.this`. */
  readonly place: string;
  readonly severity: Severity;
  readonly policies: readonly string[];
  /** How many findings it removes, and how many are left after it and those before it. */
  readonly removes: number;
  readonly left: number;
}

/** Each change that removes something that fails, or that blocks: the worst first, of equal ones that which removes most. */
export function whatFirst(findings: readonly PlanFinding[]): Change[] {
  const open = findings.filter(({ finding }) => stateOf(finding) === "fail" || finding.blocking);
  const changes = [...groupBy(open, placeText)].map(([place, same]) => {
    const worst = smallest(same.map(({ finding }) => severities.indexOf(finding.severity)));
    const policies = [...new Set(same.map(({ finding }) => finding.policy))];
    const isBlocking = same.some(({ finding }) => finding.blocking);
    return { place, worst, policies, removes: same.length, isBlocking };
  });
  const rank = ({ worst, isBlocking }: (typeof changes)[number]) => (isBlocking ? 0 : severities.length) + worst;
  let left = open.length;
  return changes
    .sort((one, other) => rank(one) - rank(other) || other.removes - one.removes)
    .map(({ place, worst, policies, removes }) => {
      left -= removes;
      return { place, severity: severities[worst] ?? "low", policies, removes, left };
    });
}

function placeText({ finding }: PlanFinding): string {
  const { place, resource } = causeOf(finding);
  return place === null ? resource.replace(/#.*/s, "") : `${place.file}:${place.line}`;
}
