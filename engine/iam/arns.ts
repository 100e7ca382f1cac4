import { covers, patternsMeet } from "../glob.ts";
import { partsOfArn } from "../model/arn-parts.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";

/** The ARN of an object, as far as a plan tells it. */
export interface Arn {
  readonly service: string;
  readonly region: string | null;
  readonly account: string | null;
  /** What the resource part begins with, `repository/` for instance. */
  readonly prefix: string;
  readonly name: Maybe<string>;
}

export const partitions: readonly string[] = ["aws", "aws-cn", "aws-us-gov"];

/** The partition of a region; that of most regions where the plan does not tell the region. */
export function partitionOf(region: string | null): string {
  const [start] = /^(?:cn|us-gov)(?=-)/.exec(region ?? "") ?? [];
  return start === undefined ? "aws" : `aws-${start}`;
}

/** Whether a pattern for ARNs, as `Resource` and `ArnLike` have them, matches the object. */
export function matchesArn(pattern: string, arn: Arn): Maybe<boolean> {
  const { service, region, account, prefix, name } = arn;
  const place = `${service}:${region ?? "*"}:${account ?? "*"}`;
  const forms = partitions.map(
    (partition) => `arn:${partition}:${place}:${prefix}${name instanceof Unknown ? "?*" : name}`,
  );
  if (forms.some((form) => covers(pattern, form))) return true;
  if (!forms.some((form) => arnPatternsMeet(pattern, form))) return false;
  if (name instanceof Unknown) return name;
  const part = account === null ? "account; state it in the parameter account_ids" : "region";
  return new Unknown("stated", [], `the plan does not show its own ${part}`);
}

/** Whether some ARN matches both patterns; what a policy variable stands for may be any text. */
export function arnPatternsMeet(one: string, other: string): boolean {
  if (one === "*" || other === "*") return true;
  const text = withoutVariables(one);
  const otherText = withoutVariables(other);
  const ones = partsOfArn(text);
  const others = partsOfArn(otherText);
  // A pattern that ends before the resource goes on over the colons: `*`, `arn:aws:ecs:*`.
  if (ones.length < 6 || others.length < 6) return patternsMeet(text, otherText);
  return ones.every((part, at) => patternsMeet(part, others[at] ?? ""));
}

function withoutVariables(pattern: string): string {
  return pattern.includes("${") ? pattern.replace(/\$\{[^{}]*\}/g, "*") : pattern;
}

/** Whether all ARNs that match one pattern match the other, as `ArnLike` compares them: each of the six parts by itself. */
export function coversEachPart(wide: string, narrow: string): boolean {
  const [wides, narrows] = [partsOfArn(wide), partsOfArn(narrow)];
  return wides.length === narrows.length && wides.every((part, at) => covers(part, narrows[at] ?? ""));
}
