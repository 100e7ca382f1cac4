import { namesAnArn } from "../../iam/actions.ts";
import { getOrAdd } from "../../joins/maps.ts";
import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import { privateEcrRegistry } from "../../model/image-reference.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { comparable } from "../../secrets/forms.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { everyPrefix, prefixesOf } from "./prefixes.ts";

export function pullThroughCacheSubjects(context: JoinContext): SubjectOf<"ecr-pull-through-cache-rule">[] {
  return context.model.aws_ecr_pull_through_cache_rule.map((rule) => pullThroughCacheSubject(rule, context));
}

function pullThroughCacheSubject(
  { resource, attributes }: Modelled<"aws_ecr_pull_through_cache_rule">,
  context: JoinContext,
) {
  const registry = mapAttribute(attributes.upstream_registry_url, (url) =>
    url === null ? null : comparable(url, (text) => text.toLowerCase()),
  );
  const upstreamPrefix = mapAttribute(attributes.upstream_repository_prefix, (prefix) =>
    prefix === everyPrefix ? null : prefix,
  );
  const names = repositoriesUnder(attributes.ecr_repository_prefix.value, resource, context);
  return subject("ecr-pull-through-cache-rule", resource, null, {
    prefix: attributes.ecr_repository_prefix,
    upstreamRegistry: registry,
    upstreamRepositories: derivedFact(within(registry.value, upstreamPrefix.value), { path: upstreamPrefix.path }),
    upstreamPublisher: derivedFact(publisher(registry.value, upstreamPrefix.value), { path: upstreamPrefix.path }),
    upstreamAccountId: mapAttribute(registry, (host) =>
      host === null ? null : (privateEcrRegistry(host)?.accountId ?? null),
    ),
    repositoriesUnderPrefix: derivedFact(names, {
      path: attributes.ecr_repository_prefix.path,
      note: "repositories of this plan that the rule would fill from the upstream",
    }),
    hasCredential: derivedFact(isGiven(attributes.credential_arn), { path: attributes.credential_arn.path }),
    credentialSecretName: derivedFact(secretName(attributes.credential_arn.value, resource, context), {
      path: attributes.credential_arn.path,
    }),
  });
}

/** The names of the repositories under a prefix, and those of which the plan does not tell whether they are. */
function repositoriesUnder(
  prefix: Maybe<string | null>,
  resource: PlanResource,
  { joins }: JoinContext,
): Maybe<string>[] {
  const repositories = joins.beside("aws_ecr_repository", resource);
  if (prefix === everyPrefix) return repositories.map(nameOf);
  if (prefix instanceof Unknown)
    return repositories.map(nameOf).map((name) => (name instanceof Unknown ? name : prefix));
  const { under, unknown } = byPrefixes(repositories);
  const found = [...(under.get(prefix ?? "") ?? []), ...unknown];
  return found.sort((one, other) => one.at - other.at).map(({ name }) => name);
}

type Repository = Modelled<"aws_ecr_repository">;

function nameOf({ attributes }: Repository): Maybe<string> {
  return attributes.name.value ?? new Unknown("unexpected-shape");
}

const byPrefixes = once((repositories: readonly Repository[]) => {
  const under = new Map<string, { name: Maybe<string>; at: number }[]>();
  const unknown: { name: Maybe<string>; at: number }[] = [];
  for (const [at, repository] of repositories.entries()) {
    const name = nameOf(repository);
    if (name instanceof Unknown) unknown.push({ name, at });
    else for (const prefix of prefixesOf(name)) getOrAdd(under, prefix, () => []).push({ name, at });
  }
  return { under, unknown };
});

/** `registry/prefix`; the registry alone where the rule is for all of it. */
function within(registry: Maybe<string | null>, prefix: Maybe<string | null>): Maybe<string | null> {
  if (registry instanceof Unknown || registry === null) return registry;
  if (prefix instanceof Unknown) return prefix;
  return prefix === null ? registry : `${registry}/${prefix}`;
}

/** In the public gallery the first part of a repository's name is the alias of its publisher. */
function publisher(registry: Maybe<string | null>, prefix: Maybe<string | null>): Maybe<string | null> {
  if (registry instanceof Unknown) return prefix === null ? null : registry;
  if (registry !== "public.ecr.aws") return null;
  return prefix instanceof Unknown ? prefix : (prefix?.split("/")[0] ?? null);
}

function isGiven({ value }: Attribute<string | null>): Maybe<boolean> {
  if (value instanceof Unknown) return namesAnArn(value) ? true : value;
  return value !== null;
}

/** Without the six characters that Secrets Manager puts behind the name in an ARN. */
function secretName(arn: Maybe<string | null>, from: PlanResource, { joins }: JoinContext): Maybe<string | null> {
  if (typeof arn === "string") return /:secret:(.+?)(?:-[A-Za-z0-9]{6})?$/.exec(arn)?.[1] ?? null;
  const found = joins.named("aws_secretsmanager_secret", arn, from);
  return found.kind === "one" ? found.match.attributes.name.value : arn;
}
