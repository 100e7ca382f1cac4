import { largest } from "../lists.ts";

/**
 * A number as Terraform holds it: `mantissa * 2 ** exponent`, with as many bits as `precision` says. Written numbers have
 * 512 bits, the results of functions on floating-point numbers 53. Source: `cty.ParseNumberVal` of zclconf/go-cty.
 */
export interface Num {
  readonly mantissa: bigint;
  readonly exponent: number;
  readonly precision: number;
}

const written = 512;

/** Numbers with more digits are none that a configuration holds. */
const longestText = 1000;

export function integer(value: number | bigint): Num {
  return rounded(BigInt(value), 0, written);
}

/** A floating-point number as it is. */
export function float(value: number): Num {
  const shift = value === Math.trunc(value) && Math.abs(value) < 2 ** 53 ? 0 : 1074;
  if (shift === 0) return { ...rounded(BigInt(value), 0, 53), precision: 53 };
  // Times two until it is whole: exact for every double.
  let mantissa = value;
  let exponent = 0;
  while (mantissa !== Math.trunc(mantissa)) {
    mantissa *= 2;
    exponent -= 1;
  }
  return rounded(BigInt(mantissa), exponent, 53);
}

const decimal = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:[eE]([+-]?\d+))?$/;

/** Null where the text is no number. */
export function parseNumber(text: string): Num | null {
  const [, sign, whole = "", fraction = "", only = "", power = "0"] = decimal.exec(text) ?? [];
  if (sign === undefined || text.length > longestText) return null;
  const digits = BigInt(`${whole}${fraction}${only}`);
  const exponent = Number(power) - fraction.length - only.length;
  if (Math.abs(exponent) > longestText) return null;
  const signed = sign === "-" ? -digits : digits;
  if (exponent >= 0) return rounded(signed * 10n ** BigInt(exponent), 0, written);
  return quotient(signed, 10n ** BigInt(-exponent), 0, written);
}

/** Numbers beyond are none that a configuration holds. */
const largestExponent = 20_000;

/** To the nearest that has `precision` bits, and to the even one of two; without zeros at the end. */
function rounded(mantissa: bigint, exponent: number, precision: number, isInexact = false): Num {
  if (mantissa === 0n) return { mantissa, exponent: 0, precision };
  if (Math.abs(exponent) > largestExponent) throw new RangeError("the number is too large");
  const isNegative = mantissa < 0n;
  let size = isNegative ? -mantissa : mantissa;
  let power = exponent;
  const excess = bits(size) - precision;
  if (excess > 0) {
    const shift = BigInt(excess);
    const rest = size & ((1n << shift) - 1n);
    const half = 1n << (shift - 1n);
    size >>= shift;
    power += excess;
    if (rest > half || (rest === half && (isInexact || (size & 1n) === 1n))) size += 1n;
  }
  while ((size & 0xffffn) === 0n) {
    size >>= 16n;
    power += 16;
  }
  while ((size & 1n) === 0n) {
    size >>= 1n;
    power += 1;
  }
  return { mantissa: isNegative ? -size : size, exponent: power, precision };
}

function bits(size: bigint): number {
  const hex = size.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex.charAt(0), 16)));
}

function quotient(dividend: bigint, divisor: bigint, exponent: number, precision: number): Num {
  const shift = BigInt(precision + 2 + Math.max(0, bits(divisor < 0n ? -divisor : divisor)));
  const scaled = dividend << shift;
  const whole = scaled / divisor;
  return rounded(whole, exponent - Number(shift), precision, whole * divisor !== scaled);
}

/** The mantissas of two numbers at one exponent. */
function aligned(one: Num, other: Num): { one: bigint; other: bigint; exponent: number } {
  const exponent = Math.min(one.exponent, other.exponent);
  const at = ({ mantissa, exponent: own }: Num) => mantissa << BigInt(own - exponent);
  return { one: at(one), other: at(other), exponent };
}

function precisionOf(one: Num, other: Num): number {
  return Math.max(one.precision, other.precision);
}

export function add(one: Num, other: Num): Num {
  const { one: a, other: b, exponent } = aligned(one, other);
  return rounded(a + b, exponent, precisionOf(one, other));
}

export function negate(of: Num): Num {
  return { ...of, mantissa: -of.mantissa };
}

export function multiply(one: Num, other: Num): Num {
  return rounded(one.mantissa * other.mantissa, one.exponent + other.exponent, precisionOf(one, other));
}

/** @throws RangeError for zero as the divisor */
export function divide(one: Num, other: Num): Num {
  if (other.mantissa === 0n) throw new RangeError("division by zero");
  return quotient(one.mantissa, other.mantissa, one.exponent - other.exponent, precisionOf(one, other));
}

/** What is left of a division without fraction, with the sign of the dividend. */
export function remainder(one: Num, other: Num): Num {
  if (other.mantissa === 0n) throw new RangeError("division by zero");
  const { one: a, other: b, exponent } = aligned(one, other);
  return rounded(a % b, exponent, precisionOf(one, other));
}

export function compare(one: Num, other: Num): number {
  const { one: a, other: b } = aligned(one, other);
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isInteger({ exponent, mantissa }: Num): boolean {
  return exponent >= 0 || mantissa === 0n;
}

/** Null where it is none, or too large to count with. */
export function toInteger(of: Num): number | null {
  if (!isInteger(of) || of.exponent > 64) return null;
  const value = Number(of.mantissa << BigInt(of.exponent));
  return Number.isSafeInteger(value) ? value : null;
}

/** The whole part, towards zero. */
export function truncate(of: Num): Num {
  if (isInteger(of)) return of;
  const size = of.mantissa < 0n ? -of.mantissa : of.mantissa;
  const whole = size >> BigInt(-of.exponent);
  return rounded(of.mantissa < 0n ? -whole : whole, 0, of.precision);
}

export function toFloat(of: Num): number {
  return Number(formatNumber(of));
}

export function toBigInt(of: Num): bigint {
  const whole = truncate(of);
  return whole.mantissa << BigInt(whole.exponent);
}

/** As Terraform writes it in texts: all digits, no exponent, the shortest form that reads back the same. */
export function formatNumber(of: Num): string {
  if (isInteger(of)) return (of.mantissa << BigInt(of.exponent)).toString();
  const isNegative = of.mantissa < 0n;
  const text = shortest(isNegative ? -of.mantissa : of.mantissa, -of.exponent, of.precision);
  return isNegative ? `-${text}` : text;
}

/** `size / 2 ** power` in digits. Source: `roundShortest` of Go's math/big. */
function shortest(size: bigint, power: number, precision: number): string {
  const shift = BigInt(Math.max(0, precision - bits(size)));
  // Half of what the last bit is worth, on both sides.
  const mantissa = (size << shift) * 2n;
  const places = power + Number(shift) + 1;
  const scale = 5n ** BigInt(places);
  const texts = [mantissa - 1n, mantissa, mantissa + 1n].map((each) => (each * scale).toString());
  const length = largest(texts.map((text) => text.length));
  const [lower = "", exact = "", upper = ""] = texts.map((text) => text.padStart(length, "0"));
  const isInclusive = ((size << shift) & 1n) === 0n;
  for (let at = 0; at < length; at += 1) {
    const [low, digit, high] = [lower.charAt(at), exact.charAt(at), upper.charAt(at)];
    const canDown = low !== digit || (isInclusive && at + 1 === length);
    const canUp = digit !== high && (isInclusive || Number(digit) + 1 < Number(high) || at + 1 < length);
    if (!canDown && !canUp) continue;
    const kept = BigInt(exact.slice(0, at + 1));
    const rest = exact.slice(at + 1);
    const isAboveHalf = rest > "5".padEnd(rest.length, "0") || (/^50*$/.test(rest) && (kept & 1n) === 1n);
    const isUp = canDown && canUp ? isAboveHalf : canUp;
    return placed(isUp ? kept + 1n : kept, length - at - 1 - places);
  }
  return placed(BigInt(exact), -places);
}

/** Digits with a decimal point, `power` of ten. */
function placed(digits: bigint, power: number): string {
  const text = digits.toString();
  if (power >= 0) return text + "0".repeat(power);
  const padded = text.padStart(1 - power, "0");
  const fraction = padded.slice(power).replace(/0+$/, "");
  const whole = padded.slice(0, power);
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
