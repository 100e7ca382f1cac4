import { matchesGlob } from "../glob.ts";
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

const partitions = ["aws", "aws-cn", "aws-us-gov"];
/** Two texts that have nothing in common stand for a part that is not told: who matches both, matches any. */
const anything = ["q", "wwwwwww"] as const;

/** Whether a pattern for ARNs, as `Resource` and `ArnLike` have them, matches the object. */
export function matchesArn(pattern: string, arn: Arn): Maybe<boolean> {
  const { service, region, account, prefix, name } = arn;
  const withFiller = (filler: string) => {
    const resource = `${prefix}${name instanceof Unknown ? filler : name}`;
    return partitions.some((partition) =>
      matchesGlob(`arn:${partition}:${service}:${region ?? filler}:${account ?? filler}:${resource}`, pattern),
    );
  };
  if (anything.every(withFiller)) return true;
  const isTold = region !== null && account !== null && !(name instanceof Unknown);
  if (isTold || contradicts(pattern, arn)) return false;
  if (name instanceof Unknown) return name;
  const part = account === null ? "account; state it in the parameter account_ids" : "region";
  return new Unknown("stated", [], `the plan does not tell its own ${part}`);
}

/** Whether a part of the pattern that is told is that of another object. */
function contradicts(pattern: string, { service, region, account, prefix, name }: Arn): boolean {
  const [, , ofService, ofRegion, ofAccount, ...ofResource] = pattern.split(":");
  if (ofService === undefined || ofRegion === undefined || ofAccount === undefined || ofResource.length === 0)
    return !pattern.includes("*");
  const resource = ofResource.join(":");
  const other = (told: string | null, part: string) => told !== null && !matchesGlob(told, part);
  if (other(service, ofService) || other(region, ofRegion) || other(account, ofAccount)) return true;
  if (!(name instanceof Unknown)) return !matchesGlob(`${prefix}${name}`, resource);
  const literal = resource.slice(0, resource.search(/[*?]|$/));
  return !literal.startsWith(prefix) && !prefix.startsWith(literal);
}
