import { afterEach, expect, it, vi } from "vitest";
import { dayOf } from "../../cli/day.ts";

afterEach(() => vi.unstubAllEnvs());

it.each(["Etc/GMT+12", "Pacific/Kiritimati", "UTC"])("the day is that of UTC, where TZ is %s too", (zone) => {
  vi.stubEnv("TZ", zone);
  const days = ["2026-12-01T00:00:00Z", "2026-12-01T23:59:59Z"].map((time) => dayOf(new Date(time)));
  expect(days).toEqual(["2026-12-01", "2026-12-01"]);
});
