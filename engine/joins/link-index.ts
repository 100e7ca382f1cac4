import type { PlanResource } from "../plan/read.ts";
import { Unknown } from "../plan/unknown.ts";
import { type Join, type Joinable, oneOf } from "./join.ts";
import type { Link, Linked, Place, Sources } from "./links.ts";
import { getOrAdd, lazy } from "./maps.ts";
import type { Look } from "./name-index.ts";
import { type Name, typeOf } from "./names.ts";
import { sameProvider } from "./where.ts";

/** A source that may name a target, and why that is not certain. */
interface Possible<S> {
  readonly source: S;
  readonly unknown: Unknown;
}

/** A source that names a target, and how that was found. */
interface Certain<S> {
  readonly source: S;
  readonly by: string;
}

/** The sources that name a target, in the order of the plan. */
export interface NamedFrom<S> {
  readonly certain: readonly Certain<S>[];
  readonly possible: readonly Possible<S>[];
}

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

interface Entry<S> extends Possible<S> {
  readonly at: number;
}

/** Worked out when it is first asked for. */
export function createLinkIndex(
  link: Link<Joinable, Name>,
  sources: Sources,
  joinOf: (place: Place, source: Joinable) => Join<Joinable>,
  look: Look,
): LinkIndex<Joinable, Joinable> {
  type Found = Linked<Joinable, Joinable>;
  const all = lazy(() =>
    link
      .read(sources)
      .flatMap(({ source, places }) =>
        places.map((place): Found => ({ ...place, source, join: joinOf(place, source) })),
      ),
  );
  const bySource = lazy(() => {
    const found = new Map<Joinable, Found[]>();
    for (const each of all()) getOrAdd(found, each.source, () => []).push(each);
    return found;
  });
  const reversed = lazy(() => reverse(all(), link, look));
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
  { source: { resource }, path, value, join, isWritten, type }: Linked<Joinable, Joinable>,
  { to, isOfManyTypes }: Link<Joinable, Name>,
): ResourceJoin[] {
  if (!isWritten || (isOfManyTypes === true && join.kind === "none")) return [];
  return [{ resource, path, value, to: type ?? typeOf(to), isImage: to === "image", join }];
}

function reverse<S extends Joinable, T extends Joinable>(
  all: readonly Linked<S, T>[],
  link: Link<Joinable, Name>,
  look: Look,
): (target: T) => NamedFrom<S> {
  const certain = new Map<T, Certain<S>[]>();
  // Many sources may name the same several targets: these stand once.
  const severals = new Map<readonly T[], Entry<S>[]>();
  const severalOf = new Map<T, (readonly T[])[]>();
  const unknown: Entry<S>[] = [];
  for (const [at, found] of all.entries()) {
    const { join, source } = found;
    if (join.kind === "one") getOrAdd(certain, join.match, () => []).push({ source, by: join.by });
    else if (join.kind === "unknown") unknown.push({ source, unknown: join.unknown, at });
    else if (join.kind === "several") {
      const entries = getOrAdd(severals, join.matches, () => []);
      if (entries.length === 0)
        for (const match of join.matches) getOrAdd(severalOf, match, () => []).push(join.matches);
      entries.push({ source, unknown: whichOf(found, join.matches, link), at });
    }
  }
  look(all.length);
  const near = nearEntries(unknown);
  return (target) => {
    const open = link.isNear === true ? near(target) : unknown;
    const others = (severalOf.get(target) ?? []).map((matches) => severals.get(matches) ?? []);
    const lists = [open, ...others].filter(({ length }) => length > 0);
    const possible = lists.length > 1 ? lists.flat().sort((one, other) => one.at - other.at) : (lists[0] ?? []);
    return { certain: certain.get(target) ?? [], possible };
  };
}

function whichOf(
  { source, value }: Linked<Joinable, Joinable>,
  matches: readonly Joinable[],
  { several }: Link<Joinable, Name>,
) {
  if (several === undefined) return oneOf(matches);
  return new Unknown(
    "no-join",
    value instanceof Unknown ? value.references : [],
    `${source.resource.address} ${several}`,
  );
}

/** The entries beside a target; the targets of one provider configuration and region have the same ones. */
function nearEntries<S extends Joinable>(entries: readonly Entry<S>[]): (target: Joinable) => readonly Entry<S>[] {
  const found = new Map<string, readonly Entry<S>[]>();
  return ({ resource }) =>
    getOrAdd(found, `${resource.region} ${resource.providerKey}`, () =>
      entries.filter(({ source }) => sameProvider(source.resource, resource)),
    );
}
