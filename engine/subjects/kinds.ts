import { detectionKinds } from "./kinds/detection.ts";
import { ecrKinds } from "./kinds/ecr.ts";
import { ecsKinds } from "./kinds/ecs.ts";
import type { FactSchema, FactType, FactValues } from "./kinds/fact-schemas.ts";
import { functionKinds } from "./kinds/functions.ts";
import { iamKinds } from "./kinds/iam.ts";
import { kmsKinds } from "./kinds/kms.ts";
import { launchKinds } from "./kinds/launch.ts";
import { logKinds } from "./kinds/logs.ts";
import { networkKinds } from "./kinds/network.ts";
import { pipelineKinds } from "./kinds/pipeline.ts";
import { planKinds } from "./kinds/plan.ts";
import { secretsKinds } from "./kinds/secrets.ts";
import { sessionKinds } from "./kinds/sessions.ts";

/**
 * What policies can judge, and the facts of each kind. The documentation for policy authors, the check of policy files
 * and the types of the join step all come from here.
 */
export const kinds = {
  ...ecrKinds,
  ...ecsKinds,
  ...iamKinds,
  ...launchKinds,
  ...kmsKinds,
  ...secretsKinds,
  ...networkKinds,
  ...detectionKinds,
  ...pipelineKinds,
  ...functionKinds,
  ...logKinds,
  ...sessionKinds,
  ...planKinds,
} as const;

export type Kind = keyof typeof kinds;
export type FactName<K extends Kind> = keyof (typeof kinds)[K]["facts"] & string;

/** The value of a fact: what its schema says, with unknown elements allowed in lists. */
export type FactValue<K extends Kind, N extends FactName<K>> =
  (typeof kinds)[K]["facts"][N] extends FactSchema<infer T> ? FactValues[T] : never;

/** The facts of a kind with their types and descriptions; null where there is no such kind. */
export function factTypes(kind: string): ReadonlyMap<string, FactSchema<FactType>> | null {
  return isKind(kind) ? new Map(Object.entries(kinds[kind].facts)) : null;
}

/** Whether a fact repeats a value of the plan or a part of it, and does not only say what sort of value it is. */
export function isVerbatim(kind: Kind, fact: string): boolean {
  const facts: Readonly<Record<string, FactSchema<FactType>>> = kinds[kind].facts;
  const schema = Object.hasOwn(facts, fact) ? facts[fact] : undefined;
  return schema !== undefined && schema.type !== "boolean" && !schema.isWord;
}

export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(kinds, kind);
}
