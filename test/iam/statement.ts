import { readPolicyDocument, type Statement } from "../../engine/model/policy-document.ts";
import type { Target } from "../../engine/plan/references.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

/** An Allow statement with these members; unknown values may stand at every depth. */
export function statement(members: object): Statement {
  const [first] = statements({ Effect: "Allow", ...members });
  if (first === undefined) throw new Error("no statement");
  return first;
}

export function statements(...all: object[]): readonly Statement[] {
  const document = readPolicyDocument({ Version: "2012-10-17", Statement: all }, "policy");
  return document instanceof Unknown ? [] : document.statements;
}

/** A value that nothing tells. */
export const later = new Unknown("after-apply");

/** The ARN of a resource of this plan. */
export function arnOf(type: string, attribute = "arn"): Unknown {
  const place = { module: [], name: "this", key: null, pairKey: null, pairKeys: null };
  const target: Target = { ...place, mode: "managed", type, attribute };
  return new Unknown("after-apply", [
    { text: `${type}.this.${attribute}`, sensitive: false, isBare: true, end: { target } },
  ]);
}

/** For tables of cases: what an unknown stands for. */
export function shown(value: unknown): unknown {
  if (value instanceof Unknown) return "unknown";
  return Array.isArray(value) ? value.map(shown) : value;
}
