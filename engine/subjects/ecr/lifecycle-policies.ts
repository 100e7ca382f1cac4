import type { Attribute } from "../../model/attribute.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { derivedFact, type Subject, subject } from "../subject.ts";
import { type Bound, type LifecycleBounds, lifecycleBounds } from "./lifecycle-bounds.ts";
import { lifecycleRules } from "./lifecycle-documents.ts";

/** The lifecycle policies of repositories, and those that templates give to repositories that ECR creates. */
export function lifecyclePolicySubjects(context: JoinContext): Subject[] {
  const { model } = context;
  return [
    ...model.aws_ecr_lifecycle_policy.map(({ resource, attributes }) =>
      lifecyclePolicySubject(resource, null, attributes.policy, context),
    ),
    ...model.aws_ecr_repository_creation_template
      .filter(({ attributes }) => attributes.lifecycle_policy.state !== "unset")
      .map(({ resource, attributes }) =>
        lifecyclePolicySubject(resource, attributes.lifecycle_policy.path, attributes.lifecycle_policy, context),
      ),
  ];
}

function lifecyclePolicySubject(
  resource: PlanResource,
  name: string | null,
  policy: Attribute<string | null>,
  { plan }: JoinContext,
): Subject {
  const kind = "ecr-lifecycle-policy";
  const rules = lifecycleRules(policy, plan);
  const bounds = rules instanceof Unknown ? rules : lifecycleBounds(rules);
  if (bounds instanceof Unknown) return unknownSubject(kind, resource, name, bounds, policy.path);
  return subject(kind, resource, name, boundFacts(bounds, policy));
}

function boundFacts(bounds: LifecycleBounds, { path, sensitive }: Attribute<string | null>) {
  const from = { path, sensitive };
  const number = ({ value, rule }: Bound) =>
    derivedFact(value, {
      path: rule === null ? path : `${path}.rules[${rule}].selection.countNumber`,
      sensitive,
      note: rule === null ? "no rule sets one" : null,
    });
  return {
    expiresImages: derivedFact(bounds.expiresImages, from),
    taggedCoverage: derivedFact(bounds.taggedCoverage, from),
    coversTagged: derivedFact(bounds.coversTagged, from),
    coversUntagged: derivedFact(bounds.coversUntagged, from),
    maxCount: number(bounds.count),
    maxAgeDays: number(bounds.age),
    maxUntaggedCount: number(bounds.untaggedCount),
    maxUntaggedAgeDays: number(bounds.untaggedAge),
    keepsByCountOnly: derivedFact(bounds.kept !== null, from),
    keptImages: derivedFact(bounds.kept ?? 0, from),
    anyRuleIsLast: derivedFact(bounds.anyIsLast, from),
    combinesTags: derivedFact(bounds.combinesTags, from),
    archivesImages: derivedFact(bounds.archives, from),
  };
}
