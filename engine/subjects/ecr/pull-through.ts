import { inRegistry, mayStand } from "../../joins/where.ts";
import { type ImageReference, privateEcrRegistry } from "../../model/image-reference.ts";
import type { Modelled } from "../../model/model.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";

/** Where a pull-through cache rule copies an image from. */
export interface Upstream {
  readonly registry: string;
  /** Path within that registry. */
  readonly repository: string;
  /** Address of the rule. */
  readonly rule: string;
}

type Rule = Modelled<"aws_ecr_pull_through_cache_rule">;

/** A rule or upstream prefix of this name stands for no prefix at all. */
const noPrefix = "ROOT";

/**
 * What an image of a private registry is a copy of; null where no rule of the plan covers it. The longest prefix counts.
 * Source: ECR User Guide, "Creating a pull through cache rule".
 */
export function upstreamOf(
  image: Pick<ImageReference, "registry" | "repository">,
  isManagedHere: boolean,
  context: JoinContext,
): Maybe<Upstream | null> {
  const registry = privateEcrRegistry(image.registry);
  if (registry === null) return null;
  const rules = context.model.aws_ecr_pull_through_cache_rule.filter(({ resource }) =>
    mayStand(resource, inRegistry(registry), context.accounts),
  );
  let longest: { rule: Rule; prefix: string } | null = null;
  let rootRule: Rule | null = null;
  for (const rule of rules) {
    const prefix = rule.attributes.ecr_repository_prefix.value;
    if (prefix instanceof Unknown) return prefix;
    if (prefix === noPrefix) rootRule = rule;
    else if (
      prefix !== null &&
      image.repository.startsWith(`${prefix}/`) &&
      prefix.length > (longest?.prefix.length ?? 0)
    )
      longest = { rule, prefix };
  }
  if (longest !== null) return upstreamBy(longest.rule, image.repository.slice(longest.prefix.length + 1));
  // A rule for all repositories leaves alone those that exist already.
  if (rootRule === null || isManagedHere) return null;
  return new Unknown("no-join", [], `${rootRule.resource.address} covers every repository that does not exist yet`);
}

function upstreamBy({ resource, attributes }: Rule, rest: string): Maybe<Upstream> {
  const registry = attributes.upstream_registry_url.value;
  const prefix = attributes.upstream_repository_prefix.value;
  if (registry instanceof Unknown) return registry;
  if (prefix instanceof Unknown) return prefix;
  if (registry === null) return new Unknown("unexpected-shape");
  const repository = prefix === null || prefix === noPrefix ? rest : `${prefix}/${rest}`;
  return { registry, repository, rule: resource.address };
}
