import type { NistCountermeasure, ReportPolicy } from "../../../engine/index.ts";

const nistKey = "nist-800-190";

const frameworks: Readonly<Record<string, string>> = {
  [nistKey]: "NIST SP 800-190",
  "aws-security-hub": "AWS Security Hub",
  "cis-aws": "CIS AWS Foundations Benchmark",
  "same-as": "The same elsewhere",
  "part-of": "A part of these elsewhere",
};

/** Whether ids are controls of a framework; those of other tools are not. */
export function isControl(key: string): boolean {
  return key !== "same-as" && key !== "part-of";
}

export function frameworkName(key: string): string {
  return Object.hasOwn(frameworks, key) ? (frameworks[key] ?? key) : key;
}

/**
 * The same with the countermeasures that the policy counts for: it may name a section, `4.5`, and then stands for each
 * countermeasure of it.
 */
export function countedControls(
  policy: string,
  { controls }: Pick<ReportPolicy, "controls">,
  nist: readonly NistCountermeasure[],
): [framework: string, ids: readonly string[]][] {
  const counted = nist.filter(({ policies }) => policies.some(({ id }) => id === policy)).map(({ id }) => id);
  return Object.entries(controls)
    .filter(([key]) => isControl(key))
    .map(([key, ids]) => [key, key === nistKey && counted.length > 0 ? counted : ids]);
}

/** The values of the filter of controls that find a policy. */
export function filterControls(
  policy: string,
  controls: Pick<ReportPolicy, "controls">,
  nist: readonly NistCountermeasure[],
): string[] {
  return countedControls(policy, controls, nist).flatMap(([, ids]) => ids);
}
