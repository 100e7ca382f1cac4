import { type Attribute, inBlock, mapAttribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { sameProvider } from "../joins/join.ts";
import { repositoryNamedBy } from "../joins/relations.ts";
import { attributeFact, derivedFact, type Subject, subject } from "../subject.ts";
import { registryScanFacts } from "./registry-scanning.ts";
import type { RescanFunction } from "./rescan-chains.ts";
import { rescanFacts } from "./rescans.ts";

export function repositorySubject(
  repository: Modelled<"aws_ecr_repository">,
  functions: readonly RescanFunction[],
  context: JoinContext,
): Subject {
  const { resource, attributes } = repository;
  return subject("ecr-repository", resource, null, {
    name: attributeFact(attributes.name),
    tagMutability: attributeFact(attributes.image_tag_mutability),
    tagMutabilityExclusions: attributeFact(exclusionFilters(attributes.image_tag_mutability_exclusion_filter)),
    scanOnPush: attributeFact(
      inBlock(attributes.image_scanning_configuration, "scan_on_push", (block) => block.scan_on_push, false),
    ),
    ...registryScanFacts(repository, context),
    ...rescanFacts(repository, functions, context),
    lifecyclePolicyCount: lifecyclePolicyFact(repository, context),
    isPullThroughCache: derivedFact(
      anyOf(
        context.model.aws_ecr_pull_through_cache_rule.map((rule) =>
          liesUnder(attributes.name.value, rule.attributes.ecr_repository_prefix.value),
        ),
      ),
      { path: "name" },
    ),
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

/** Whether a repository's name lies under a prefix, behind which a `/` is assumed. */
export function liesUnder(name: Maybe<string | null>, prefix: Maybe<string | null>): Maybe<boolean> {
  if (name instanceof Unknown) return name;
  return test(prefix, (text) => name !== null && text !== null && name.startsWith(`${text}/`));
}

function lifecyclePolicyFact(repository: Modelled<"aws_ecr_repository">, context: JoinContext) {
  const { aws_ecr_lifecycle_policy: policies } = context.model;
  const { resource, attributes } = repository;
  let attached = 0;
  let possible: Unknown | null = null;
  const addresses: string[] = [];
  for (const policy of policies) {
    const named = policy.attributes.repository.value;
    const found = repositoryNamedBy(named, policy.resource, context);
    if (found.kind === "one" && found.match === repository) {
      attached += 1;
      addresses.push(`${policy.resource.address} (by ${found.by})`);
    } else if (found.kind === "unknown" && sameProvider(policy.resource, resource)) possible ??= found.unknown;
    else if (found.kind === "several" && found.matches.includes(repository)) {
      possible ??= new Unknown(
        "no-join",
        named instanceof Unknown ? named.references : [],
        `${policy.resource.address} names one of several repositories`,
      );
    } else if (found.kind === "none" && attributes.name.value instanceof Unknown) possible ??= attributes.name.value;
  }
  const value = attached === 0 && possible !== null ? possible : attached;
  const note =
    attached === 0
      ? "no aws_ecr_lifecycle_policy of this plan names the repository"
      : `attached: ${addresses.join(", ")}`;
  return derivedFact(value, { note: value instanceof Unknown ? null : note });
}
