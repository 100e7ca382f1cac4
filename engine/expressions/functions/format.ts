import { convert } from "../convert.ts";
import { jsonOf, quote } from "../json.ts";
import { formatNumber, isInteger, type Num, toBigInt } from "../number.ts";
import { concatenated } from "../text.ts";
import { EvaluationError, holeOf, isSensitive, list, marked, text, tuple, type Value } from "../value.ts";

/** One verb of a format: `%-10.2f`. */
interface Verb {
  readonly flags: string;
  readonly width: number | null;
  readonly precision: number | null;
  /** From 1; null for the next argument. */
  readonly argument: number | null;
  readonly letter: string;
}

const verb = /%([-+ 0#]*)(\d+)?(?:\.(\d*))?(?:\[(\d+)\])?([a-zA-Z%])/y;

/** Widths that people write. */
const widest = 10_000;

/** Source: Terraform's documentation, "format Function"; `FormatFunc` of zclconf/go-cty. */
export function format(pattern: Value, args: readonly Value[]): Value {
  if (pattern.kind !== "string") return holeOf("string", [pattern, ...args]);
  const parts: Value[] = [];
  let next = 0;
  let most = 0;
  for (const piece of piecesOf(pattern.value)) {
    if (typeof piece === "string") parts.push(text(piece));
    else {
      const at = piece.argument === null ? next : piece.argument - 1;
      next = at + 1;
      most = Math.max(most, next);
      const arg = args[at];
      if (arg === undefined) throw new EvaluationError("a format has more verbs than arguments");
      parts.push(formatted(piece, arg));
    }
  }
  if (most < args.length) throw new EvaluationError("a format has more arguments than verbs");
  const result = concatenated(parts);
  return marked(result, pattern.sensitive === true || args.some(isSensitive));
}

function piecesOf(pattern: string): (string | Verb)[] {
  const pieces: (string | Verb)[] = [];
  let at = 0;
  for (let percent = pattern.indexOf("%"); percent !== -1; percent = pattern.indexOf("%", at)) {
    pieces.push(pattern.slice(at, percent));
    const found = verbAt(pattern, percent);
    pieces.push(found.letter === "%" ? "%" : found);
    at = verb.lastIndex;
  }
  return [...pieces, pattern.slice(at)];
}

function verbAt(pattern: string, at: number): Verb {
  verb.lastIndex = at;
  const [whole, flags = "", width, precision, index, letter = ""] = verb.exec(pattern) ?? [];
  const numbers = [width, precision, index].map((digits) => (digits === undefined ? null : Number(digits)));
  if (whole === undefined || numbers.some((each) => (each ?? 0) > widest))
    throw new EvaluationError("a format has a verb that is none");
  const [own = null, places = null, argument = null] = numbers;
  return { flags, letter, width: own, precision: places, argument };
}

function formatted(piece: Verb, arg: Value): Value {
  const { letter, flags } = piece;
  // Terraform itself makes an unknown value of it.
  if (arg.kind === "null") return holeOf("string", [arg], "null in a format");
  if (letter === "v") return flags.includes("#") ? jsonOf(arg) : defaultForm(piece, arg);
  switch (letter) {
    case "s":
      return textual(piece, convert(arg, "string"), (value) => value);
    case "q":
      return textual(piece, convert(arg, "string"), quote);
    case "t": {
      const value = convert(arg, "bool");
      if (value.kind === "hole") return holeOf("string", [value]);
      return padded(piece, value.kind === "bool" && value.value ? "true" : "false");
    }
  }
  const value = convert(arg, "number");
  if (value.kind === "hole") return holeOf("string", [value]);
  if (value.kind !== "number") throw new EvaluationError("a number required");
  return numeric(piece, value.value);
}

function defaultForm(piece: Verb, arg: Value): Value {
  switch (arg.kind) {
    case "string":
      return textual(piece, arg, (value) => value);
    case "hole":
      return textual(piece, arg.type === "string" ? arg : holeOf("string", [arg]), (value) => value);
    case "number":
      return numeric({ ...piece, letter: "g" }, arg.value);
    case "bool":
      return padded(piece, arg.value ? "true" : "false");
    default:
      return jsonOf(arg);
  }
}

/** A hole stays one where nothing is padded or cut. */
function textual(piece: Verb, value: Value, change: (value: string) => string): Value {
  if (value.kind === "string") {
    const characters = [...value.value];
    const cut = piece.precision === null ? value.value : characters.slice(0, piece.precision).join("");
    return padded(piece, change(cut));
  }
  const isPlain = piece.width === null && piece.precision === null && piece.letter !== "q";
  return isPlain ? value : holeOf("string", [value]);
}

function padded({ width, flags }: Verb, value: string): Value {
  if (width === null) return text(value);
  const missing = Math.max(0, width - [...value].length);
  if (flags.includes("-")) return text(value + " ".repeat(missing));
  if (flags.includes("0")) {
    const sign = /^[-+ ]/.exec(value)?.[0] ?? "";
    return text(sign + "0".repeat(missing) + value.slice(sign.length));
  }
  return text(" ".repeat(missing) + value);
}

const bases: Readonly<Record<string, number>> = { d: 10, b: 2, o: 8, x: 16, X: 16 };

function numeric(piece: Verb, value: Num): Value {
  const { letter, flags } = piece;
  const digits = unsigned(piece, value);
  const sign = value.mantissa < 0n ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  return padded(piece, sign + (letter === letter.toUpperCase() ? digits.toUpperCase() : digits));
}

function unsigned({ letter, precision }: Verb, value: Num): string {
  const size: Num = value.mantissa < 0n ? { ...value, mantissa: -value.mantissa } : value;
  const base = bases[letter];
  if (base !== undefined) {
    if (!isInteger(value)) throw new EvaluationError("a whole number required");
    return toBigInt(size).toString(base);
  }
  switch (letter) {
    case "f":
    case "F":
      return fixed(formatNumber(size), precision ?? 6);
    case "e":
    case "E":
      return exponential(decimalOf(formatNumber(size)), precision ?? 6);
    case "g":
    case "G":
      return general(formatNumber(size), precision);
  }
  throw new EvaluationError("a format has a verb that is none");
}

/** `0.digits * 10 ** point`. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

function decimalOf(value: string): Decimal {
  const [whole = "", fraction = ""] = value.split(".");
  const all = `${whole}${fraction}`;
  const digits = all.replace(/^0+/, "");
  return { digits: digits.replace(/0+$/, ""), point: whole.length - (all.length - digits.length) };
}

/** With a number of digits, to the even one of two. */
function roundedTo({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits: digits.padEnd(count, "0"), point };
  if (count < 0) return { digits: "", point };
  const kept = digits.slice(0, count);
  const rest = digits.slice(count);
  const isOdd = Number(kept.at(-1) ?? "0") % 2 === 1;
  const isUp = rest > "5" && !/^50*$/.test(rest) ? true : /^50*$/.test(rest) && isOdd;
  if (!isUp) return { digits: kept, point };
  const up = (BigInt(kept === "" ? "0" : kept) + 1n).toString().padStart(count, "0");
  return up.length > count ? { digits: up, point: point + 1 } : { digits: up, point };
}

function fixed(value: string, places: number): string {
  const exact = decimalOf(value);
  const { digits, point } = roundedTo(exact, exact.point + places);
  const all = digits.padStart(places + 1 - Math.min(0, point) + Math.max(0, point), "0").replace(/^0+(?=\d)/, "");
  const padded = all.padStart(places + 1, "0");
  const whole = padded.slice(0, padded.length - places);
  return places === 0 ? whole : `${whole}.${padded.slice(padded.length - places)}`;
}

function exponential(value: Decimal, places: number): string {
  const isZero = value.digits === "";
  const { digits, point } = isZero ? { digits: "0", point: 1 } : roundedTo(value, places + 1);
  const padded = digits.padEnd(places + 1, "0").slice(0, places + 1);
  const power = Math.abs(point - 1)
    .toString()
    .padStart(2, "0");
  const fraction = places === 0 ? "" : `.${padded.slice(1)}`;
  return `${padded.charAt(0)}${fraction}e${point - 1 < 0 ? "-" : "+"}${power}`;
}

/** Source: `%g` of Go's math/big: an exponent below -4 and from 6 or the precision on. */
function general(value: string, precision: number | null): string {
  const exact = decimalOf(value);
  const rounded = precision === null ? exact : roundedTo(exact, Math.max(1, precision));
  const decimal = { ...rounded, digits: rounded.digits.replace(/0+$/, "") };
  const power = decimal.point - 1;
  const most = precision === null ? 6 : Math.max(1, precision);
  if (decimal.digits !== "" && (power < -4 || power >= most))
    return exponential(decimal, Math.max(0, decimal.digits.length - 1));
  const places = Math.max(0, decimal.digits.length - decimal.point);
  return decimal.digits === "" ? "0" : placed(decimal, places);
}

function placed({ digits, point }: Decimal, places: number): string {
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const whole = padded.slice(0, padded.length - places);
  return places === 0 ? whole : `${whole}.${padded.slice(padded.length - places)}`;
}

/** Each of the lists gives its elements in turn. */
export function formatList(pattern: string, args: readonly Value[]): Value {
  const lengths = args.flatMap((arg) => (arg.kind === "sequence" ? [arg.elements.length] : []));
  const length = lengths[0] ?? 1;
  if (lengths.some((each) => each !== length)) throw new EvaluationError("lists of different lengths");
  const made = Array.from({ length }, (_, at) =>
    format(
      text(pattern),
      args.map((arg) => (arg.kind === "sequence" ? (arg.elements[at] ?? tuple([])) : arg)),
    ),
  );
  return list(made, "string");
}
