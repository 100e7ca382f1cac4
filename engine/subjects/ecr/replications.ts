import { getOrAdd } from "../../joins/maps.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, listIf, not, test } from "../../three-valued.ts";
import { accountOf, type JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { everyPrefix, prefixesOf } from "./prefixes.ts";
import { repositorySubjects } from "./repositories.ts";

const kind = "replicated-repository";

type Configuration = Modelled<"aws_ecr_replication_configuration">;
type Repository = Modelled<"aws_ecr_repository">;
type Template = Modelled<"aws_ecr_repository_creation_template">;
type Rules = Configuration["attributes"]["replication_configuration"]["only"]["rule"]["value"];
type Rule = Exclude<Exclude<Rules, Unknown>[number], Unknown>;

/** A place that images are copied to. */
interface Destination {
  readonly region: string;
  readonly registry: string;
}

/** The repositories whose registry copies their images, each with each place where the plan has what holds the copy. */
export function replicatedRepositorySubjects(context: JoinContext): SubjectOf<"replicated-repository">[] {
  return context.model.aws_ecr_replication_configuration.flatMap((configuration) => {
    const { rule } = configuration.attributes.replication_configuration.only;
    return elementsOf(rule.value).flatMap((each, at) => {
      const name = `rule[${at}]`;
      if (each instanceof Unknown) return [unknownSubject(kind, configuration.resource, name, each, rule.path)];
      const destinations = destinationsOf(each);
      if (destinations instanceof Unknown)
        return [unknownSubject(kind, configuration.resource, name, destinations, each.destination.path)];
      const repositories = context.joins.beside("aws_ecr_repository", configuration.resource);
      return repositories.flatMap((repository) => {
        const isCopied = isFor(each, repository);
        return isCopied === false
          ? []
          : destinations.flatMap((destination) => copySubject(repository, destination, isCopied, context));
      });
    });
  });
}

function destinationsOf({ destination }: Rule): Maybe<readonly Destination[]> {
  const all = elementsOf(destination.value).map((each): Maybe<Destination> => {
    if (each instanceof Unknown) return each;
    const { value: region } = each.region;
    const { value: registry } = each.registry_id;
    if (region instanceof Unknown) return region;
    if (registry instanceof Unknown) return registry;
    return { region: region ?? "", registry: registry ?? "" };
  });
  const unknown = all.find((each) => each instanceof Unknown);
  return unknown ?? all.flatMap((each) => (each instanceof Unknown ? [] : [each]));
}

/** A filter is the beginning of names. Source: ECR User Guide, "Private image replication". */
function isFor({ repository_filter: filters }: Rule, { attributes }: Repository): Maybe<boolean> {
  if (filters.state === "unset") return true;
  return anyOf(
    elementsOf(filters.value).map((filter) => {
      if (filter instanceof Unknown) return filter;
      const { value: prefix } = filter.filter;
      if (prefix instanceof Unknown) return prefix;
      return test(attributes.name.value, (name) => name?.startsWith(prefix ?? "") === true);
    }),
  );
}

/** None where the plan does not have what holds the copy. */
function copySubject(
  repository: Repository,
  destination: Destination,
  isCopied: Maybe<true>,
  context: JoinContext,
): SubjectOf<"replicated-repository">[] {
  const { name } = repository.attributes;
  if (typeof name.value !== "string") return [];
  const copy = repositoryAt(name.value, destination, context);
  const template = copy === null ? templateAt(name.value, destination, context) : null;
  const holder = copy ?? template;
  const own = guardsOf(context).get(repository.resource.address);
  if (holder === null || own === undefined || holder.resource === repository.resource) return [];
  const theirs = copy === null ? null : (guardsOf(context).get(copy.resource.address) ?? null);
  const missing = theirs === null ? missingIn(template, own) : lacking(own, theirs);
  const at = `${destination.registry}/${destination.region}`;
  return [
    subject(kind, repository.resource, at, {
      repository: name,
      destination: derivedFact(at),
      heldBy: derivedFact(holder.resource.address),
      missing: derivedFact(isCopied instanceof Unknown && missing.length > 0 ? [isCopied] : missing, {
        note: `held by ${holder.resource.address}`,
      }),
    }),
  ];
}

interface Guards {
  readonly isImmutable: Maybe<boolean>;
  readonly isScanned: Maybe<boolean>;
  readonly hasLifecycle: Maybe<boolean>;
}

/** The guards of each repository of the plan, by its address. */
const guardsOf = once((context: JoinContext): ReadonlyMap<string | null, Guards> => {
  const isSome = (value: Maybe<readonly unknown[]>) => test(value, (list) => list.length > 0);
  return new Map(
    repositorySubjects(context).map(({ address, facts }) => [
      address,
      {
        isImmutable: test(facts.tagMutability.value, (text) => text?.startsWith("IMMUTABLE") === true),
        isScanned: anyOf([facts.scanOnPush.value, isSome(facts.registryScanFrequencies.value)]),
        hasLifecycle: test(facts.lifecyclePolicyCount.value, (count) => count > 0),
      },
    ]),
  );
});

function lacking(own: Guards, theirs: Guards): Maybe<string>[] {
  return [
    ...listIf(allOf([own.isImmutable, not(theirs.isImmutable)]), "tag immutability"),
    ...listIf(allOf([own.isScanned, not(theirs.isScanned)]), "scans"),
    ...listIf(allOf([own.hasLifecycle, not(theirs.hasLifecycle)]), "lifecycle policy"),
  ];
}

function missingIn(template: Template | null, own: Guards): Maybe<string>[] {
  if (template === null) return [];
  const { image_tag_mutability: mutability, lifecycle_policy: lifecycle } = template.attributes;
  return lacking(own, {
    isImmutable: test(mutability.value, (text) => text.startsWith("IMMUTABLE")),
    isScanned: true,
    hasLifecycle: test(lifecycle.value, (text) => text !== null),
  });
}

const repositoriesByName = once(({ model }: JoinContext) => {
  const found = new Map<unknown, Repository[]>();
  for (const repository of model.aws_ecr_repository)
    getOrAdd(found, repository.attributes.name.value, () => []).push(repository);
  return found;
});

function repositoryAt(name: string, destination: Destination, context: JoinContext): Repository | null {
  const named = repositoriesByName(context).get(name) ?? [];
  return named.find(({ resource }) => standsAt(resource, destination, context)) ?? null;
}

/** The template whose prefix is the longest, of those for replication. */
function templateAt(name: string, destination: Destination, context: JoinContext): Template | null {
  const byPrefix = replicationTemplates(context);
  const found = [...prefixesOf(name), everyPrefix].flatMap((prefix) => byPrefix.get(prefix) ?? []);
  return found.find(({ resource }) => standsAt(resource, destination, context)) ?? null;
}

const replicationTemplates = once(({ model }: JoinContext) => {
  const found = new Map<unknown, Template[]>();
  for (const template of model.aws_ecr_repository_creation_template) {
    const { applied_for: uses, prefix } = template.attributes;
    if (elementsOf(uses.value).includes("REPLICATION")) getOrAdd(found, prefix.value, () => []).push(template);
  }
  return found;
});

function standsAt(resource: Repository["resource"], { region, registry }: Destination, context: JoinContext): boolean {
  const account = accountOf(resource, context);
  return resource.region === region && (account === null || account === registry);
}
