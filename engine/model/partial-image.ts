import { type Maybe, Unknown } from "../plan/unknown.ts";
import { type ImageReference, parseImageReference } from "./image-reference.ts";

/** The parts of a container image's name, each of which may be decided only at apply. */
export type PartialImage = { readonly [P in keyof ImageReference]: Maybe<ImageReference[P]> } & {
  /** Of which service the registry is, where that is known without its host. */
  readonly service: "private-ecr" | "public-ecr" | null;
};

/** What is known of an image's name; null where it is none, unknown where nothing of it is known. */
export function partialImage(name: Maybe<string>): Maybe<PartialImage | null> {
  if (!(name instanceof Unknown)) {
    const image = parseImageReference(name);
    return image === null ? null : { ...image, service: null };
  }
  const parts = name.known.parts ?? (name.known.isExact ? [name] : null);
  if (parts === null) return name;
  const service = repositoryOf(parts[0]);
  const registry = registryIn(parts[0]);
  const version = versionIn(parts, service !== null, name);
  if (service === null && registry === null && version.tag instanceof Unknown && version.digest instanceof Unknown)
    return name;
  return {
    service,
    registry: service === "public-ecr" ? "public.ecr.aws" : (registry ?? name),
    repository: name,
    ...version,
  };
}

/** The URL of a repository of this plan, with which a name begins: the name of its registry and its own. */
function repositoryOf(part: string | Unknown | undefined): PartialImage["service"] {
  const [reference] = part instanceof Unknown && part.known.isExact ? part.references : [];
  if (reference === undefined || !("target" in reference.end)) return null;
  const { type, attribute } = reference.end.target;
  if (type === "aws_ecr_repository" && attribute === "repository_url") return "private-ecr";
  return type === "aws_ecrpublic_repository" && attribute === "repository_uri" ? "public-ecr" : null;
}

/** The registry, where it is written out up to the slash behind it. */
function registryIn(part: string | Unknown | undefined): string | null {
  const slash = typeof part === "string" ? part.indexOf("/") : -1;
  if (typeof part !== "string" || slash === -1) return null;
  return parseImageReference(`${part.slice(0, slash)}/any`)?.registry ?? null;
}

type Version = Pick<PartialImage, "tag" | "digest">;

/** Tag and digest, as far as the text with which a name ends tells them. */
function versionIn(parts: readonly (string | Unknown)[], isRepository: boolean, name: Unknown): Version {
  const unknown = { tag: name, digest: name };
  const last = parts.at(-1);
  // The URL of a repository has neither; what stands behind another hole may belong to it.
  const isWhole = isRepository && parts.length <= 2;
  if (last instanceof Unknown) return isWhole && parts.length === 1 ? { tag: null, digest: null } : unknown;
  const version = /^(?:[^:@]*)(?::([^:@/]*))?(?:@(.+))?$/.exec(last ?? "");
  const [, tag, digest] = version ?? [];
  if (version === null || (tag === undefined && digest === undefined)) return unknown;
  const written = parseImageReference(
    `any${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`,
  );
  if (written === null) return unknown;
  return { tag: written.tag ?? (isWhole ? null : name), digest: written.digest };
}
