import type { Condition, Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, test } from "../three-valued.ts";
import { type OidcIssuer, oidcIssuers } from "./oidc-issuers.ts";
import { isPositive } from "./restrictions.ts";

/** Whether a condition of a trust statement pins whom an OIDC provider may sign a token for: one repository, project or workload. */
export function pinsOidcSubject(statement: Statement): Maybe<boolean> {
  if (statement.conditions instanceof Unknown) return statement.conditions;
  return anyOf(statement.conditions.filter(({ operator }) => isPositive(operator)).map(pins));
}

/** The values of a condition are alternatives, so each of them must pin. */
function pins({ key, values }: Condition): Maybe<boolean> {
  const isPin = pinOf(key.toLowerCase());
  if (isPin === null) return false;
  if (values instanceof Unknown) return values;
  return allOf([values.length > 0, ...values.map((value) => test(value, isPin))]);
}

/** What makes a value of a condition key a pin; null for keys that can hold none. A key is `host:claim`, `host:issuer/claim` for a claim of the issuer's own. */
function pinOf(key: string): ((value: string) => boolean) | null {
  const at = key.lastIndexOf(":");
  const claim = key.slice(at + 1).replace(/^.*\//, "");
  const issuer = oidcIssuers.find(({ hosts }) => hosts.test(key.slice(0, at)));
  if (issuer === undefined) return claim === "sub" ? isPinnedAnywhere : null;
  return Object.hasOwn(issuer.claims, claim) ? (value) => isPinnedBy(issuer, claim, value) : null;
}

function isPinnedBy({ claims }: OidcIssuer, claim: string, value: string): boolean {
  return claims[claim]?.test(value.replace(/[*?].*$/s, "*")) === true;
}

/** A subject of an issuer that is not in the table, or that a company runs itself. */
function isPinnedAnywhere(value: string): boolean {
  const known = oidcIssuers.find(({ begins }) => begins?.test(value));
  if (known !== undefined) return isPinnedBy(known, "sub", value);
  const wildcard = value.search(/[*?]/);
  const whole = wildcard === -1 ? value : value.slice(0, wildcard).replace(/[^:/]*$/, "");
  return namesIn(whole).length >= 2;
}

/** Words of the formats that issuers use, which name nothing. */
const labels = new Set(
  "account actor branch cluster context env environment group job org organization owner pipeline pipelines project projects ref ref_type refs heads tags repo repository run_phase space stack sub subject team user workflow workspace".split(
    " ",
  ),
);

/** The parts of a subject that name something; the one before the first colon says what the next is. */
function namesIn(text: string): string[] {
  const label = /^[^:/]*:/.exec(text)?.[0] ?? "";
  return text
    .slice(label.length)
    .split(/[:/]/)
    .filter((name) => name !== "" && !labels.has(name));
}
