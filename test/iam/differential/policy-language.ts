/**
 * A small and slow evaluator of IAM's policy language, for one document and one request. It takes every sentence of the
 * documentation literally and shares nothing with the engine.
 * Source: IAM User Guide, "IAM JSON policy element reference", "Policy evaluation logic", "Policy variables".
 */

export interface Principal {
  readonly kind: "identity" | "service";
  /** ARN of the role or user (a session has that of its role), or the name of the service. */
  readonly name: string;
  readonly account: string | null;
}

export interface Request {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  /** By the key in lower case; keys with several values have a list. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

type Values = string | readonly string[];

export interface StatementJson {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: "*" | Readonly<Record<string, Values>>;
  readonly NotPrincipal?: Readonly<Record<string, Values>>;
  readonly Action?: Values;
  readonly NotAction?: Values;
  readonly Resource?: Values;
  readonly NotResource?: Values;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

/** `identity`: the policy of an identity, whose incomplete ARNs are completed. `resource`: the policy of a resource. */
export type PolicyKind = "identity" | "resource";

export type Decision = "allow" | "deny" | "none";

/** An explicit Deny wins over every Allow. */
export function decide(statements: readonly StatementJson[], request: Request, kind: PolicyKind): Decision {
  const matching = statements.filter((statement) => matches(statement, request, kind));
  if (matching.some(({ Effect }) => Effect === "Deny")) return "deny";
  return matching.some(({ Effect }) => Effect === "Allow") ? "allow" : "none";
}

function matches(statement: StatementJson, request: Request, kind: PolicyKind): boolean {
  return (
    (kind === "identity" || matchesPrincipal(statement, request.principal)) &&
    matchesAction(statement, request.action) &&
    matchesResource(statement, request, kind) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, key, listOf(values), request)),
    )
  );
}

function listOf(values: Values): readonly string[] {
  return typeof values === "string" ? [values] : values;
}

function matchesPrincipal({ Principal: named, NotPrincipal: excepted }: StatementJson, caller: Principal): boolean {
  if (excepted !== undefined) return !isAmong(excepted, caller);
  return named === "*" || (named !== undefined && isAmong(named, caller));
}

function isAmong(principals: Readonly<Record<string, Values>>, caller: Principal): boolean {
  return Object.entries(principals).some(([type, values]) =>
    listOf(values).some((value) => {
      if (type === "Service") return caller.kind === "service" && caller.name === value;
      if (type !== "AWS") return false;
      if (value === "*") return true;
      if (caller.kind === "service") return false;
      return value === caller.account || value === `arn:aws:iam::${caller.account}:root` || value === caller.name;
    }),
  );
}

function matchesAction({ Action, NotAction }: StatementJson, action: string): boolean {
  const isIn = (values: Values) => listOf(values).some((pattern) => like(action.toLowerCase(), pattern.toLowerCase()));
  return NotAction === undefined ? isIn(Action ?? []) : !isIn(NotAction);
}

function matchesResource({ Resource, NotResource }: StatementJson, request: Request, kind: PolicyKind): boolean {
  if (kind === "resource" && Resource === undefined && NotResource === undefined) return true;
  const isIn = (values: Values) =>
    listOf(values).some((value) => {
      const pattern = substituted(value, request);
      return pattern !== null && matchesArn(request.resource, kind === "identity" ? completed(pattern) : pattern);
    });
  return NotResource === undefined ? isIn(Resource ?? []) : !isIn(NotResource);
}

/** "AWS automatically completes the ARN by adding wildcard characters (*) to all missing fields." */
function completed(arn: string): string {
  const parts = arn.split(":");
  return arn.startsWith("arn:") && parts.length < 6 ? [...parts, ...Array(6 - parts.length).fill("*")].join(":") : arn;
}

/** A wildcard stands for characters within one of the six parts of an ARN. */
function matchesArn(arn: string, pattern: string): boolean {
  if (!pattern.startsWith("arn:")) return like(arn, pattern);
  const [parts, patterns] = [sixOf(arn), sixOf(pattern)];
  return parts.length === patterns.length && parts.every((part, at) => like(part, patterns[at] ?? ""));
}

function sixOf(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function like(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

/** A value with its policy variables replaced; null where the request does not have one of them. */
function substituted(value: string, { context }: Request): string | null {
  let isMissing = false;
  const text = value.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const found = context[name.toLowerCase()];
    if (typeof found === "string") return found;
    isMissing = true;
    return "";
  });
  return isMissing ? null : text;
}

/** One operator and key. Its values are alternatives; `ForAllValues:` and `ForAnyValue:` are about those of the request. */
function holds(operator: string, key: string, values: readonly string[], request: Request): boolean {
  const [, set = "", name = "", ifExists] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/i.exec(operator) ?? [];
  const found = request.context[key.toLowerCase()];
  if (name.toLowerCase() === "null")
    return values.some((value) => (value.toLowerCase() === "true") === (found === undefined));
  const isNegated = name.toLowerCase().includes("not");
  if (found === undefined) return ifExists !== undefined || set.toLowerCase() === "forallvalues:" || isNegated;
  const compare = (own: string) => {
    const isMet = values.some((value) => {
      const text = substituted(value, request);
      return text !== null && compares(name.toLowerCase().replace("not", ""), own, text);
    });
    return isNegated ? !isMet : isMet;
  };
  const all = typeof found === "string" ? [found] : found;
  return set.toLowerCase() === "forallvalues:" ? all.every(compare) : all.some(compare);
}

function compares(operator: string, own: string, value: string): boolean {
  switch (operator) {
    case "stringequals":
      return own === value;
    case "stringequalsignorecase":
      return own.toLowerCase() === value.toLowerCase();
    case "stringlike":
      return like(own, value);
    case "arnequals":
    case "arnlike":
      return matchesArn(own, value);
    case "bool":
      return own.toLowerCase() === value.toLowerCase();
    case "ipaddress":
      return isIn(own, value);
    default:
      throw new Error(`the evaluator does not know ${operator}`);
  }
}

function isIn(address: string, range: string): boolean {
  const [base = "", bits = "32"] = range.split("/");
  const number = (text: string) => text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(address) / size) === Math.floor(number(base) / size);
}
