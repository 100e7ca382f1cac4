import { matchesGlob } from "../../glob.ts";
import { type Join, oneOf } from "../../joins/join.ts";
import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import { privateEcrRegistry } from "../../model/image-reference.ts";
import type { Modelled } from "../../model/model.ts";
import { type PartialImage, partialImage } from "../../model/partial-image.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { holdsSecretForm } from "../../secrets/forms.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { type Upstream, upstreamOf } from "../ecr/pull-through.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

/** An image with what runs it. */
export interface ImageUse {
  readonly resource: PlanResource;
  readonly name: string | null;
  readonly image: Attribute<string | null>;
  readonly service: "ecs" | "lambda";
  readonly container: {
    readonly name: Attribute<string | null>;
    readonly versionConsistency: Attribute<string>;
  } | null;
}

export function imageSubject(use: ImageUse, context: JoinContext): SubjectOf<"container-image"> {
  const { resource, container } = use;
  // Registries are compared in lower case, in which a credential is no longer known by its form.
  const hidesForm = typeof use.image.value === "string" && holdsSecretForm(use.image.value);
  const image = { ...use.image, sensitive: use.image.sensitive || hidesForm };
  const parsed = parsedImage(image);
  const part = <T>(select: (reference: PartialImage) => Maybe<T>) =>
    mapAttribute(parsed, (reference) => (reference === null ? null : select(reference)));
  const registryPart = <T>(select: (registry: string) => Maybe<T>) =>
    part(({ registry }) => (registry instanceof Unknown ? registry : select(registry)));
  const repository = context.joins.named("image", image.value, resource);
  const isManagedHere = repository.kind === "one" || repository.kind === "several";
  const upstream = mapAttribute(parsed, (reference) =>
    reference === null ? null : upstreamOfImage(reference, isManagedHere, context),
  );
  return subject("container-image", resource, use.name, {
    image: image,
    imageName: registryPart(
      (registry) =>
        mapAttribute(
          part(({ repository: path }) => path),
          (path) => `${registry}/${path}`,
        ).value,
    ),
    registry: registryPart((registry) => registry),
    registryKind: part(kindOf),
    accountId: registryPart((registry) => privateEcrRegistry(registry)?.accountId ?? null),
    tag: part(({ tag }) => tag),
    digest: part(({ digest }) => digest),
    hasFloatingVersionTag: mapAttribute(parsed, (reference) =>
      allOf([test(reference?.tag ?? "", isPartialVersion), isForeign(reference, upstream.value)]),
    ),
    isPlaceholder: mapAttribute(parsed, (reference) => reference === null),
    ...repositoryFacts(parsed, repository, upstream.value),
    galleryPublisher: galleryPublisherFact(parsed, upstream.value),
    versionConsistency: container === null ? derivedFact(null) : container.versionConsistency,
    service: derivedFact(use.service),
    containerName: container === null ? derivedFact(null) : container.name,
  });
}

const isPublicGallery = (registry: string) => registry === "public.ecr.aws" || registry === "ecr-public.aws.com";

/** The attribute as far as the name tells its parts. */
function parsedImage(image: Attribute<string | null>): Attribute<PartialImage | null> {
  const value = partialImage(image.value ?? "");
  return { ...image, state: value instanceof Unknown ? "unknown" : image.state, value };
}

/** A repository of this plan is no copy; of a name of which only the registry is known nobody can say it. */
function upstreamOfImage(
  { registry, repository, service }: PartialImage,
  isManagedHere: boolean,
  context: JoinContext,
): Maybe<Upstream | null> {
  if (service !== null) return null;
  if (registry instanceof Unknown) return registry;
  if (privateEcrRegistry(registry) === null) return null;
  return repository instanceof Unknown ? repository : upstreamOf({ registry, repository }, isManagedHere, context);
}

function kindOf({ service, registry }: PartialImage): Maybe<string> {
  if (service !== null) return service;
  return registry instanceof Unknown ? registry : registryKind(registry);
}

function registryKind(registry: string): string {
  if (privateEcrRegistry(registry) !== null) return "private-ecr";
  if (isPublicGallery(registry)) return "public-ecr";
  return registry === "docker.io" ? "docker-hub" : "other";
}

/** `1`, `v1.27` and `18-alpine`, which publishers move to each new release; not a pre-release or a build (`1.27-rc1`). */
function isPartialVersion(tag: string): boolean {
  if (!/\d/.test(tag)) return tag !== "";
  const variant = /^v?\d{1,4}(?:\.\d{1,4})?(?:-([A-Za-z].*))?$/.exec(tag);
  return variant !== null && !/^(?:alpha|beta|rc|pre|preview|dev|build|b|m|p|r)[.-]?\d/i.test(variant[1] ?? "");
}

/** Whether others publish the image; a pull-through cache only copies it. */
function isForeign(image: PartialImage | null, upstream: Maybe<Upstream | null>): Maybe<boolean> {
  if (image === null) return false;
  const kind = kindOf(image);
  if (kind instanceof Unknown) return kind;
  return kind === "private-ecr" ? test(upstream, (found) => found !== null) : true;
}

type Repository = Modelled<"aws_ecr_repository">;

/** Whether the repository of the image, where the plan has it, lets the image's tag move. */
function repositoryFacts(
  image: Attribute<PartialImage | null>,
  repository: Join<Repository>,
  upstream: Maybe<Upstream | null>,
) {
  const { path, sensitive } = image;
  const from = { path, sensitive };
  if (repository.kind === "none") {
    const note = "the repository of the image is not in this plan";
    return {
      isRepositoryManagedHere: derivedFact(false, { ...from, note }),
      isTagMutable: derivedFact(false, { ...from, note }),
    };
  }
  if (repository.kind === "one") {
    const { resource, attributes } = repository.match;
    return {
      isRepositoryManagedHere: derivedFact(true, { ...from, note: resource.address }),
      isTagMutable: {
        ...derivedFact(allOf([isTagMutable(image.value, attributes), test(upstream, (found) => found === null)]), {
          ...from,
          note: `joined by ${repository.by}`,
        }),
        path: attributes.image_tag_mutability.path,
        address: resource.address,
      },
    };
  }
  const unknown = repository.kind === "unknown" ? repository.unknown : oneOf(repository.matches, "the image may be of");
  return {
    isRepositoryManagedHere: derivedFact(repository.kind === "several" ? true : unknown, from),
    isTagMutable: derivedFact(unknown, from),
  };
}

/** Source: ECR API Reference, PutImageTagMutability. */
function isTagMutable(image: Maybe<PartialImage | null>, attributes: Repository["attributes"]): Maybe<boolean> {
  const mutability = attributes.image_tag_mutability.value;
  if (mutability instanceof Unknown) return mutability;
  if (mutability === "MUTABLE") return true;
  if (mutability === "IMMUTABLE") return false;
  const filters = attributes.image_tag_mutability_exclusion_filter.value;
  if (filters instanceof Unknown) return filters;
  const isExcluded = anyOf(
    filters.map((each) => (each instanceof Unknown ? each : matchesTag(image, each.filter.value))),
  );
  if (mutability === "IMMUTABLE_WITH_EXCLUSION") return isExcluded;
  return mutability === "MUTABLE_WITH_EXCLUSION" ? not(isExcluded) : new Unknown("unexpected-shape");
}

function matchesTag(image: Maybe<PartialImage | null>, filter: Maybe<string | null>): Maybe<boolean> {
  if (filter instanceof Unknown) return filter;
  if (image instanceof Unknown) return image;
  return test(image?.tag ?? "latest", (tag) => filter !== null && matchesGlob(tag, filter));
}

/** The publisher in the gallery, also where a pull-through cache copies the image under a name of the own registry. */
function galleryPublisherFact(image: Attribute<PartialImage | null>, upstream: Maybe<Upstream | null>) {
  const publisher = mapAttribute(image, (reference) => {
    const kind = reference === null ? null : kindOf(reference);
    if (kind instanceof Unknown) return kind;
    if (reference !== null && kind === "public-ecr")
      return reference.repository instanceof Unknown ? reference.repository : publisherOf(reference.repository);
    if (upstream instanceof Unknown) return upstream;
    return upstream !== null && isPublicGallery(upstream.registry) ? publisherOf(upstream.repository) : null;
  });
  const note = upstream === null || upstream instanceof Unknown ? null : `copied by ${upstream.rule}`;
  return { ...publisher, note };
}

/** The alias of a publisher is the first part of the path. */
function publisherOf(repository: string): string {
  return repository.split("/")[0] ?? "";
}
