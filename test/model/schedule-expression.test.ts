import { expect, it } from "vitest";
import { longestGapInDays } from "../../engine/model/schedule-expression.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

it.each([
  ["rate(1 day)", 1],
  ["rate(7 days)", 7],
  ["rate(12 hours)", 0.5],
  ["rate(90 minutes)", 0.0625],
  ["cron(0 3 * * ? *)", 1],
  ["cron(0/15 * * * ? *)", 1],
  ["cron(0 3 ? * MON *)", 7],
  ["cron(0 3 ? * 2 *)", 7],
  ["cron(0 3 ? * MON-FRI *)", 3],
  ["cron(0 3 ? * FRI-MON *)", 4],
  ["cron(0 3 ? * MON,THU *)", 4],
  ["cron(0 3 1 * ? *)", 31],
  ["cron(0 3 1,15 * ? *)", 17],
  ["cron(0 3 1/7 * ? *)", 7],
  ["cron(0 3 */2 * ? *)", 2],
  ["cron(0 3 31 * ? *)", 61],
  ["cron(0 3 29 FEB ? *)", 1461],
  ["cron(0 3 L * ? *)", 31],
  ["cron(0 3 L-2 * ? *)", 31],
  ["cron(0 3 LW * ? *)", 33],
  ["cron(0 3 15W * ? *)", 32],
  // Of a first that is a Saturday the weekday is the third, of a last that is a Sunday the one two days before.
  ["cron(0 3 1W * ? *)", 33],
  ["cron(0 3 31W * ? *)", 63],
  ["cron(0 3 15W 6 ? *)", 367],
  ["cron(0 3 ? * 5L *)", 35],
  ["cron(0 3 ? * 3#2 *)", 35],
  ["cron(0 3 ? JAN-JUN * *)", 185],
  ["cron(0 3 ? * L *)", 7],
  ["cron(0 8 28 */2 ? *)", 62],
  ["cron(0 8 1 1/3 ? *)", 92],
  ["cron(0 8 1 JAN,JUL ? *)", 184],
  ["cron(0 8 1 MAR-DEC ? *)", 91],
  ["cron(0 8 1 NOV-FEB ? *)", 274],
  ["cron(0 8 1 FEB ? *)", 366],
  ["cron(0 8 * 1 ? *)", 336],
  ["cron(0 8 ? 1 MON *)", 343],
  [" cron( 0 3 * * ? * ) ", 1],
])("%s lets at most %s days pass", (expression, days) => {
  expect(longestGapInDays(expression)).toBe(days);
});

it.each([
  ["at(2030-01-01T00:00:00)"],
  ["cron(0 3 * * ? 2030)"],
  ["cron(0 3 * * ? 2030-2040)"],
  ["cron(0 3 31 FEB ? *)"],
])("%s does not recur", (expression) => {
  expect(longestGapInDays(expression)).toBeNull();
});

it.each([
  [""],
  ["rate(0 days)"],
  ["rate(1 week)"],
  ["rate(1.5 days)"],
  ["cron(0 3 * *)"],
  ["cron(0 25 * * ? *)"],
  ["cron(0 3 ? * XYZ *)"],
  ["cron(0 3 */0 * ? *)"],
  ["cron(0 3 *-5 * ? *)"],
  ["cron(0 8 1 13 ? *)"],
  ["cron(0 8 1 1/0 ? *)"],
  ["cron(0 3 32W * ? *)"],
  ["cron(0 3 ? * 9L *)"],
  ["every day"],
])("%s is no schedule", (expression) => {
  expect(longestGapInDays(expression)).toEqual(new Unknown("unexpected-shape"));
});
