import * as z from "zod/mini";
import { isJsonObject } from "../plan/json.ts";
import { jsonNode } from "../plan/node.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { type Attribute, attribute, block, type Normalised, nested, readFields } from "./attribute.ts";
import { number, string, strings } from "./schemas.ts";

/** One rule of an ECR lifecycle policy. Source: ECR User Guide, "Lifecycle policy properties in Amazon ECR". */
export interface LifecycleRule {
  readonly priority: Maybe<number | null>;
  readonly tagStatus: Maybe<string | null>;
  /** Patterns of tags, prefixes among them as `prefix*`; an image is selected if it carries a tag for each of them. */
  readonly tagPatterns: Maybe<readonly Maybe<string>[]>;
  readonly countType: Maybe<string | null>;
  readonly countUnit: Maybe<string | null>;
  readonly countNumber: Maybe<number | null>;
  readonly storageClass: Maybe<string | null>;
  readonly action: Maybe<string | null>;
}

const wholeNumber = z.union([number, z.pipe(string.check(z.regex(/^\d+$/)), z.transform(Number))]);

const ruleFields = {
  rulePriority: attribute(wholeNumber),
  selection: nested({
    tagStatus: attribute(string),
    tagPatternList: attribute(strings),
    tagPrefixList: attribute(strings),
    countType: attribute(string),
    countUnit: attribute(string),
    countNumber: attribute(wholeNumber),
    storageClass: attribute(string),
  }),
  action: nested({ type: attribute(string) }),
};

/** Reads the rules of a lifecycle policy from JSON, unknown leaves allowed. */
export function readLifecyclePolicy(
  json: unknown,
  { path, sensitive }: Attribute<unknown>,
): Maybe<readonly Maybe<LifecycleRule>[]> {
  if (json instanceof Unknown) return json;
  if (!isJsonObject(json)) return new Unknown("unexpected-shape");
  const { rules } = readFields(jsonNode(json, path, sensitive), { rules: block(ruleFields) });
  if (rules.value instanceof Unknown) return rules.value;
  return rules.value.map((rule) => (rule instanceof Unknown ? rule : toRule(rule)));
}

function toRule({ rulePriority, selection, action }: Normalised<typeof ruleFields>): Maybe<LifecycleRule> {
  const chosen = selection.value;
  if (chosen === null || chosen instanceof Unknown) return chosen ?? new Unknown("unexpected-shape");
  return {
    priority: rulePriority.value,
    tagStatus: chosen.tagStatus.value,
    tagPatterns: tagPatterns(chosen.tagPatternList.value, chosen.tagPrefixList.value),
    countType: chosen.countType.value,
    countUnit: chosen.countUnit.value,
    countNumber: chosen.countNumber.value,
    storageClass: chosen.storageClass.value,
    action: action.value === null || action.value instanceof Unknown ? action.value : action.value.type.value,
  };
}

type TagList = Maybe<readonly Maybe<string>[] | null>;

/** A rule has one of both lists; an unknown one may be the one that it has. */
export function tagPatterns(patterns: TagList, prefixes: TagList): Maybe<readonly Maybe<string>[]> {
  if (patterns instanceof Unknown) return patterns;
  if (prefixes instanceof Unknown) return prefixes;
  return [
    ...(patterns ?? []),
    ...(prefixes ?? []).map((prefix) => (prefix instanceof Unknown ? prefix : `${prefix}*`)),
  ];
}
