import * as z from "zod";
import { attribute, readFields } from "../../model/attribute.ts";
import { encryptedTypes } from "../../model/encryption.ts";
import { ownMember } from "../../plan/json.ts";
import type { Plan, PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { attributeJoin, type ResourceJoin } from "./attribute-joins.ts";
import { type Join, type Joinable, join } from "./join.ts";

const keyTypes = ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"];
const alias = { target_key_id: attribute(z.string()) };

/** The keys that encrypt what the plan makes, and those that its aliases stand for. */
export function keyJoins(context: JoinContext): ResourceJoin[] {
  const resources = managed(context.plan);
  const keys = resources.filter(({ type }) => keyTypes.includes(type));
  const aliases = resources.filter(({ type }) => type === "aws_kms_alias");
  const named = (candidates: readonly PlanResource[]) => (name: Maybe<string | null>, from: PlanResource) =>
    keyNamed(name, from, candidates);
  return resources.flatMap((resource) => {
    if (resource.type === "aws_kms_alias") {
      const { target_key_id: target } = readFields(resource.node, alias);
      return attributeJoin(resource, target, "aws_kms_key", named(keys), context);
    }
    const encrypted = Object.hasOwn(encryptedTypes, resource.type) ? encryptedTypes[resource.type] : undefined;
    return (encrypted?.keysOf(resource) ?? []).flatMap(({ key }) =>
      attributeJoin(resource, key, "aws_kms_key", named([...keys, ...aliases]), context),
    );
  });
}

function managed({ resources }: Plan): PlanResource[] {
  return resources.filter(({ mode, isAws, willExist }) => mode === "managed" && isAws && willExist);
}

/** By ARN or id, or by the name of an alias; keys of a plan have no names that somebody wrote. */
function keyNamed(name: Maybe<string | null>, from: PlanResource, candidates: readonly PlanResource[]): Join<Joinable> {
  return join(
    name,
    from,
    candidates.map((resource) => ({ resource })),
    ({ resource }) =>
      ["arn", "key_id", "name"].map((attributeName) => {
        const value = ownMember(resource.node.value, attributeName);
        return typeof value === "string" ? value : new Unknown("computed");
      }),
    (text) => text.replace(/^arn:[^:]*:kms:[^:]*:[^:]*:(?=alias\/)/, ""),
  );
}
