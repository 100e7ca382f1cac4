import { getOrAdd } from "../../joins/maps.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { everyPrefix, prefixesOf } from "./prefixes.ts";
import { exclusionFilters } from "./repositories.ts";

type Template = Modelled<"aws_ecr_repository_creation_template">;
type CacheRule = Modelled<"aws_ecr_pull_through_cache_rule">;

/** What is said of repositories that ECR creates by itself: by each template, and for each pull-through cache rule. */
export function createdRepositorySubjects(context: JoinContext): SubjectOf<"created-repositories">[] {
  const { model } = context;
  return [
    ...model.aws_ecr_repository_creation_template.map(templateSubject),
    ...model.aws_ecr_pull_through_cache_rule.map((rule) => cacheRuleSubject(rule, context)),
  ];
}

function templateSubject({ resource, attributes }: Template): SubjectOf<"created-repositories"> {
  const guards = [attributes.lifecycle_policy, attributes.repository_policy]
    .map((guard) => ({ path: guard.path, absent: absent(guard) }))
    .filter((guard) => guard.absent.length > 0);
  return subject("created-repositories", resource, null, {
    origin: derivedFact("template"),
    prefix: attributes.prefix,
    missing: derivedFact(
      guards.flatMap((guard) => guard.absent),
      { path: guards.length === 1 ? (guards[0]?.path ?? null) : null },
    ),
    isForPullThroughCache: derivedFact(servesCaches(attributes.applied_for.value), { path: "applied_for" }),
    tagMutability: attributes.image_tag_mutability,
    tagMutabilityExclusions: exclusionFilters(attributes.image_tag_mutability_exclusion_filter),
  });
}

/** The attribute's name where it is not there. An unknown text may turn out to be null. */
function absent({ value, path }: Attribute<string | null>): Maybe<string>[] {
  if (value instanceof Unknown) return isDocument(value) ? [] : [value];
  return value === null ? [path] : [];
}

/** The JSON of a document that waits for apply is never null. */
function isDocument({ references }: Unknown): boolean {
  const documents = ["aws_iam_policy_document", "aws_ecr_lifecycle_policy_document"];
  return references.length > 0 && references.every(({ end }) => "target" in end && documents.includes(end.target.type));
}

function servesCaches(appliedFor: Maybe<readonly Maybe<string>[]>): Maybe<boolean> {
  if (appliedFor instanceof Unknown) return appliedFor;
  return anyOf(appliedFor.map((use) => test(use, (text) => text === "PULL_THROUGH_CACHE")));
}

function cacheRuleSubject(rule: CacheRule, context: JoinContext): SubjectOf<"created-repositories"> {
  const covers = templatesFor(rule, context).map((template) => ({
    template,
    covers: coversRule(template, rule, context),
  }));
  const isCovered = anyOf(covers.map((each) => each.covers));
  const covering = covers.flatMap(({ template, covers: does }) => (does === true ? [template.resource.address] : []));
  const note =
    covering.length === 0
      ? "no aws_ecr_repository_creation_template of this plan covers the prefix"
      : `covered by ${covering.join(", ")}`;
  return subject("created-repositories", rule.resource, null, {
    origin: derivedFact("pull-through-cache-rule"),
    prefix: rule.attributes.ecr_repository_prefix,
    missing: derivedFact(isCovered instanceof Unknown ? [isCovered] : isCovered ? [] : ["template"], {
      path: rule.attributes.ecr_repository_prefix.path,
      note,
    }),
    isForPullThroughCache: derivedFact(true),
    tagMutability: derivedFact(null),
    tagMutabilityExclusions: derivedFact([]),
  });
}

interface Placed {
  readonly template: Template;
  readonly at: number;
}

/** The templates whose prefix may cover that of the rule, in the order of the plan. */
function templatesFor(rule: CacheRule, context: JoinContext): readonly Template[] {
  const templates = context.joins.beside("aws_ecr_repository_creation_template", rule.resource);
  const own = rule.attributes.ecr_repository_prefix.value;
  const { byPrefix, byTemplate, forEvery, byRule, forCaches, unknown } = templatePrefixes(context)(templates);
  const named =
    own instanceof Unknown
      ? [...templateNamed(own, rule, context).flatMap((one) => byTemplate.get(one) ?? []), ...forCaches]
      : [own ?? "", ...prefixesOf(own ?? "")].flatMap((one) => byPrefix.get(one) ?? []);
  const found = new Set([...named, ...forEvery, ...(byRule.get(rule) ?? []), ...unknown]);
  return [...found].sort((one, other) => one.at - other.at).map(({ template }) => template);
}

/** The template of which an unknown prefix of a rule is taken. */
function templateNamed(prefix: Unknown, { resource }: CacheRule, { joins }: JoinContext): Template[] {
  const found = joins.named("aws_ecr_repository_creation_template", prefix, resource);
  return found.kind === "one" ? [found.match] : [];
}

/** Templates by prefix, or by the rule whose prefix they take; of those that may cover any rule the first is enough. */
const templatePrefixes = once(({ joins }: JoinContext) =>
  once((templates: readonly Template[]) => {
    const all = templates.map((template, at): Placed => ({ template, at }));
    const byTemplate = new Map(all.map((placed) => [placed.template, placed]));
    const forCaches = all
      .filter(({ template: { attributes } }) => attributes.prefix.value !== everyPrefix)
      .filter(({ template: { attributes } }) => servesCaches(attributes.applied_for.value) !== false)
      .slice(0, 1);
    const byPrefix = new Map<string, Placed[]>();
    const byRule = new Map<CacheRule, Placed[]>();
    const forEvery: Placed[] = [];
    const unknown: Placed[] = [];
    for (const placed of all) {
      const { resource, attributes } = placed.template;
      const { value } = attributes.prefix;
      if (value === everyPrefix) forEvery.push(placed);
      else if (typeof value === "string") getOrAdd(byPrefix, value, () => []).push(placed);
      else if (value instanceof Unknown && servesCaches(attributes.applied_for.value) !== false) {
        const found = joins.named("aws_ecr_pull_through_cache_rule", value, resource);
        if (found.kind === "one") getOrAdd(byRule, found.match, () => []).push(placed);
        if (unknown.length === 0) unknown.push(placed);
      }
    }
    return { byPrefix, byTemplate, forEvery, byRule, forCaches, unknown };
  }),
);

function coversRule(template: Template, rule: CacheRule, context: JoinContext): Maybe<boolean> {
  const { prefix, applied_for: appliedFor } = template.attributes;
  const own = rule.attributes.ecr_repository_prefix.value;
  return allOf([servesCaches(appliedFor.value), prefixCovers(prefix.value, own, template, rule, context)]);
}

/** There is always an assumed `/` behind a prefix, and `ROOT` is for all that no other template is for. */
function prefixCovers(
  prefix: Maybe<string | null>,
  own: Maybe<string | null>,
  template: Template,
  rule: CacheRule,
  context: JoinContext,
): Maybe<boolean> {
  if (prefix === everyPrefix) return true;
  if (prefix instanceof Unknown) {
    const found = context.joins.named("aws_ecr_pull_through_cache_rule", prefix, template.resource);
    return found.kind === "one" && found.match === rule ? true : prefix;
  }
  if (own instanceof Unknown) {
    return templateNamed(own, rule, context).includes(template) ? true : own;
  }
  return prefix !== null && own !== null && `${own}/`.startsWith(`${prefix}/`);
}
