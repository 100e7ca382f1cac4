import { isJsonObject, ownMember } from "../plan/json.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { sameText } from "../same-text.ts";
import { partsOfArn, sixParts } from "./arn-parts.ts";

/** A list member of a statement; null where the statement does not have it. */
export type StatementList = Maybe<readonly Maybe<string>[]> | null;

export interface Principal {
  readonly type: "*" | "AWS" | "Service" | "Federated" | "CanonicalUser" | "other";
  readonly value: Maybe<string>;
}

export interface Condition {
  /** As written, `ForAnyValue:StringLike` for instance. */
  readonly operator: string;
  readonly key: string;
  readonly values: Maybe<readonly Maybe<string>[]>;
}

/** One statement of a policy document, string-or-list forms settled. */
export interface Statement {
  /** For the order among the statements of its document. */
  readonly index: number;
  /** Its position as people see it: `2`, and `n+0` for the first behind statements of which the plan does not tell how many they are. */
  readonly position: string;
  readonly sid: string | null;
  /** The path of the statement in the resource: `policy.Statement[0]`. */
  readonly path: string;
  readonly effect: Maybe<string>;
  readonly actions: StatementList;
  readonly notActions: StatementList;
  readonly resources: StatementList;
  readonly notResources: StatementList;
  readonly principals: Maybe<readonly Principal[]> | null;
  readonly notPrincipals: Maybe<readonly Principal[]> | null;
  readonly conditions: Maybe<readonly Condition[]>;
}

/** A policy document; `missing` says why some of its statements could not be read. */
export interface PolicyDocument {
  readonly version: Maybe<string> | null;
  readonly statements: readonly Statement[];
  readonly missing: Unknown | null;
}

/** Reads a policy document from JSON, unknown leaves allowed. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
export function readPolicyDocument(json: unknown, path: string): Maybe<PolicyDocument> {
  if (json instanceof Unknown) return json;
  if (!isJsonObject(json)) return new Unknown("unexpected-shape");
  const statement = ownMember(json, "Statement");
  const list: readonly unknown[] = Array.isArray(statement) ? statement : statement === undefined ? [] : [statement];
  const version = ownMember(json, "Version");
  return {
    version: version === undefined ? null : readString(version),
    statements: list.map((element, index) => readStatement(element, index, sameText(`${path}.Statement[${index}]`))),
    missing: null,
  };
}

function readStatement(json: unknown, index: number, path: string): Statement {
  const sid = ownMember(json, "Sid");
  const whole = json instanceof Unknown ? json : isJsonObject(json) ? null : new Unknown("unexpected-shape");
  const member = (name: string) => whole ?? ownMember(json, name);
  // Of a statement that cannot be read, not even whether it has one of these is known: the other members say so.
  const negative = (name: string) => (whole === null ? ownMember(json, name) : undefined);
  return {
    index,
    position: `${index}`,
    sid: typeof sid === "string" && sid !== "" ? sid : null,
    path,
    effect: readString(member("Effect")),
    actions: readList(member("Action")),
    notActions: readList(negative("NotAction")),
    resources: readList(member("Resource")),
    notResources: readList(negative("NotResource")),
    principals: readPrincipals(member("Principal")),
    notPrincipals: readPrincipals(negative("NotPrincipal")),
    conditions: readConditions(member("Condition")),
  };
}

function readString(json: unknown): Maybe<string> {
  if (json instanceof Unknown) return json;
  return typeof json === "string" ? json : new Unknown("unexpected-shape");
}

function readList(json: unknown): StatementList {
  if (json === undefined) return null;
  return readValues(json);
}

/** IAM takes one value for a list of one; numbers and booleans in conditions stand for their text. */
function readValues(json: unknown): Maybe<readonly Maybe<string>[]> {
  if (json instanceof Unknown) return json;
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  return list.map((value) =>
    typeof value === "number" || typeof value === "boolean" ? String(value) : readString(value),
  );
}

const principalTypes: Readonly<Record<string, Principal["type"]>> = {
  AWS: "AWS",
  Service: "Service",
  Federated: "Federated",
  CanonicalUser: "CanonicalUser",
  "*": "*",
};

export function principalType(name: string): Principal["type"] {
  return Object.hasOwn(principalTypes, name) ? (principalTypes[name] ?? "other") : "other";
}

function readPrincipals(json: unknown): Maybe<readonly Principal[]> | null {
  if (json === undefined) return null;
  if (json instanceof Unknown) return json;
  if (typeof json === "string") return [{ type: json === "*" ? "*" : "other", value: json }];
  if (!isJsonObject(json)) return new Unknown("unexpected-shape");
  const principals: Principal[] = [];
  for (const [name, member] of Object.entries(json)) {
    const values = readValues(member);
    for (const value of values instanceof Unknown ? [values] : values)
      principals.push({ type: principalType(name), value });
  }
  return principals;
}

function readConditions(json: unknown): Maybe<readonly Condition[]> {
  if (json === undefined) return [];
  if (json instanceof Unknown) return json;
  if (!isJsonObject(json)) return new Unknown("unexpected-shape");
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(json)) {
    if (keys instanceof Unknown) return keys;
    if (!isJsonObject(keys)) return new Unknown("unexpected-shape");
    for (const [key, values] of Object.entries(keys)) conditions.push({ operator, key, values: readValues(values) });
  }
  return conditions;
}

/**
 * The document as IAM reads that of an identity: `arn:aws:sqs` in a resource is `arn:aws:sqs:*:*:*`. In the policy of a
 * resource an ARN stands as it is written.
 * Source: IAM User Guide, "Identify AWS resources with ARNs", incomplete ARNs.
 */
export function ofIdentity(document: PolicyDocument): PolicyDocument {
  return {
    ...document,
    statements: document.statements.map((statement) => {
      const [resources, notResources] = [completed(statement.resources), completed(statement.notResources)];
      const isSame = resources === statement.resources && notResources === statement.notResources;
      return isSame ? statement : { ...statement, resources, notResources };
    }),
  };
}

function completed(list: StatementList): StatementList {
  if (list === null || list instanceof Unknown) return list;
  const isShort = (arn: Maybe<string>) =>
    typeof arn === "string" && arn.startsWith("arn:") && partsOfArn(arn).length < 6;
  if (!list.some(isShort)) return list;
  return list.map((arn) => (arn instanceof Unknown || !isShort(arn) ? arn : sixParts(arn).join(":")));
}
