import type { IPv4, IPv6 } from "ipaddr.js";
import { anyPattern, testText } from "./texts.ts";
import type { Truth } from "./truth.ts";

type Parser = typeof import("ipaddr.js");
type Block = readonly [address: IPv4 | IPv6, prefix: number];

/** Loaded when a policy first needs it: the shipped ones do not, and it costs start-up time. */
let parser: Parser | null = null;

export async function loadAddresses(): Promise<void> {
  parser ??= (await import("ipaddr.js")).default;
}

/** Whether the address or range lies within one of the ranges. */
export function withinAnyCidr(fact: unknown, ranges: unknown): Truth {
  return anyPattern(ranges, (range) => testText(fact, (text) => relate(text, range, isWithin)));
}

/** Whether the address or range has an address in common with one of the ranges. */
export function overlapsAnyCidr(fact: unknown, ranges: unknown): Truth {
  const overlaps = (one: Block, other: Block) => isWithin(one, other) || isWithin(other, one);
  return anyPattern(ranges, (range) => testText(fact, (text) => relate(text, range, overlaps)));
}

/** Why a text is no range of addresses; null where it is one. */
export function mistakeInCidr(text: string): string | null {
  return blockOf(text) === null ? `"${text}" is no range of addresses: 10.0.0.0/8, 2001:db8::/32` : null;
}

/** What is no address cannot be compared. */
function relate(fact: string, range: string, holds: (one: Block, other: Block) => boolean): Truth {
  const [one, other] = [blockOf(fact), blockOf(range)];
  return one === null || other === null ? null : holds(one, other);
}

function isWithin([address, prefix]: Block, [outer, outerPrefix]: Block): boolean {
  return address.kind() === outer.kind() && prefix >= outerPrefix && address.match(outer, outerPrefix);
}

/** An address alone is the range of itself; an IPv4 address mapped into IPv6 is IPv4's. */
function blockOf(text: string): Block | null {
  if (parser === null) throw new TypeError("loadAddresses() must come before a comparison of addresses");
  // Shorter forms of IPv4 (10.1, 0x0a000001) mean something else to other readers.
  if (!text.includes(":") && !/^\d+\.\d+\.\d+\.\d+(?:\/\d+)?$/.test(text)) return null;
  const found: Block | null = parser.isValidCIDR(text)
    ? parser.parseCIDR(text)
    : parser.isValid(text)
      ? [parser.parse(text), text.includes(":") ? 128 : 32]
      : null;
  if (found === null) return null;
  const [address, prefix] = found;
  return "isIPv4MappedAddress" in address && address.isIPv4MappedAddress() && prefix >= 96
    ? [address.toIPv4Address(), prefix - 96]
    : found;
}
