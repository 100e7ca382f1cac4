import { EvaluationError, num, text, type Value } from "../value.ts";
import { define, type FunctionDefinition, str } from "./define.ts";

/** A moment: seconds since 1970, what is left in nanoseconds, and the offset of its clock in seconds. */
interface Moment {
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly offset: number;
}

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(?:Z|([+-])(\d\d):(\d\d))$/;

const monthNames = "January February March April May June July August September October November December".split(" ");
const dayNames = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** Days since 1970 of a day of the Gregorian calendar. Source: "chrono-Compatible Low-Level Date Algorithms". */
function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

function dateOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1 };
}

function momentOf(value: string): Moment {
  const [, ...found] = rfc3339.exec(value) ?? [];
  if (found.length === 0) throw new EvaluationError("the text is no time of RFC 3339");
  const [year, month, day, hour, minute, second] = found.slice(0, 6).map(Number);
  const fields = {
    year: year ?? 0,
    month: month ?? 0,
    day: day ?? 0,
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second ?? 0,
  };
  const days = daysOf(fields.year, fields.month, fields.day);
  const same = dateOf(days);
  const isDay = same.month === fields.month && same.day === fields.day;
  if (!isDay || fields.month > 12 || fields.hour > 23 || fields.minute > 59 || fields.second > 59)
    throw new EvaluationError("the text is no time of RFC 3339");
  const [fraction = "", sign, offsetHours, offsetMinutes] = found.slice(6);
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHours ?? 0) * 3600 + Number(offsetMinutes ?? 0) * 60);
  const local = days * 86400 + fields.hour * 3600 + fields.minute * 60 + fields.second;
  return { seconds: local - offset, nanoseconds: Number(fraction.padEnd(9, "0")), offset };
}

interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly offset: number;
}

function clockOf({ seconds, offset }: Moment): Clock {
  const local = seconds + offset;
  const days = Math.floor(local / 86400);
  const rest = local - days * 86400;
  return {
    ...dateOf(days),
    weekday: (((days + 4) % 7) + 7) % 7,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
    offset,
  };
}

const two = (value: number) => value.toString().padStart(2, "0");

function offsetText(offset: number, between: string): string {
  const size = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 3600))}${between}${two(Math.floor((size % 3600) / 60))}`;
}

/** Source: Terraform's documentation, "formatdate Function". */
const forms: Readonly<Record<string, (clock: Clock) => string>> = {
  YYYY: ({ year }) => year.toString().padStart(4, "0"),
  YY: ({ year }) => two(year % 100),
  MMMM: ({ month }) => monthNames[month - 1] ?? "",
  MMM: ({ month }) => (monthNames[month - 1] ?? "").slice(0, 3),
  MM: ({ month }) => two(month),
  M: ({ month }) => month.toString(),
  DD: ({ day }) => two(day),
  D: ({ day }) => day.toString(),
  EEEE: ({ weekday }) => dayNames[weekday] ?? "",
  EEE: ({ weekday }) => (dayNames[weekday] ?? "").slice(0, 3),
  hh: ({ hour }) => two(hour),
  h: ({ hour }) => hour.toString(),
  HH: ({ hour }) => two(hour % 12 === 0 ? 12 : hour % 12),
  H: ({ hour }) => (hour % 12 === 0 ? 12 : hour % 12).toString(),
  AA: ({ hour }) => (hour < 12 ? "AM" : "PM"),
  aa: ({ hour }) => (hour < 12 ? "am" : "pm"),
  mm: ({ minute }) => two(minute),
  m: ({ minute }) => minute.toString(),
  ss: ({ second }) => two(second),
  s: ({ second }) => second.toString(),
  ZZZZZ: ({ offset }) => offsetText(offset, ":"),
  ZZZZ: ({ offset }) => offsetText(offset, ""),
  ZZZ: ({ offset }) => (offset === 0 ? "UTC" : offsetText(offset, "")),
  Z: ({ offset }) => (offset === 0 ? "Z" : offsetText(offset, ":")),
};

function formatdate([format, time]: readonly Value[]): Value {
  const clock = clockOf(momentOf(str(time)));
  const result = str(format).replace(
    /'((?:[^']|'')*)('?)|([A-Za-z])\3*/g,
    (whole, literal: string | undefined, end) => {
      if (literal !== undefined) {
        if (end === "") throw new EvaluationError("a quote is not closed");
        return literal.replaceAll("''", "'");
      }
      const form = Object.hasOwn(forms, whole) ? forms[whole] : undefined;
      if (form === undefined) throw new EvaluationError("a format of times has a verb that is none");
      return form(clock);
    },
  );
  return text(result);
}

const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** In nanoseconds. Source: `time.ParseDuration` of Go. */
function durationOf(value: string): number {
  const [, sign, body] = /^([+-]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(value) ?? [];
  if (body === undefined) throw new EvaluationError("the text is no duration");
  const parts = [...body.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)];
  const size = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? 0), 0);
  return sign === "-" ? -size : size;
}

function timeadd([time, duration]: readonly Value[]): Value {
  const from = momentOf(str(time));
  const by = durationOf(str(duration));
  const nanoseconds = from.nanoseconds + (by % 1e9);
  const seconds = from.seconds + Math.trunc(by / 1e9) + Math.floor(nanoseconds / 1e9);
  const { year, month, day, hour, minute, second, offset } = clockOf({ ...from, seconds });
  const zone = offset === 0 ? "Z" : offsetText(offset, ":");
  const date = `${year.toString().padStart(4, "0")}-${two(month)}-${two(day)}`;
  return text(`${date}T${two(hour)}:${two(minute)}:${two(second)}${zone}`);
}

function timecmp([one, other]: readonly Value[]): Value {
  const [a, b] = [momentOf(str(one)), momentOf(str(other))];
  return num(Math.sign(a.seconds - b.seconds || a.nanoseconds - b.nanoseconds));
}

export const dateFunctions: Readonly<Record<string, FunctionDefinition>> = {
  formatdate: define(["string", "string"], "string", formatdate),
  timeadd: define(["string", "string"], "string", timeadd),
  timecmp: define(["string", "string"], "number", timecmp),
};
