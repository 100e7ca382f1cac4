import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { sameProvider } from "../joins/join.ts";
import { repositoryNamedBy } from "../joins/relations.ts";

export interface NamesRepository {
  readonly resource: PlanResource;
  readonly attributes: { readonly repository: Attribute<string | null> };
}

export interface Attached<P> {
  readonly certain: readonly { readonly policy: P; readonly by: string }[];
  /** Why one more may be attached. */
  readonly possible: Unknown | null;
}

/** The policies, of whichever type, that name a repository. */
export function attachedTo<P extends NamesRepository>(
  repository: Modelled<"aws_ecr_repository">,
  policies: readonly P[],
  context: JoinContext,
): Attached<P> {
  const certain: { policy: P; by: string }[] = [];
  let possible: Unknown | null = null;
  for (const policy of policies) {
    const { resource, attributes } = policy;
    const named = attributes.repository.value;
    const found = repositoryNamedBy(named, resource, context);
    if (found.kind === "one" && found.match === repository) certain.push({ policy, by: found.by });
    else if (found.kind === "unknown" && sameProvider(resource, repository.resource)) possible ??= found.unknown;
    else if (found.kind === "several" && found.matches.includes(repository)) {
      const references = named instanceof Unknown ? named.references : [];
      possible ??= new Unknown("no-join", references, `${resource.address} names one of several repositories`);
    } else if (found.kind === "none" && repository.attributes.name.value instanceof Unknown)
      possible ??= repository.attributes.name.value;
  }
  return { certain, possible };
}
