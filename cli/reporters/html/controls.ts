import type { ReportPolicy } from "../../../engine/index.ts";

const frameworks: Readonly<Record<string, string>> = {
  "nist-800-190": "NIST SP 800-190",
  "aws-security-hub": "AWS Security Hub",
  "same-as": "The same elsewhere",
  "part-of": "A part of these elsewhere",
};

/** The controls of a policy by framework; ids of other tools are none. */
export function controlsOf(controls: ReportPolicy["controls"]): [framework: string, ids: readonly string[]][] {
  return Object.entries(controls).filter(([key]) => key !== "same-as" && key !== "part-of");
}

export function frameworkName(key: string): string {
  return Object.hasOwn(frameworks, key) ? (frameworks[key] ?? key) : key;
}
