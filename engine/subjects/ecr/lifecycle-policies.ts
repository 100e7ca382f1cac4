import type { Attribute } from "../../model/attribute.ts";
import type { LifecycleText } from "../../model/lifecycle-text.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { type Bound, type LifecycleBounds, lifecycleBounds } from "./lifecycle-bounds.ts";

/** The lifecycle policies of repositories, and those that templates give to repositories that ECR creates. */
export function lifecyclePolicySubjects({ model }: JoinContext): SubjectOf<"ecr-lifecycle-policy">[] {
  return [
    ...model.aws_ecr_lifecycle_policy.map(({ resource, attributes }) =>
      lifecyclePolicySubject(resource, null, attributes.policy),
    ),
    ...model.aws_ecr_repository_creation_template
      .filter(({ attributes }) => attributes.lifecycle_policy.state !== "unset")
      .map(({ resource, attributes }) =>
        lifecyclePolicySubject(resource, attributes.lifecycle_policy.path, attributes.lifecycle_policy),
      ),
  ];
}

function lifecyclePolicySubject(
  resource: PlanResource,
  name: string | null,
  policy: LifecycleText,
): SubjectOf<"ecr-lifecycle-policy"> {
  const kind = "ecr-lifecycle-policy";
  const { rules } = policy;
  const bounds = rules instanceof Unknown ? rules : lifecycleBounds(rules);
  if (bounds instanceof Unknown) return unknownSubject(kind, resource, name, bounds, policy.path);
  return subject(kind, resource, name, boundFacts(bounds, policy));
}

/** Rules for different tags keep different numbers; which of them the releases fall under, no plan tells. */
function keptOf(kept: LifecycleBounds["kept"]): Maybe<number> {
  const { fewest, most } = kept ?? { fewest: 0, most: 0 };
  if (fewest instanceof Unknown || most instanceof Unknown || fewest === most) return fewest;
  const because = `one rule keeps ${fewest} images and another ${most}; under which the releases fall, no plan shows`;
  return new Unknown("stated", [], because);
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
    keptImages: derivedFact(keptOf(bounds.kept), from),
    fewestKeptImages: derivedFact(bounds.kept?.fewest ?? 0, from),
    mostKeptImages: derivedFact(bounds.kept?.most ?? 0, from),
    anyRuleIsLast: derivedFact(bounds.anyIsLast, from),
    combinesTags: derivedFact(bounds.combinesTags, from),
    archivesImages: derivedFact(bounds.archives, from),
  };
}
