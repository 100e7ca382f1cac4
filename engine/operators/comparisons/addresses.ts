import { type AddressRange, isWithin, overlap, parseRange } from "../../network/address-ranges.ts";
import type { Truth } from "../../three-valued.ts";
import { anyPattern, testText } from "./texts.ts";

/** Whether the address or range lies within one of the ranges. */
export function withinAnyCidr(fact: unknown, ranges: unknown): Truth {
  return anyPattern(ranges, (range) => testText(fact, (text) => relate(text, range, isWithin)));
}

/** Whether the address or range has an address in common with one of the ranges. */
export function overlapsAnyCidr(fact: unknown, ranges: unknown): Truth {
  return anyPattern(ranges, (range) => testText(fact, (text) => relate(text, range, overlap)));
}

/** Why a text is no range of addresses; null where it is one. */
export function mistakeInCidr(text: string): string | null {
  return parseRange(text) === null ? `"${text}" is no range of addresses: 10.0.0.0/8, 2001:db8::/32` : null;
}

/** What is no address cannot be compared. */
function relate(fact: string, range: string, holds: (one: AddressRange, other: AddressRange) => boolean): Truth {
  const [one, other] = [parseRange(fact), parseRange(range)];
  return one === null || other === null ? null : holds(one, other);
}
