import type * as z from "zod";
import type { Mistake } from "../files/mistake.ts";
import { isJsonObject, ownMember } from "../plan/json.ts";
import { parseAttributePath } from "../subjects/resource/attribute-path.ts";
import { type Condition, type PolicyRelation, resourceSubject } from "./policy.ts";
import type { relatedSchema } from "./policy-file.ts";

/**
 * The relations as the policy file says them, with what they leave out.
 * @param where the checked conditions of those that have some
 */
export function relatedOf(
  related: Readonly<Record<string, z.infer<typeof relatedSchema>>>,
  where: ReadonlyMap<string, Condition | null>,
): Readonly<Record<string, PolicyRelation>> {
  return Object.fromEntries(
    Object.entries(related).map(([name, { type, attribute, by, names, atLeast, atMost }]) => {
      const usual = ["id", "arn", "name", ...(attribute === undefined ? [] : [lastStep(attribute)])];
      const named = names ?? [...new Set(usual)];
      return [
        name,
        {
          type,
          attribute: attribute ?? null,
          by: by ?? null,
          names: named,
          atLeast,
          atMost: atMost ?? null,
          where: where.get(name) ?? null,
        },
      ];
    }),
  );
}

/** `bucket` names what `bucket` tells. */
function lastStep(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** What is wrong with relations although their shape is right. */
export function relatedMistakes(subject: unknown, related: unknown): Mistake[] {
  if (!isJsonObject(related)) return [];
  return Object.entries(related).flatMap(([name, relation]) => {
    const mistake = (message: string, key?: string): Mistake[] => [
      { path: ["related", name, ...(key === undefined ? [] : [key])], message },
    ];
    const [attribute, by, least, most] = ["attribute", "by", "atLeast", "atMost"].map((key) =>
      ownMember(relation, key),
    );
    return [
      ...waysMistakes(subject, attribute, by).flatMap((message) => mistake(message)),
      ...Object.entries({ attribute, by }).flatMap(([key, path]) =>
        typeof path === "string" && parseAttributePath(path) === null
          ? mistake(`"${path}" is no attribute path; write bucket or network_configuration.0.subnets`, key)
          : [],
      ),
      ...(typeof most === "number" && (typeof least === "number" ? least : 1) > most
        ? mistake("asks for more than it allows; give it an atLeast", "atMost")
        : []),
    ];
  });
}

/** Which attribute names which resource, said once. */
function waysMistakes(subject: unknown, attribute: unknown, by: unknown): string[] {
  const ways = [attribute, by].filter((way) => way !== undefined).length;
  if (subject === "plan")
    return ways === 0 ? [] : ['the plan has no attributes, so that "attribute" and "by" have no place here'];
  if (subject !== resourceSubject)
    return [`"related" belongs to "subject: ${resourceSubject}" and "subject: plan" only`];
  return ways === 1
    ? []
    : ['say one of "attribute" (theirs, which names this resource) and "by" (this resource\'s, which names them)'];
}
