import { largest } from "../lists.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";

const daysPerUnit: Readonly<Record<string, number>> = { minute: 1 / 1440, hour: 1 / 24, day: 1 };

/**
 * The longest time in days that a schedule lets pass between two runs; null where it does not recur for ever (`at(…)`,
 * a cron expression for some years). Several runs within a day count as one.
 * Source: EventBridge User Guide, "Setting a schedule pattern for scheduled rules", Scheduler User Guide, and Secrets
 * Manager User Guide, "Schedule expressions", whose form is the same.
 */
export function longestGapInDays(expression: string): Maybe<number | null> {
  const text = expression.trim();
  const rate = /^rate\(\s*([1-9]\d*)\s+(minute|hour|day)s?\s*\)$/.exec(text);
  if (rate !== null) return Number(rate[1]) * (daysPerUnit[rate[2] ?? ""] ?? 0);
  if (/^at\(.*\)$/.test(text)) return null;
  const fields = /^cron\((.*)\)$/.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  if (fields.length !== 6) return new Unknown("unexpected-shape");
  return cronGap(fields);
}

interface DayOfCalendar {
  readonly day: number;
  readonly month: number;
  /** Sunday is 1. */
  readonly weekday: number;
  readonly lastDay: number;
}

type DayTest = (date: DayOfCalendar) => boolean;

function cronGap([minute = "", hour = "", day = "", month = "", weekday = "", year = ""]: string[]): Maybe<
  number | null
> {
  const minutes = valuesOf(minute, { first: 0, last: 59 });
  const hours = valuesOf(hour, { first: 0, last: 23 });
  const months = valuesOf(month, { first: 1, last: 12, names: monthNames });
  const years = valuesOf(year, { first: 1970, last: 2199 });
  const ofMonth = dayOfMonth(day);
  const ofWeek = dayOfWeek(weekday);
  if (minutes === null || hours === null || months === null || years === null || ofMonth === null || ofWeek === null)
    return new Unknown("unexpected-shape");
  if (years.size < 230) return null;
  return longestGap((date) => months.has(date.month) && ofMonth(date) && ofWeek(date));
}

const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = { first: 1, last: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] };

/** The values that a field can have, with the names of some. */
interface FieldRange {
  readonly first: number;
  readonly last: number;
  readonly names?: readonly string[];
}

/** The values of a field: lists, ranges, steps, names; null where it is none. */
function valuesOf(field: string, range: FieldRange): Set<number> | null {
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const found = valuesOfPart(part, range);
    if (found === null) return null;
    for (const value of found) values.add(value);
  }
  return values;
}

function valuesOfPart(part: string, range: FieldRange): number[] | null {
  const match = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/([1-9]\d*))?$/.exec(part);
  if (match === null) return null;
  const [, all, start = "", end, step] = match;
  const { first, last } = range;
  const from = all === undefined ? numberOf(start, range) : first;
  const open = all !== undefined || step !== undefined ? last : from;
  const to = end === undefined ? open : numberOf(end, range);
  if (from === null || to === null) return null;
  const size = last - first + 1;
  // FRI-MON goes over the end.
  const length = to >= from ? to - from : to - from + size;
  const values: number[] = [];
  for (let at = 0; at <= length; at += Number(step ?? 1)) values.push(((from + at - first) % size) + first);
  return values;
}

function numberOf(text: string, { first, last, names = [] }: FieldRange): number | null {
  const name = names.indexOf(text.toUpperCase());
  const value = name === -1 ? (/^\d+$/.test(text) ? Number(text) : Number.NaN) : name + first;
  return value >= first && value <= last ? value : null;
}

/** `L` is the last day, `L-2` the second before it, `15W` the weekday nearest to the 15th, `LW` the last weekday. */
function dayOfMonth(field: string): DayTest | null {
  const last = /^L(?:-(\d+))?$/.exec(field);
  if (last !== null) return ({ day, lastDay }) => day === lastDay - Number(last[1] ?? 0);
  const nearest = /^(L|\d+)W$/.exec(field);
  if (nearest !== null) {
    const wanted = nearest[1] === "L" ? null : Number(nearest[1]);
    return wanted !== null && (wanted < 1 || wanted > 31) ? null : (date) => isNearestWeekday(date, wanted);
  }
  const days = valuesOf(field, { first: 1, last: 31 });
  return days === null ? null : ({ day }) => days.has(day);
}

/** A Saturday gives way to the Friday before and a Sunday to the Monday after, but not into another month. */
function isNearestWeekday({ day, weekday, lastDay }: DayOfCalendar, wanted: number | null): boolean {
  const target = wanted ?? lastDay;
  if (target > lastDay) return false;
  const targetWeekday = ((((weekday - 1 + target - day) % 7) + 7) % 7) + 1;
  if (targetWeekday === 7) return day === (target === 1 ? 3 : target - 1);
  if (targetWeekday === 1) return day === (target === lastDay ? target - 2 : target + 1);
  return day === target;
}

/** `5L` is the last Thursday of a month, `3#2` the second Tuesday, `L` Saturday. */
function dayOfWeek(field: string): DayTest | null {
  if (field === "L") return ({ weekday }) => weekday === 7;
  const special = /^(\w+?)(?:L|#([1-5]))$/.exec(field);
  if (special !== null) {
    const wanted = numberOf(special[1] ?? "", weekdays);
    if (wanted === null) return null;
    const [, , nth] = special;
    return ({ day, weekday, lastDay }) =>
      weekday === wanted && (nth === undefined ? day > lastDay - 7 : Math.ceil(day / 7) === Number(nth));
  }
  const days = valuesOf(field, weekdays);
  return days === null ? null : ({ weekday }) => days.has(weekday);
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** After 28 years the days of the week fall on the same dates again, between two centuries. */
const cycle = 28;

/** The longest gap between the days that a test accepts, over a whole cycle of the calendar; null where there are none. */
function longestGap(accepts: DayTest): number | null {
  const accepted: number[] = [];
  let number = 0;
  for (let year = 0; year < cycle; year += 1) {
    for (const [at, length] of monthLengths.entries()) {
      const lastDay = at === 1 && year % 4 === 3 ? 29 : length;
      for (let day = 1; day <= lastDay; day += 1) {
        if (accepts({ day, month: at + 1, weekday: (number % 7) + 1, lastDay })) accepted.push(number);
        number += 1;
      }
    }
  }
  const [first] = accepted;
  if (first === undefined) return null;
  return largest(accepted.map((day, at) => (accepted[at + 1] ?? first + number) - day));
}
