import type { Joinable } from "../../joins/join.ts";
import type { NamedFrom } from "../../joins/reverse.ts";
import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { indexPrefixes, prefixesOf } from "./prefixes.ts";
import { refusalFacts } from "./refusals.ts";
import { registryScanFacts } from "./registry-scanning.ts";
import { rescanFacts } from "./rescans.ts";

type Repository = Modelled<"aws_ecr_repository">;

export const repositorySubjects = once((context: JoinContext): readonly SubjectOf<"ecr-repository">[] =>
  context.model.aws_ecr_repository.map((repository) => repositorySubject(repository, context)),
);

/** Whether every repository of the plan refuses pushes by everybody but build roles. */
export const repositoriesDenyPush = once((context: JoinContext): Maybe<boolean> => {
  const repositories = repositorySubjects(context);
  return allOf([
    repositories.length > 0,
    ...repositories.map(({ facts }) => {
      const refuses = facts.deniesPush.value;
      const spared = facts.pushExemptions.value;
      if (refuses instanceof Unknown) return refuses;
      if (spared instanceof Unknown) return spared;
      return spared.find((name) => name instanceof Unknown) ?? (refuses && spared.length === 0);
    }),
  ]);
});

export function publicRepositorySubjects({ model }: JoinContext): SubjectOf<"ecr-public-repository">[] {
  return model.aws_ecrpublic_repository.map(({ resource, attributes }) =>
    subject("ecr-public-repository", resource, null, { name: attributes.repository_name }),
  );
}

function repositorySubject(repository: Repository, context: JoinContext) {
  const { resource, attributes } = repository;
  return subject("ecr-repository", resource, null, {
    name: attributes.name,
    tagMutability: attributes.image_tag_mutability,
    tagMutabilityExclusions: exclusionFilters(attributes.image_tag_mutability_exclusion_filter),
    scanOnPush: attributes.image_scanning_configuration.only.scan_on_push,
    ...registryScanFacts(repository, context),
    ...rescanFacts(repository, context),
    lifecyclePolicyCount: attachedFact("aws_ecr_lifecycle_policy", context.joins.to(repository, "lifecyclePolicy")),
    repositoryPolicyCount: attachedFact("aws_ecr_repository_policy", context.joins.to(repository, "repositoryPolicy")),
    ...refusalFacts(repository, context),
    isPullThroughCache: derivedFact(isPullThroughCache(attributes.name.value, context), { path: "name" }),
  });
}

type ExclusionFilters = Modelled<"aws_ecr_repository">["attributes"]["image_tag_mutability_exclusion_filter"];

/** The filters of tags that stay mutable. */
export function exclusionFilters(filters: ExclusionFilters): Attribute<readonly Maybe<string>[]> {
  return mapAttribute(filters, (list) =>
    list.map((filter) =>
      filter instanceof Unknown ? filter : (filter.filter.value ?? new Unknown("unexpected-shape")),
    ),
  );
}

const cacheRules = once(({ model }: JoinContext) =>
  indexPrefixes(model.aws_ecr_pull_through_cache_rule, ({ attributes }) => attributes.ecr_repository_prefix),
);

/** Whether a repository's name lies under the prefix of a rule. */
function isPullThroughCache(name: Maybe<string | null>, context: JoinContext): Maybe<boolean> {
  if (context.model.aws_ecr_pull_through_cache_rule.length === 0) return false;
  if (name instanceof Unknown) return name;
  const { byPrefix, unknown } = cacheRules(context);
  return prefixesOf(name ?? "").some((prefix) => byPrefix.has(prefix)) || (unknown ?? false);
}

/** How many resources of one type are attached to the repository; unknown where one may be, and none is. */
function attachedFact(type: string, { certain, possible }: NamedFrom<Joinable>) {
  const value = certain.length === 0 ? (possible[0]?.unknown ?? 0) : certain.length;
  const note =
    certain.length === 0
      ? `no ${type} of this plan names the repository`
      : `attached: ${certain.map(({ source, by }) => `${source.resource.address} (by ${by})`).join(", ")}`;
  return derivedFact(value, { note: value instanceof Unknown ? null : note });
}
