import type { Condition, PolicyDocument, Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { coversAction } from "./actions.ts";
import { namesAnyone } from "./principals.ts";

/** What a policy refuses to all but some. */
export interface Refusal {
  /** Those whom it spares, as written; AWS's own service-linked roles left out. */
  readonly spared: readonly Maybe<string>[];
}

/** Why a Deny refuses nobody, or not everybody. */
export interface NoRefusal {
  readonly reason: string;
}

/**
 * Whether a document refuses all of these actions to everybody but some, and whom it spares. Statements may share the
 * actions among them; of several for one action the one that spares the fewest counts.
 * Source: IAM User Guide, "Policy evaluation logic", "aws:PrincipalArn", "NotPrincipal with Deny".
 */
export function refusalOf(
  { statements, missing }: PolicyDocument,
  actions: readonly string[],
): Maybe<Refusal | NoRefusal> {
  const spared = new Set<Maybe<string>>();
  let open: Unknown | null = null;
  for (const action of actions) {
    const found = statements.map((statement) => refusalByStatement(statement, action));
    const refusals = found.filter((each) => each !== null && "spared" in each);
    const [best] = refusals.sort((one, other) => one.spared.length - other.spared.length);
    const unknown = found.find((each) => each instanceof Unknown) ?? missing;
    if (best !== undefined) for (const value of best.spared) spared.add(value);
    else if (unknown === null) return { reason: reasonOf(found, action) };
    else open ??= unknown;
  }
  return open ?? { spared: [...spared] };
}

function reasonOf(found: readonly Maybe<Refusal | NoRefusal | null>[], action: string): string {
  const reasons = found.flatMap((each) =>
    each !== null && "reason" in each && !(each instanceof Unknown) ? [each.reason] : [],
  );
  return reasons.length === 0 ? `no statement refuses ${action}` : [...new Set(reasons)].join("; ");
}

/** Null where the statement is no Deny of the action. */
function refusalByStatement(statement: Statement, action: string): Maybe<Refusal | NoRefusal | null> {
  if (statement.effect instanceof Unknown) return statement.effect;
  if (statement.effect !== "Deny") return null;
  const isCovered = coversAction(statement, action);
  if (isCovered instanceof Unknown) return isCovered;
  if (!isCovered) return null;
  if (statement.conditions instanceof Unknown) return statement.conditions;
  const { conditions, notPrincipals } = statement;
  if (notPrincipals !== null) {
    if (notPrincipals instanceof Unknown) return notPrincipals;
    const narrowing = conditions.find((condition) => !isHarmless(condition));
    if (narrowing !== undefined) return { reason: `the Deny is narrowed by ${narrowing.key}` };
    const values = notPrincipals.map(({ value }) => value);
    return { spared: values.filter((value) => isSpared(value) && !isCompanion(value, values)) };
  }
  const anyone = namesAnyone(statement);
  if (anyone instanceof Unknown) return anyone;
  if (!anyone) return { reason: "the Deny names some principals instead of everybody" };
  return sparedBy(conditions);
}

/** Without a condition a Deny refuses everybody, the pipeline too. */
function sparedBy(conditions: readonly Condition[]): Maybe<Refusal | NoRefusal> {
  let spared: readonly Maybe<string>[] | null = null;
  for (const condition of conditions) {
    if (isHarmless(condition)) continue;
    const { key, operator, values } = condition;
    if (key.toLowerCase() !== "aws:principalarn") {
      const isSource = /^aws:source(?:arn|account)$/i.test(key);
      return {
        reason: isSource
          ? `${key} is not there for the calls of roles; the Deny needs aws:PrincipalArn`
          : `the Deny is narrowed by ${key}`,
      };
    }
    if (!isNegated(operator)) return { reason: `with ${operator} the Deny refuses only those that ${key} names` };
    if (spared !== null) return { reason: `the Deny is narrowed by two conditions on ${key}` };
    if (values instanceof Unknown) return values;
    spared = values.filter(isSpared);
  }
  return { spared: spared ?? [] };
}

/** A missing key makes a negated operator true, so `…IfExists` and `ForAllValues:` refuse as well. */
function isNegated(operator: string): boolean {
  const name = operator
    .toLowerCase()
    .replace(/^forallvalues:/, "")
    .replace(/ifexists$/, "");
  return ["arnnotlike", "arnnotequals", "stringnotlike", "stringnotequals", "stringnotequalsignorecase"].includes(name);
}

/** AWS's services call for themselves; to spare them does not open anything to people. */
function isHarmless({ key, operator, values }: Condition): boolean {
  if (key.toLowerCase() !== "aws:principalisawsservice" || values instanceof Unknown) return false;
  return /^bool(?:ifexists)?$/i.test(operator) && values.every((value) => value === "false");
}

/** Service-linked roles are AWS's own: the pull-through cache and replication write as such. */
function isSpared(value: Maybe<string>): boolean {
  return value instanceof Unknown || !/:role\/aws-service-role\//.test(value);
}

/**
 * Beside a role `NotPrincipal` must name the role's account and session as well, or it refuses the role all the same.
 * Source: IAM User Guide, "Specifying NotPrincipal with Deny".
 */
function isCompanion(value: Maybe<string>, values: readonly Maybe<string>[]): boolean {
  if (value instanceof Unknown) return false;
  if (/^(?:arn:[a-z-]+:iam::)?\d{12}(?::root)?$/.test(value)) return true;
  const role = /:assumed-role\/([^/]+)\//.exec(value)?.[1];
  return role !== undefined && values.some((other) => typeof other === "string" && other.endsWith(`/${role}`));
}
