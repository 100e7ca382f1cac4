/** A range of addresses, as far as rules are judged by it. */
export interface Cidr {
  readonly version: 4 | 6;
  /** Length of the prefix in bits; 0 is every address. */
  readonly prefix: number;
  /** Whether it lies within what is never routed on the internet. */
  readonly isPrivate: boolean;
}

/** Source: RFC 1918, RFC 6598, RFC 3927, RFC 1122. */
const privateIpv4: readonly (readonly [network: string, prefix: number])[] = [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["127.0.0.0", 8],
];

/** Parses a CIDR block; null where the text is none. */
export function parseCidr(text: string): Cidr | null {
  const [address = "", length, ...rest] = text.trim().split("/");
  if (rest.length > 0 || length === undefined || !/^\d{1,3}$/.test(length)) return null;
  const prefix = Number(length);
  if (address.includes(":")) return prefix <= 128 ? ipv6(address, prefix) : null;
  const number = ipv4Number(address);
  if (number === null || prefix > 32) return null;
  return { version: 4, prefix, isPrivate: isWithin(number, prefix) };
}

/** IPv4 addresses mapped into IPv6 are IPv4's; unique local and link-local addresses are private. Source: RFC 4291, RFC 4193. */
function ipv6(address: string, prefix: number): Cidr | null {
  if (!/^[0-9a-f:.]+$/i.test(address)) return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const number = mapped === undefined ? null : ipv4Number(mapped);
  if (number !== null && prefix >= 96)
    return { version: 4, prefix: prefix - 96, isPrivate: isWithin(number, prefix - 96) };
  const isPrivate = (/^f[cd]/i.test(address) && prefix >= 7) || (/^fe[89ab]/i.test(address) && prefix >= 10);
  return { version: 6, prefix, isPrivate };
}

function isWithin(address: number, prefix: number): boolean {
  return privateIpv4.some(([network, length]) => {
    const base = ipv4Number(network);
    return base !== null && prefix >= length && Math.floor(address / 2 ** (32 - length)) === base / 2 ** (32 - length);
  });
}

function ipv4Number(address: string): number | null {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}
