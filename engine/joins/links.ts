import type { Join, Joinable } from "./join.ts";
import { buildLinks } from "./links/builds.ts";
import { detectionLinks } from "./links/detection.ts";
import { ecrLinks } from "./links/ecr.ts";
import { ecsLinks } from "./links/ecs.ts";
import { iamLinks } from "./links/iam.ts";
import { identityCenterLinks } from "./links/identity-center.ts";
import { invocationLinks } from "./links/invocations.ts";
import { keyLinks } from "./links/keys.ts";
import type { Link, Place } from "./links/link.ts";
import { listenerLinks } from "./links/listeners.ts";
import { logLinks } from "./links/logs.ts";
import { networkLinks } from "./links/network.ts";
import { secretLinks } from "./links/secrets.ts";
import type { Name, NamedBy } from "./names.ts";

/** Which attribute of which type names which type: all tables of `engine/joins/links/`. */
export const links = {
  ...buildLinks,
  ...ecrLinks,
  ...ecsLinks,
  ...networkLinks,
  ...invocationLinks,
  ...iamLinks,
  ...identityCenterLinks,
  ...detectionLinks,
  ...secretLinks,
  ...keyLinks,
  ...logLinks,
  ...listenerLinks,
};

type Links = typeof links;

export type LinkName = keyof Links;

export type SourceOf<L extends LinkName> = Links[L] extends Link<infer S, Name> ? S : never;

export type TargetOf<L extends LinkName> = Links[L] extends Link<Joinable, infer N> ? NamedBy<N> : never;

/** What one place of a source names, and how that was found. */
export interface Linked<S extends Joinable, T extends Joinable> extends Place {
  readonly source: S;
  readonly join: Join<T>;
}
