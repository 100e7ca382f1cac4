const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
/** February at its longest. */
const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The most days between two rotations by a schedule of Secrets Manager; null where the expression is of a form that is not
 * read: lists of days, days that not every month has, single years. Source: Secrets Manager User Guide, "Schedule
 * expressions".
 */
export function longestInterval(expression: string): number | null {
  const rate = /^rate\((\d{1,6}) (hour|day)s?\)$/.exec(expression.trim());
  if (rate !== null) return rate[2] === "day" ? Number(rate[1]) : Number(rate[1]) / 24;
  const fields = /^cron\(([^()]*)\)$/.exec(expression.trim())?.[1]?.trim().split(/\s+/) ?? [];
  const [, , dayOfMonth = "", month = "", dayOfWeek = "", year] = fields;
  const months = monthsOf(month);
  if (fields.length !== 6 || year !== "*" || months === null) return null;
  if (!isAny(dayOfWeek)) return isAny(dayOfMonth) && months.length === 12 ? daysBetweenWeekdays(dayOfWeek) : null;
  if (isAny(dayOfMonth)) return months.length === 12 ? 1 : null;
  const isInEveryMonth = dayOfMonth === "L" || (/^\d{1,2}$/.test(dayOfMonth) && Number(dayOfMonth) <= 28);
  return isInEveryMonth ? longestGap(months) : null;
}

function isAny(field: string): boolean {
  return field === "*" || field === "?";
}

/** Weekly where days are named, at most five weeks apart where one of a month is (`MON#1`, `5L`). */
function daysBetweenWeekdays(field: string): number | null {
  const day = "(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)";
  if (new RegExp(`^${day}(?:[,-]${day})*$`).test(field)) return 7;
  return new RegExp(`^${day}(?:#[1-4]|L)$`).test(field) ? 35 : null;
}

/** The months of a field, from 0, in order: `*`, `1/3`, `1,4,7,10`, `JAN-JUN`. */
function monthsOf(field: string): number[] | null {
  const months = new Set<number>();
  for (const part of field.split(",")) {
    const [, from = "", to, step = "1"] = /^(\*|\w{1,3})(?:-(\w{1,3}))?(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    const first = from === "*" ? 0 : monthOf(from);
    const isOpen = from === "*" || (to === undefined && part.includes("/"));
    const last = isOpen ? 11 : monthOf(to ?? from);
    if (first === null || last === null || last < first || Number(step) < 1) return null;
    for (let month = first; month <= last; month += Number(step)) months.add(month);
  }
  return [...months].sort((one, other) => one - other);
}

function monthOf(text: string): number | null {
  const named = monthNames.indexOf(text.toUpperCase());
  if (named !== -1) return named;
  return /^(?:[1-9]|1[0-2])$/.test(text) ? Number(text) - 1 : null;
}

/** The most days from one day in a month to the same in the next of these months, around the year. */
function longestGap(months: readonly number[]): number {
  const gaps = months.map((month, at) => {
    const next = months[(at + 1) % months.length] ?? month;
    const count = next > month ? next - month : next - month + 12;
    return Array.from({ length: count }, (_, offset) => monthLengths[(month + offset) % 12] ?? 0);
  });
  return Math.max(...gaps.map((lengths) => lengths.reduce((sum, days) => sum + days, 0)));
}
