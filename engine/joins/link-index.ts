import { once } from "../once.ts";
import type { PlanResource } from "../plan/read.ts";
import { Unknown } from "../plan/unknown.ts";
import { type Join, type Joinable, oneOf } from "./join.ts";
import type { Link, Place, Sources } from "./links/link.ts";
import type { Linked } from "./links.ts";
import { getOrAdd, lazy } from "./maps.ts";
import type { Watch } from "./name-index.ts";
import { type Name, typeOf } from "./names.ts";
import { type NamedFrom, reverse } from "./reverse.ts";
import { sameProvider } from "./where.ts";

/** What one place of a resource says of another resource, for people. */
export interface ResourceJoin extends Pick<Place, "path" | "value"> {
  readonly resource: PlanResource;
  /** The type of resource that the place names. */
  readonly to: string;
  /** Whether it is the name of a container image. */
  readonly isImage: boolean;
  readonly join: Join<Joinable>;
}

/** The joins of one link, in both directions. */
export interface LinkIndex<S extends Joinable, T extends Joinable> {
  from(source: S): readonly Linked<S, T>[];
  to(target: T): NamedFrom<S>;
  readonly shown: (shownIn: "facts" | "picture") => ResourceJoin[];
}

/** Worked out when it is first asked for. */
export function createLinkIndex(
  link: Link<Joinable, Name>,
  sources: Sources,
  joinOf: (place: Place, source: Joinable) => Join<Joinable>,
  watch: Watch,
): LinkIndex<Joinable, Joinable> {
  type Found = Linked<Joinable, Joinable>;
  const all = lazy(() =>
    link.read(sources).flatMap(({ source, places }) =>
      places.map((place): Found => {
        const { value, isWhole = false } = place;
        const isHidden = isWhole && value instanceof Unknown;
        return { ...place, source, join: isHidden ? { kind: "unknown", unknown: value } : joinOf(place, source) };
      }),
    ),
  );
  const bySource = lazy(() => {
    const found = new Map<Joinable, Found[]>();
    for (const each of all()) getOrAdd(found, each.source, () => []).push(each);
    return found;
  });
  const reversed = lazy(() => {
    const namedFrom = reverse(all(), (naming: Found, matches) => whichOf(naming, matches, link));
    const near = link.isNear === true ? nearSources(namedFrom) : namedFrom;
    return (target: Joinable) => {
      const { certain, possible } = near(target);
      return { certain: watch(certain), possible: watch(possible) };
    };
  });
  return {
    from: (source) => bySource().get(source) ?? [],
    to: (target) => reversed()(target),
    shown: (shownIn) => (isShown(link, shownIn) ? all().flatMap((each) => show(each, link)) : []),
  };
}

function isShown({ shown = "everywhere" }: Link<Joinable, Name>, shownIn: "facts" | "picture"): boolean {
  return shown === "everywhere" || shown === shownIn;
}

function show(
  { source: { resource }, path, value, join, isShown, type }: Linked<Joinable, Joinable>,
  { to, isOfManyTypes }: Link<Joinable, Name>,
): ResourceJoin[] {
  if (!isShown || (isOfManyTypes === true && join.kind === "none")) return [];
  return [{ resource, path, value, to: type ?? typeOf(to), isImage: to === "image", join }];
}

function whichOf(
  { source, value }: Linked<Joinable, Joinable>,
  matches: readonly Joinable[],
  { verb = "names" }: Link<Joinable, Name>,
): Unknown {
  return oneOf(matches, `${source.resource.address} ${verb}`, value instanceof Unknown ? value.references : []);
}

/** Names that the plan does not tell, of those beside a target only. */
function nearSources<S extends Joinable, T extends Joinable>(
  namedFrom: (target: T) => NamedFrom<S>,
): (target: T) => NamedFrom<S> {
  const nearOf = once((possible: NamedFrom<S>["possible"]) => {
    // The targets of one provider configuration and region have the same ones.
    const found = new Map<string, NamedFrom<S>["possible"]>();
    return ({ resource }: Joinable) =>
      getOrAdd(found, `${resource.region} ${resource.providerKey}`, () =>
        possible.filter(({ source }) => sameProvider(source.resource, resource)),
      );
  });
  return (target) => {
    const { certain, possible } = namedFrom(target);
    return { certain, possible: nearOf(possible)(target) };
  };
}
