/** The parts of a container image's name. */
export interface ImageReference {
  /** Host and port in lower case; `docker.io` where the name has none. */
  readonly registry: string;
  /** The path within the registry, without tag and digest: `library/nginx`. */
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

const path = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*$/;
const host =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
const tagForm = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** The algorithms that container runtimes know, each with the exact length of its digest. */
const digestForm = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;
/** The id of an image, which cannot be pulled. */
const identifier = /^[0-9a-f]{64}$/;

const longestText = 1024;
const longestRepository = 255;

/**
 * Parses an image name; null where it is none (a placeholder such as `<IMAGE1_NAME>`, an empty text).
 * Source: grammar and normalisation of the distribution project's `reference` package, digests of the Open Container
 * Initiative's `go-digest`.
 */
export function parseImageReference(text: string): ImageReference | null {
  if (text.length > longestText || identifier.test(text)) return null;
  const [name = "", digest = null, ...rest] = text.split("@");
  if (rest.length > 0 || (digest !== null && !digestForm.test(digest))) return null;
  const { domain, remainder } = splitDomain(name);
  const colon = remainder.lastIndexOf(":");
  const tag = colon === -1 ? null : remainder.slice(colon + 1);
  const written = colon === -1 ? remainder : remainder.slice(0, colon);
  if ((domain !== null && !host.test(domain)) || !path.test(written) || (tag !== null && !tagForm.test(tag)))
    return null;
  const registry = domain?.toLowerCase() ?? "docker.io";
  const isHub = registry === "docker.io" || registry === "index.docker.io";
  const repository = isHub && !written.includes("/") ? `library/${written}` : written;
  if (repository.length > longestRepository) return null;
  return { registry: isHub ? "docker.io" : registry, repository, tag, digest };
}

/**
 * The first part is a registry only if it has a dot, a colon or an upper-case letter, or is `localhost`; else the name is
 * Docker Hub's.
 */
function splitDomain(name: string): { domain: string | null; remainder: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const isDomain = /[.:A-Z]/.test(first) || first === "localhost";
  return isDomain ? { domain: first, remainder: name.slice(slash + 1) } : { domain: null, remainder: name };
}

/** Whose private registry it is, and where. */
export interface EcrRegistry {
  readonly accountId: string;
  readonly region: string;
}

const privateEcr =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|on\.aws|on\.amazonwebservices\.com\.cn)$/;

/** The private ECR registry that a host is; null where it is none. */
export function privateEcrRegistry(registry: string): EcrRegistry | null {
  const [, accountId, region] = privateEcr.exec(registry) ?? [];
  return accountId === undefined || region === undefined ? null : { accountId, region };
}
