import * as z from "zod";
import { detectionKinds } from "./kinds/detection.ts";
import { ecrKinds } from "./kinds/ecr.ts";
import { ecsKinds } from "./kinds/ecs.ts";
import { isWord } from "./kinds/fact-schemas.ts";
import { iamKinds } from "./kinds/iam.ts";
import { kmsKinds } from "./kinds/kms.ts";
import { launchKinds } from "./kinds/launch.ts";
import { networkKinds } from "./kinds/network.ts";
import { pipelineKinds } from "./kinds/pipeline.ts";
import { planKinds } from "./kinds/plan.ts";
import { secretsKinds } from "./kinds/secrets.ts";

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
  ...planKinds,
} as const;

export type Kind = keyof typeof kinds;
export type FactName<K extends Kind> = keyof (typeof kinds)[K]["facts"]["shape"] & string;

/** The value of a fact: what its schema says, with unknown elements allowed in lists. */
export type FactValue<K extends Kind, N extends FactName<K>> = z.infer<(typeof kinds)[K]["facts"]>[N &
  keyof z.infer<(typeof kinds)[K]["facts"]>];

/** The type of a fact, for checking policy files: which operators fit it and which values it can have. */
export type FactType = "string" | "boolean" | "number" | "list";

/** The facts of a kind with their types and descriptions; null where there is no such kind. */
export function factTypes(kind: string): ReadonlyMap<string, { type: FactType; description: string }> | null {
  if (!isKind(kind)) return null;
  const shape: Readonly<Record<string, z.ZodType>> = kinds[kind].facts.shape;
  return new Map(
    Object.entries(shape).map(([name, schema]) => [
      name,
      { type: typeOf(schema), description: schema.description ?? "" },
    ]),
  );
}

/** The facts of each kind that repeat a value of the plan or a part of it, and do not only say what sort of value it is. */
const verbatim = new Map<string, ReadonlySet<string>>(
  Object.entries(kinds).map(([kind, { facts }]) => {
    const shape: Readonly<Record<string, z.ZodType>> = facts.shape;
    const names = Object.entries(shape).filter(([, schema]) => typeOf(schema) !== "boolean" && !isWord(schema));
    return [kind, new Set(names.map(([name]) => name))];
  }),
);

export function isVerbatim(kind: Kind, fact: string): boolean {
  return verbatim.get(kind)?.has(fact) === true;
}

export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(kinds, kind);
}

function typeOf(schema: z.ZodType): FactType {
  if (schema instanceof z.ZodBoolean) return "boolean";
  if (schema instanceof z.ZodNumber) return "number";
  return schema instanceof z.ZodArray ? "list" : "string";
}
