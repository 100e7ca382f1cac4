import { expect, it } from "vitest";
import { longestInterval } from "../../engine/model/rotation-schedule.ts";

it.each([
  ["rate(1 day)", 1],
  ["rate(10 days)", 10],
  ["rate(12 hours)", 0.5],
  ["cron(0 8 * * ? *)", 1],
  ["cron(0 8 ? * MON *)", 7],
  ["cron(0 8 ? * 2-6 *)", 7],
  ["cron(0 8 ? * MON#1 *)", 35],
  ["cron(0 8 ? * 6L *)", 35],
  ["cron(0 8 1 * ? *)", 31],
  ["cron(0 8 L * ? *)", 31],
  ["cron(0 8 28 */2 ? *)", 62],
  ["cron(0 8 1 1/3 ? *)", 92],
  ["cron(0 8 1 JAN,JUL ? *)", 184],
  ["cron(0 8 1 MAR-DEC ? *)", 91],
  ["cron(0 8 1 FEB ? *)", 366],
  // Not every month has the day, lists of days, a year that passes, days in some months only, other texts.
  ["cron(0 8 31 * ? *)", null],
  ["cron(0 8 1,15 * ? *)", null],
  ["cron(0 8 1 * ? 2027)", null],
  ["cron(0 8 ? 1 MON *)", null],
  ["cron(0 8 * 1 ? *)", null],
  ["cron(0 8 1 13 ? *)", null],
  ["cron(0 8 1 5-2 ? *)", null],
  ["cron(0 8 1 1/0 ? *)", null],
  ["cron(0 8 1 * ?)", null],
  ["every month", null],
])("%s: %s", (expression, days) => {
  expect(longestInterval(expression)).toBe(days);
});
