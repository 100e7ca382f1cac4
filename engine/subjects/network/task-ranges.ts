import type { Launch } from "../../joins/launches.ts";
import { getOrAdd } from "../../joins/maps.ts";
import {
  type AddressRange,
  firstAddress,
  isPrivateRange,
  lastAddress,
  parseRange,
} from "../../network/address-ranges.ts";
import { once } from "../../once.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import type { Rule } from "./rules.ts";

/** The subnet of tasks, by its first address. */
interface TaskSubnet {
  readonly first: string;
  readonly launches: ReadonlySet<Launch>;
}

/** A finding names few. */
const mostNamed = 4;

/**
 * The launch points whose subnets lie within the private ranges of an ingress rule, those left out that have the group
 * themselves. Where no range covers any, subnets that the plan does not tell leave it open.
 */
export function servicesInRanges(
  { cidrs, direction }: Pick<Rule, "cidrs" | "direction">,
  users: readonly Maybe<string>[],
  context: JoinContext,
): Maybe<string>[] {
  if (direction === "egress") return [];
  const { sorted, hidden } = taskSubnets(context);
  const all = elementsOf(cidrs);
  const ranges = all
    .flatMap((cidr) => (cidr instanceof Unknown ? [] : (parseRange(cidr) ?? [])))
    .filter(isPrivateRange);
  const own = new Set(users);
  const found = [...new Set(ranges.flatMap((range) => launchesWithin(range, sorted, own)))];
  if (found.length > 0) return found.slice(0, mostNamed);
  const hasTasks = sorted.length > 0 || hidden !== null;
  const unknown = hasTasks ? all.find((cidr) => cidr instanceof Unknown) : undefined;
  const open = unknown ?? (ranges.length > 0 ? hidden : null);
  return open === null ? [] : [open];
}

/** Few of the launch points in a range. */
function launchesWithin(
  range: AddressRange,
  sorted: readonly TaskSubnet[],
  own: ReadonlySet<Maybe<string>>,
): readonly string[] {
  const last = lastAddress(range);
  const found: string[] = [];
  for (let at = firstNotBefore(sorted, firstAddress(range)); ; at += 1) {
    const subnet = sorted[at];
    if (subnet === undefined || subnet.first > last) return found;
    for (const { resource } of subnet.launches) {
      if (!own.has(resource.address)) found.push(resource.address);
      if (found.length === mostNamed) return found;
    }
  }
}

/** The position of the first subnet that does not begin before an address. */
function firstNotBefore(sorted: readonly TaskSubnet[], first: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sorted[middle]?.first ?? "") < first) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The subnets that launch points name, in the order of their addresses, and why there may be others. */
const taskSubnets = once((context: JoinContext) => {
  const named = context.joins.launches().flatMap((launch) => subnetsOf(launch, context));
  const byFirst = new Map<string, Set<Launch>>();
  for (const { launch, range } of named)
    if (!(range instanceof Unknown)) getOrAdd(byFirst, firstAddress(range), () => new Set<Launch>()).add(launch);
  const sorted = [...byFirst]
    .map(([first, launches]): TaskSubnet => ({ first, launches }))
    .sort((one, other) => (one.first < other.first ? -1 : 1));
  const hidden = named.find(({ range }) => range instanceof Unknown)?.range;
  return { sorted, hidden: hidden instanceof Unknown ? hidden : null };
});

/** The ranges of the subnets that a launch point names. */
function subnetsOf(launch: Launch, { joins }: JoinContext) {
  const elsewhere = new Unknown("no-join", [], "the address range of a subnet outside of this plan");
  return joins
    .each(launch, "usedSubnet")
    .flatMap(({ join, value }): { launch: Launch; range: Maybe<AddressRange> }[] => {
      const subnets = join.kind === "one" ? [join.match] : join.kind === "several" ? join.matches : [];
      if (subnets.length === 0) return [{ launch, range: value instanceof Unknown ? value : elsewhere }];
      return subnets.map(({ attributes }) => ({ launch, range: rangeOf(attributes.cidr_block.value) }));
    });
}

function rangeOf(cidr: Maybe<string | null>): Maybe<AddressRange> {
  if (cidr instanceof Unknown) return cidr;
  return parseRange(cidr ?? "") ?? new Unknown("unexpected-shape");
}
