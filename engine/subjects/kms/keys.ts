import { keyUses } from "../../joins/links/keys.ts";
import type { Modelled } from "../../model/model.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { administrationOf } from "./administration.ts";

type OwnKey = Modelled<"aws_kms_key">;
type OtherKey = Modelled<"aws_kms_replica_key" | "aws_kms_external_key" | "aws_kms_replica_external_key">;

/** The keys that the plan manages, of all types. */
export function keysOf({ model }: JoinContext): readonly (OwnKey | OtherKey)[] {
  return [...model.aws_kms_key, ...otherKeys(model)];
}

function otherKeys(model: JoinContext["model"]): readonly OtherKey[] {
  return [...model.aws_kms_replica_key, ...model.aws_kms_external_key, ...model.aws_kms_replica_external_key];
}

/** The keys, with what is encrypted with them. */
export function keySubjects(context: JoinContext): SubjectOf<"kms-key">[] {
  return [
    ...context.model.aws_kms_key.map((key) =>
      subject("kms-key", key.resource, null, {
        ...usesOf(key, context),
        ...rotationOf(key),
        isEnabled: key.attributes.is_enabled,
        deletionDays: key.attributes.deletion_window_in_days,
        ...administrationOf(key, context),
      }),
    ),
    ...otherKeys(context.model).map((key) =>
      subject("kms-key", key.resource, null, {
        ...usesOf(key, context),
        origin: derivedFact(key.resource.type.includes("replica") ? "replica" : "external"),
        keySpec: derivedFact(null),
        rotates: derivedFact(false, { note: noRotation }),
        rotationDays: derivedFact(0),
        isEnabled: key.attributes.enabled,
        deletionDays: key.attributes.deletion_window_in_days,
        ...administrationOf(key, context),
      }),
    ),
  ];
}

const noRotation = "a replica rotates with its primary key, and imported material is replaced by hand";

/** KMS rotates the material of symmetric keys that it made itself. Source: AWS KMS Developer Guide, "Rotating AWS KMS keys". */
function rotationOf({ attributes }: OwnKey) {
  const { custom_key_store_id: store, customer_master_key_spec: keySpec, enable_key_rotation: rotates } = attributes;
  const origin = store.value instanceof Unknown ? store.value : store.value === null ? "own" : "key-store";
  return {
    origin: derivedFact(origin, { path: store.path }),
    keySpec,
    rotates,
    rotationDays: attributes.rotation_period_in_days,
  };
}

/** What is encrypted with a key, named by itself or by an alias of it. */
function usesOf(key: OwnKey | OtherKey, { joins }: JoinContext) {
  const aliases = joins.to(key, "aliasKey");
  const names = [key, ...aliases.certain.map(({ source }) => source)];
  const uses = names.flatMap((name) => keyUses.map((use) => joins.to(name, use)));
  const certain = [...new Set(uses.flatMap((use) => use.certain.map(({ source }) => source.resource.address)))];
  const [open] = uses.flatMap((use) => use.possible.map(({ unknown }) => unknown));
  const unknown = open ?? aliases.possible[0]?.unknown ?? null;
  const isUsed = certain.length > 0 || (unknown ?? false);
  return {
    isUsed: derivedFact(isUsed, {
      note: certain.length > 0 ? null : "nothing of this plan that is known is encrypted with it",
    }),
    usedBy: derivedFact([...certain, ...(certain.length === 0 && unknown !== null ? [unknown] : [])]),
  };
}
