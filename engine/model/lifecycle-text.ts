import { targetsOf } from "../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import {
  type Attribute,
  attribute,
  block,
  type DeferredData,
  type Field,
  type Normalised,
  onlyBlock,
  readFields,
} from "./attribute.ts";
import { jsonOfText } from "./json-of-text.ts";
import { parseJsonText } from "./json-text.ts";
import { type LifecycleRule, readLifecyclePolicy, tagPatterns } from "./lifecycle-policy.ts";
import { number, string, strings } from "./schemas.ts";

const ruleFields = {
  priority: attribute(number),
  selection: block({
    tag_status: attribute(string),
    tag_pattern_list: attribute(strings),
    tag_prefix_list: attribute(strings),
    count_type: attribute(string),
    count_unit: attribute(string),
    count_number: attribute(number),
    storage_class: attribute(string),
  }),
  // The data source renders a rule without an action block as one that expires.
  action: onlyBlock({ type: attribute(string, { default: "expire" }) }),
};

/** An attribute that holds a lifecycle policy. */
export interface LifecycleText extends Attribute<string | null> {
  readonly rules: LifecycleRules;
}

type LifecycleRules = Maybe<readonly Maybe<LifecycleRule>[]>;

/** Reads the rules with the attribute: from its JSON text, or from the `aws_ecr_lifecycle_policy_document` it waits for. */
export function lifecycleText(): Field<string | null, LifecycleText> {
  const text = attribute(string);
  return {
    read(node, deferred) {
      const found = text.read(node);
      const { state, value, path, sensitive } = found;
      return { state, value, path, sensitive, rules: rulesOf(found, deferred) };
    },
  };
}

function rulesOf(text: Attribute<string | null>, deferred: DeferredData | undefined): LifecycleRules {
  if (text.value === null) return [];
  if (!(text.value instanceof Unknown)) return readLifecyclePolicy(parseJsonText(text.value), text);
  const template = jsonOfText(text.value);
  return template === null ? deferredRules(text.value, deferred) : readLifecyclePolicy(template, text);
}

/** Unknown as the text is, where it is not that of one data source alone. */
function deferredRules(text: Unknown, deferred: DeferredData | undefined): LifecycleRules {
  const [target, ...more] = targetsOf(text.references) ?? [];
  if (target === undefined || more.length > 0) return text;
  if (target.type !== "aws_ecr_lifecycle_policy_document" || !["json", ""].includes(target.attribute)) return text;
  const data = deferred?.(target) ?? null;
  if (data === null) return text;
  const { rule } = readFields(data, { rule: block(ruleFields) });
  if (rule.value instanceof Unknown) return rule.value;
  return rule.value.map((each) => (each instanceof Unknown ? each : toRule(each)));
}

function toRule({ priority, selection, action }: Normalised<typeof ruleFields>): Maybe<LifecycleRule> {
  const [chosen] = elementsOf(selection.value);
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
