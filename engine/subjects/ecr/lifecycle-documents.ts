import * as z from "zod";
import {
  type Attribute,
  attribute,
  block,
  listOf,
  type Normalised,
  onlyBlock,
  readFields,
} from "../../model/attribute.ts";
import { parseJsonText } from "../../model/json-text.ts";
import { type LifecycleRule, readLifecyclePolicy, tagPatterns } from "../../model/lifecycle-policy.ts";
import { jsonOfTemplate } from "../../model/template.ts";
import type { Plan } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { instancesOf } from "../joins/join.ts";

const ruleFields = {
  priority: attribute(z.number()),
  selection: block({
    tag_status: attribute(z.string()),
    tag_pattern_list: attribute(listOf(z.string())),
    tag_prefix_list: attribute(listOf(z.string())),
    count_type: attribute(z.string()),
    count_unit: attribute(z.string()),
    count_number: attribute(z.number()),
    storage_class: attribute(z.string()),
  }),
  // The data source renders a rule without an action block as one that expires.
  action: onlyBlock({ type: attribute(z.string(), { default: "expire" }) }),
};

/**
 * The rules that an attribute holds: from its JSON text, or, where that waits for apply, rebuilt from the
 * `aws_ecr_lifecycle_policy_document` it refers to.
 */
export function lifecycleRules(text: Attribute<string | null>, plan: Plan): Maybe<readonly Maybe<LifecycleRule>[]> {
  if (text.value === null) return [];
  if (!(text.value instanceof Unknown)) return readLifecyclePolicy(parseJsonText(text.value), text);
  const template = jsonOfTemplate(text.value);
  if (template !== null) return readLifecyclePolicy(template, text);
  return deferredRules(text.value, plan) ?? text.value;
}

/** Null where the value is not that of one data source alone. */
function deferredRules({ references }: Unknown, plan: Plan): Maybe<readonly Maybe<LifecycleRule>[]> | null {
  // Variables are known when the plan is made: what is unknown comes from the other references.
  const open = references.filter(({ end }) => !("deadEnd" in end && end.deadEnd === "variable"));
  const [reference, ...more] = open;
  if (reference === undefined || more.length > 0 || "deadEnd" in reference.end) return null;
  const { target } = reference.end;
  if (target.type !== "aws_ecr_lifecycle_policy_document" || !["json", ""].includes(target.attribute)) return null;
  const documents = plan.resources
    .filter(({ mode, type }) => mode === "data" && type === "aws_ecr_lifecycle_policy_document")
    .map((resource) => ({ resource }));
  const [source, ...others] = instancesOf(target, documents);
  if (source === undefined || others.length > 0) return null;
  const { rule } = readFields(source.resource.node, { rule: block(ruleFields) });
  if (rule.value instanceof Unknown) return rule.value;
  return rule.value.map((each) => (each instanceof Unknown ? each : toRule(each)));
}

function toRule({ priority, selection, action }: Normalised<typeof ruleFields>): Maybe<LifecycleRule> {
  const [chosen] = selection.value instanceof Unknown ? [selection.value] : selection.value;
  if (chosen === undefined || chosen instanceof Unknown) return chosen ?? new Unknown("unexpected-shape");
  return {
    priority: priority.value,
    tagStatus: chosen.tag_status.value,
    tagPatterns: tagPatterns(chosen.tag_pattern_list.value, chosen.tag_prefix_list.value),
    countType: chosen.count_type.value,
    countUnit: chosen.count_unit.value,
    countNumber: chosen.count_number.value,
    storageClass: chosen.storage_class.value,
    action: action.only.type.value,
  };
}
