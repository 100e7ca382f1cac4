import { getOrAdd } from "../../joins/maps.ts";
import { inRegistry, mayStand } from "../../joins/where.ts";
import { type EcrRegistry, type ImageReference, privateEcrRegistry } from "../../model/image-reference.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { everyPrefix, indexPrefixes, type Prefixes, prefixesOf } from "./prefixes.ts";

/** Where a pull-through cache rule copies an image from. */
export interface Upstream {
  readonly registry: string;
  /** Path within that registry. */
  readonly repository: string;
  /** Address of the rule. */
  readonly rule: string;
}

type Rule = Modelled<"aws_ecr_pull_through_cache_rule">;

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
  const { byPrefix, unknown } = rulesOf(context)(registry);
  if (unknown !== null) return unknown;
  for (const prefix of prefixesOf(image.repository)) {
    const rule = prefix === everyPrefix ? undefined : byPrefix.get(prefix)?.[0];
    if (rule !== undefined) return upstreamBy(rule, image.repository.slice(prefix.length + 1));
  }
  // A rule for all repositories leaves alone those that exist already.
  const rootRule = byPrefix.get(everyPrefix)?.at(-1);
  if (rootRule === undefined || isManagedHere) return null;
  return new Unknown("no-join", [], `${rootRule.resource.address} covers every repository that does not exist yet`);
}

/** The rules of each registry that images name. */
const rulesOf = once(({ model, accounts }: JoinContext) => {
  const found = new Map<string, Prefixes<Rule>>();
  return (registry: EcrRegistry) =>
    getOrAdd(found, `${registry.accountId} ${registry.region}`, () =>
      indexPrefixes(
        model.aws_ecr_pull_through_cache_rule.filter(({ resource }) =>
          mayStand(resource, inRegistry(registry), accounts),
        ),
        ({ attributes }) => attributes.ecr_repository_prefix,
      ),
    );
});

function upstreamBy({ resource, attributes }: Rule, rest: string): Maybe<Upstream> {
  const registry = attributes.upstream_registry_url.value;
  const prefix = attributes.upstream_repository_prefix.value;
  if (registry instanceof Unknown) return registry;
  if (prefix instanceof Unknown) return prefix;
  if (registry === null) return new Unknown("unexpected-shape");
  const repository = prefix === null || prefix === everyPrefix ? rest : `${prefix}/${rest}`;
  return { registry, repository, rule: resource.address };
}
