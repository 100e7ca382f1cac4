import ipaddr, { type IPv4, type IPv6 } from "ipaddr.js";

type Address = IPv4 | IPv6;

/** A range of addresses: those that have the first bits of an address. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly address: Address;
  /** The number of these bits; 0 is every address. */
  readonly prefix: number;
}

/**
 * Reads an address, which is the range of itself, or a CIDR block; null where the text is neither. IPv4 addresses mapped
 * into IPv6 are IPv4's. Shorter forms of IPv4 (10.1, 0x0a000001, 010.0.0.1) mean something else to other readers.
 */
export function parseRange(text: string): AddressRange | null {
  const [written = "", length, ...rest] = text.trim().split("/");
  if (rest.length > 0 || !isAddress(written)) return null;
  const address = ipaddr.parse(written);
  const longest = address.kind() === "ipv4" ? 32 : 128;
  if (length !== undefined && (!/^\d{1,3}$/.test(length) || Number(length) > longest)) return null;
  const prefix = length === undefined ? longest : Number(length);
  return "isIPv4MappedAddress" in address && address.isIPv4MappedAddress() && prefix >= 96
    ? { version: 4, address: address.toIPv4Address(), prefix: prefix - 96 }
    : { version: address.kind() === "ipv4" ? 4 : 6, address, prefix };
}

function isAddress(text: string): boolean {
  return text.includes(":")
    ? !text.includes("%") && ipaddr.IPv6.isValid(text)
    : /^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text) && ipaddr.IPv4.isValid(text);
}

/** Whether every address of one range is in the other. */
export function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return (
    inner.version === outer.version && inner.prefix >= outer.prefix && inner.address.match(outer.address, outer.prefix)
  );
}

/** Whether the ranges have an address in common. */
export function overlap(one: AddressRange, other: AddressRange): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** What is never routed on the internet. Source: RFC 1918, RFC 6598, RFC 3927, RFC 1122, RFC 4193, RFC 4291. */
const privateTexts = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1/128",
];

/** Read when the first range is compared with them, as that takes a start-up's time. */
let privateRanges: readonly AddressRange[] | null = null;

/** Whether the whole range lies within what is never routed on the internet. */
export function isPrivateRange(range: AddressRange): boolean {
  privateRanges ??= privateTexts.flatMap((text) => parseRange(text) ?? []);
  return privateRanges.some((outer) => isWithin(range, outer));
}

/**
 * The prefix as that of a range of IPv4 that is as wide. One customer or host of IPv6 gets a /64 at least, as one of IPv4 gets
 * an address, so that a /56 there is what a /24 is. Source: RFC 6177.
 */
export function comparablePrefix({ version, prefix }: AddressRange): number {
  return version === 6 ? prefix - 32 : prefix;
}

/** The first address of a range, as a text whose order is that of addresses. */
export function firstAddress({ version, address, prefix }: AddressRange): string {
  return ordered(version, bitsFrom(address.toByteArray(), prefix, 0));
}

/** The last address of a range, in the same form. */
export function lastAddress({ version, address, prefix }: AddressRange): string {
  return ordered(version, bitsFrom(address.toByteArray(), prefix, 255));
}

function ordered(version: 4 | 6, bytes: readonly number[]): string {
  return `${version}:${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** The bytes with all bits behind the prefix those of `fill`. */
function bitsFrom(bytes: readonly number[], prefix: number, fill: 0 | 255): number[] {
  return bytes.map((byte, at) => {
    const kept = Math.min(8, Math.max(0, prefix - at * 8));
    const mask = (0xff << (8 - kept)) & 0xff;
    return (byte & mask) | (fill & ~mask & 0xff);
  });
}
