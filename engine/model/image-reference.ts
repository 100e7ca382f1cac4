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
const digestForm = /^[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/**
 * Parses an image name; null where it is none (a placeholder such as `<IMAGE1_NAME>`, an empty text).
 * Source: the grammar of the distribution project's `reference` package; the first part is a registry only if it has a
 * dot or a colon or is `localhost`, else the name is Docker Hub's, under `library/` if it has one part.
 */
export function parseImageReference(text: string): ImageReference | null {
  if (text.length > 1024) return null;
  const [name = "", digest, ...rest] = text.split("@");
  if (rest.length > 0 || (digest !== undefined && !digestForm.test(digest))) return null;
  const slash = name.indexOf("/");
  const first = slash === -1 ? "" : name.slice(0, slash);
  const hasRegistry = first.includes(".") || first.includes(":") || first === "localhost";
  const afterRegistry = hasRegistry ? name.slice(slash + 1) : name;
  const colon = afterRegistry.lastIndexOf(":");
  const tag = colon === -1 ? null : afterRegistry.slice(colon + 1);
  const repository = colon === -1 ? afterRegistry : afterRegistry.slice(0, colon);
  if ((hasRegistry && !host.test(first)) || !path.test(repository) || (tag !== null && !tagForm.test(tag))) return null;
  const registry = hasRegistry ? first.toLowerCase() : "docker.io";
  const isHub = registry === "docker.io" || registry === "index.docker.io";
  return {
    registry: isHub ? "docker.io" : registry,
    repository: isHub && !repository.includes("/") ? `library/${repository}` : repository,
    tag,
    digest: digest ?? null,
  };
}

const privateEcr =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$/;

/** The account and region of a private ECR registry, by its host; null where the host is none. */
export function ecrRegistry(registry: string): { readonly account: string; readonly region: string } | null {
  const [, account, region] = privateEcr.exec(registry) ?? [];
  return account === undefined || region === undefined ? null : { account, region };
}

export function ecrAccount(registry: string): string | null {
  return ecrRegistry(registry)?.account ?? null;
}
