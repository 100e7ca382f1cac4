/** A day in UTC, `2026-11-24`: a waiver ends at one moment everywhere, and no variable of a job (`TZ`) makes it longer. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
