/** A day in the time zone of the machine, `2026-11-24`. */
export function dayOf(time: Date): string {
  const digits = (number: number) => String(number).padStart(2, "0");
  return `${time.getFullYear()}-${digits(time.getMonth() + 1)}-${digits(time.getDate())}`;
}
