import { planAddress } from "./address-pattern.ts";
import { fingerprint, inOrder } from "./fingerprint.ts";
import { instanceKeys, withoutInstances, withoutKeys } from "./instance-keys.ts";
import type { Finding } from "./report.ts";

/** Where one change puts an end to findings, in however many instances they are found. */
export interface Cause {
  /**
   * The policy and the place to change: `ECS-004 modules/service/main.tf:12`, or
   * `ECS-004 module.service.aws_ecs_task_definition.this#{key}` where the source does not tell it.
   */
  readonly id: string;
  readonly policy: string;
  /** The line to change; of a downloaded module that of its call. Null where the source is not at hand, or does not tell it. */
  readonly place: { readonly file: string; readonly line: number } | null;
  /** The subject without instance keys, in the form that waivers take, so that it is the subject in further instances too. */
  readonly resource: string;
}

/** The cause of a finding: findings with one id have one cause. It depends on this finding alone. */
export function causeOf({ policy, subject, location }: Pick<Finding, "policy" | "subject" | "location">): Cause {
  const resource = resourceOf(subject);
  const place = location === null ? null : (location.call ?? { file: location.file, line: location.line });
  const where = place === null ? withoutPositions(resource) : `${place.file}:${place.line}`;
  return { id: `${policy} ${where}`, policy, place, resource };
}

/** `module.service.aws_ecs_task_definition.this#{key}`; `plan` for the plan itself, as waivers name it. */
function resourceOf({ address, name }: Finding["subject"]): string {
  if (address === null) return planAddress;
  const part = name === null ? "" : `#${withoutKeys(name, instanceKeys(address))}`;
  return `${withoutInstances(address)}${part}`;
}

/** A position in a list tells no part from another: it is another one once the list grows. */
function withoutPositions(resource: string): string {
  return resource.replace(/\[\d+\]/g, "[*]").replace(/(?<=[#/])\d+(?=\/|$)/g, "*");
}

/**
 * What was found, whatever instance it was found in: the same for all instances that fail alike, and another one where one
 * of them gets worse.
 * @param address the instance; that before the plan where it moves the resource
 */
export function sharedFingerprint({ policy, evidence }: Finding, address: string | null): string {
  const keys = address === null ? [] : instanceKeys(address);
  const shared = (value: unknown): unknown => {
    if (typeof value === "string") return withoutKeys(value, keys);
    return Array.isArray(value) ? value.map(shared) : value;
  };
  return fingerprint(["cause", policy, evidence.map(({ fact, actual }) => [fact, inOrder(shared(actual))])]);
}
