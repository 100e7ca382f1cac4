import { append } from "../lists.ts";
import type { Condition, PolicyDocument, Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { coversAction } from "./actions.ts";
import { narrowed } from "./narrowing.ts";
import { namesEveryone } from "./principals.ts";

/** What a policy refuses to all but some. */
export interface Refusal {
  /** Those whom it spares, as written; AWS's own service-linked roles left out. */
  readonly spared: readonly Maybe<string>[];
  /** Those whom a further Deny names: it refuses them although they are spared. */
  readonly refused: readonly Maybe<string>[];
}

/** Why a Deny refuses nobody, or not everybody. */
export interface NoRefusal {
  readonly reason: string;
}

/** Some principals that a Deny refuses, instead of everybody. */
interface PartOfRefusal extends NoRefusal {
  readonly refused: readonly Maybe<string>[];
}

type OfStatement = Pick<Refusal, "spared"> | NoRefusal | PartOfRefusal | null;

/**
 * Whether the document denies these actions to all principals except some, and which ones it exempts. Statements may share the
 * actions among them; of several for one action each refuses whom it does not spare itself.
 * Source: IAM User Guide, "Policy evaluation logic", "aws:PrincipalArn", "NotPrincipal with Deny".
 */
export function refusalOf(
  { statements, missing }: PolicyDocument,
  actions: readonly string[],
): Maybe<Refusal | NoRefusal> {
  const spared = new Set<Maybe<string>>();
  const refused = new Set<Maybe<string>>();
  let open: Unknown | null = null;
  for (const action of actions) {
    const found = statements.map((statement) => refusalByStatement(statement, action));
    for (const value of found.flatMap(refusedIn)) refused.add(value);
    const [first, ...others] = found.flatMap((each) => (each !== null && "spared" in each ? [each.spared] : []));
    const unknown = found.find((each) => each instanceof Unknown) ?? missing;
    if (first !== undefined) for (const value of others.reduce(narrowed, first)) spared.add(value);
    else if (unknown === null) return { reason: reasonOf(found, action) };
    else open ??= unknown;
  }
  return open ?? { spared: [...spared], refused: [...refused] };
}

function refusedIn(found: Maybe<OfStatement>): readonly Maybe<string>[] {
  return found !== null && "refused" in found ? found.refused : [];
}

function reasonOf(found: readonly Maybe<OfStatement>[], action: string): string {
  const reasons = found.flatMap((each) =>
    each !== null && "reason" in each && !(each instanceof Unknown) ? [each.reason] : [],
  );
  return reasons.length === 0 ? `no statement denies ${action}` : [...new Set(reasons)].join("; ");
}

/** Null where the statement is no Deny of the action. */
function refusalByStatement(statement: Statement, action: string): Maybe<OfStatement> {
  if (statement.effect instanceof Unknown) return statement.effect;
  if (statement.effect !== "Deny") return null;
  const isCovered = coversAction(statement, action);
  if (isCovered instanceof Unknown) return isCovered;
  if (!isCovered) return null;
  if (statement.conditions instanceof Unknown) return statement.conditions;
  const { notPrincipals, principals } = statement;
  const conditions = statement.conditions.filter((condition) => !isHarmless(condition));
  if (notPrincipals !== null) {
    if (notPrincipals instanceof Unknown) return notPrincipals;
    const [narrowing] = conditions;
    if (narrowing !== undefined) return { reason: `the Deny is narrowed by ${narrowing.key}` };
    const values = notPrincipals.map(({ value }) => value);
    return { spared: values.filter((value) => isSpared(value) && !isCompanion(value, values)) };
  }
  const everyone = namesEveryone(statement);
  if (everyone instanceof Unknown) return everyone;
  if (everyone) return sparedBy(conditions);
  const named = principals instanceof Unknown || principals === null || conditions.length > 0 ? [] : principals;
  return { reason: "the Deny names some principals instead of everybody", refused: named.map(({ value }) => value) };
}

/** Without a condition a Deny refuses everybody, the pipeline too; all conditions must hold, so each spares its own. */
function sparedBy(conditions: readonly Condition[]): Maybe<OfStatement> {
  const spared: Maybe<string>[] = [];
  for (const { key, operator, values } of conditions) {
    if (key.toLowerCase() !== "aws:principalarn") {
      const isSource = /^aws:source(?:arn|account)$/i.test(key);
      return {
        reason: isSource
          ? `${key} is not there for the calls of roles; the Deny needs aws:PrincipalArn`
          : `the Deny is narrowed by ${key}`,
      };
    }
    if (!isNegated(operator)) {
      const refused = conditions.length > 1 || values instanceof Unknown ? [] : values;
      return { reason: `with ${operator} the Deny denies only those that ${key} names`, refused };
    }
    if (values instanceof Unknown) return values;
    append(spared, values.filter(isSpared));
  }
  return { spared };
}

/** A missing key makes a negated operator true, so `…IfExists` and `ForAllValues:` refuse as well. */
function isNegated(operator: string): boolean {
  const name = operator
    .toLowerCase()
    .replace(/^forallvalues:/, "")
    .replace(/ifexists$/, "");
  return ["arnnotlike", "arnnotequals", "stringnotlike", "stringnotequals", "stringnotequalsignorecase"].includes(name);
}

/** AWS's services call for themselves; to spare them does not open anything to people. An empty list is never met. */
function isHarmless({ key, operator, values }: Condition): boolean {
  if (key.toLowerCase() !== "aws:principalisawsservice" || values instanceof Unknown || values.length === 0)
    return false;
  return (
    /^bool(?:ifexists)?$/i.test(operator) &&
    values.every((value) => typeof value === "string" && value.toLowerCase() === "false")
  );
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
