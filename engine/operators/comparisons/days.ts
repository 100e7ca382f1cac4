import { longestGapInDays } from "../../model/schedule-expression.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { Truth } from "../../three-valued.ts";

/** Compares a number of days, or a text that says how long or how often, with a number of days. */
export function compareDays(fact: unknown, days: unknown, holds: (fact: number, days: number) => boolean): Truth {
  if (fact instanceof Unknown || days instanceof Unknown) return null;
  if (fact === null || typeof days !== "number") return false;
  const found = typeof fact === "number" ? fact : typeof fact === "string" ? daysIn(fact) : null;
  return found === null ? null : holds(found, days);
}

const hoursPerUnit: Readonly<Record<string, number>> = {
  s: 1 / 3600,
  second: 1 / 3600,
  m: 1 / 60,
  minute: 1 / 60,
  h: 1,
  hour: 1,
  d: 24,
  day: 24,
  w: 168,
  week: 168,
};

/** `90`, `90d`, `90 days`, `720h`, `720h0m0s`, `P90D`, `PT12H`, `rate(30 days)`, `cron(…)`; null where it is none of them. */
function daysIn(text: string): number | null {
  const trimmed = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) return Number(trimmed);
  if (/^(?:rate|cron)\(/.test(trimmed)) {
    const gap = longestGapInDays(trimmed);
    return gap instanceof Unknown ? null : gap;
  }
  const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(trimmed);
  if (iso !== null && /\d/.test(trimmed)) {
    const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = iso.slice(1).map((part) => Number(part ?? 0));
    return weeks * 7 + days + hours / 24 + minutes / 1440 + seconds / 86_400;
  }
  return spelled(trimmed);
}

/** Numbers with units, as Go and people write them. */
function spelled(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?\s*[a-z]+\s*)+$/i.test(text)) return null;
  let hours = 0;
  for (const [, number, unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
    const name = unit.toLowerCase().replace(/(?<=\w{2})s$/, "");
    const factor = Object.hasOwn(hoursPerUnit, name) ? hoursPerUnit[name] : undefined;
    if (factor === undefined) return null;
    hours += Number(number) * factor;
  }
  return hours / 24;
}
