import { namesAnArn } from "../../iam/actions.ts";
import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import { privateEcrRegistry } from "../../model/image-reference.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { comparable } from "../../secrets/forms.ts";
import type { JoinContext } from "../context.ts";
import { join, sameProvider } from "../joins/join.ts";
import { attributeFact, derivedFact, type Subject, subject } from "../subject.ts";
import { liesUnder } from "./repositories.ts";

/** The prefix that stands for every repository. */
export const everyPrefix = "ROOT";

export function pullThroughCacheSubject(
  { resource, attributes }: Modelled<"aws_ecr_pull_through_cache_rule">,
  context: JoinContext,
): Subject {
  const registry = mapAttribute(attributes.upstream_registry_url, (url) =>
    url === null ? null : comparable(url, (text) => text.toLowerCase()),
  );
  const upstreamPrefix = mapAttribute(attributes.upstream_repository_prefix, (prefix) =>
    prefix === everyPrefix ? null : prefix,
  );
  const names = repositoriesUnder(attributes.ecr_repository_prefix.value, resource, context);
  return subject("ecr-pull-through-cache-rule", resource, null, {
    prefix: attributeFact(attributes.ecr_repository_prefix),
    upstreamRegistry: attributeFact(registry),
    upstreamRepositories: derivedFact(within(registry.value, upstreamPrefix.value), { path: upstreamPrefix.path }),
    upstreamPublisher: derivedFact(publisher(registry.value, upstreamPrefix.value), { path: upstreamPrefix.path }),
    upstreamAccountId: attributeFact(
      mapAttribute(registry, (host) => (host === null ? null : (privateEcrRegistry(host)?.accountId ?? null))),
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

function repositoriesUnder(
  prefix: Maybe<string | null>,
  resource: PlanResource,
  { model }: JoinContext,
): Maybe<string>[] {
  return model.aws_ecr_repository
    .filter((repository) => sameProvider(repository.resource, resource))
    .flatMap(({ attributes }): Maybe<string>[] => {
      const name = attributes.name.value ?? new Unknown("unexpected-shape");
      const isUnder = prefix === everyPrefix ? true : liesUnder(name, prefix);
      if (isUnder instanceof Unknown) return [isUnder];
      return isUnder ? [name] : [];
    });
}

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
  return value !== null && value !== "";
}

/** Without the six characters that Secrets Manager puts behind the name in an ARN. */
function secretName(arn: Maybe<string | null>, from: PlanResource, { model }: JoinContext): Maybe<string | null> {
  if (typeof arn === "string") return /:secret:(.+?)(?:-[A-Za-z0-9]{6})?$/.exec(arn)?.[1] ?? null;
  const found = join(arn, from, model.aws_secretsmanager_secret, ({ attributes }) => [attributes.arn.value]);
  return found.kind === "one" ? found.match.attributes.name.value : arn;
}
