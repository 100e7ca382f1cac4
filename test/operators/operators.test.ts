import { beforeAll, describe, expect, it } from "vitest";
import { operatorNamed, operators, prepareOperators } from "../../engine/operators/operators.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

beforeAll(() => prepareOperators(Object.keys(operators)));

const unknown = new Unknown("stated", [], "var.x");
type Row = readonly [operator: string, fact: unknown, value: unknown, expected: boolean | null];

const rows: readonly Row[] = [
  ["equal", "a", "a", true],
  ["equal", null, null, true],
  ["equal", null, "a", false],
  ["equal", "5", 5, null],
  ["notEqual", true, "true", null],
  ["notEqual", null, "a", true],
  ["in", "a", ["a", "b"], true],
  ["in", unknown, [], false],
  ["notIn", unknown, ["a"], null],
  ["startsWith", "shop/api", "shop/", true],
  ["startsWith", "a*", "*", false],
  ["startsWith", null, "a", false],
  ["endsWith", "api.js", ".js", true],
  ["includesText", "a*b", "*", true],
  ["includesText", "ab", "*", false],
  ["matchesAny", "shop/api", ["x", "shop/*"], true],
  ["matchesAny", 443, ["44?"], true],
  ["matchesAny", ["a"], ["*"], null],
  ["matchesNone", ["a"], ["b"], null],
  ["lessThan", 3, 4, true],
  ["lessThan", "3", 4, null],
  ["lessThan", 4, 4, false],
  ["lessThanInclusive", 4, 4, true],
  ["lessThanInclusive", 5, 4, false],
  ["greaterThan", 4, 4, false],
  ["greaterThan", 5, 4, true],
  ["greaterThanInclusive", 4, 4, true],
  ["greaterThanInclusive", 3, 4, false],
  ["lessThan", null, 4, false],
  ["isEmpty", [], true, true],
  ["isEmpty", null, true, true],
  ["isEmpty", [unknown], true, null],
  ["isEmpty", [unknown, "a"], true, false],
  ["isEmpty", false, true, null],
  ["contains", ["a", unknown], "a", true],
  ["contains", ["b", unknown], "a", null],
  ["containsEvery", ["a", "b"], ["a"], true],
  ["everyIn", [], ["a"], true],
  ["everyIn", ["a", unknown], ["a"], null],
  ["everyIn", ["b", unknown], ["a"], false],
  ["someIn", ["b", unknown], ["a"], null],
  ["someIn", ["a", unknown], ["a"], true],
  ["someIn", [], ["a"], false],
  ["noneIn", ["b"], ["a"], true],
  ["noneIn", ["b", unknown], ["a"], null],
  ["noneIn", ["a", unknown], ["a"], false],
  ["matchesRegularExpression", "shop-api-01", ["^[a-z]+-[a-z]+-\\d{2}$"], true],
  ["matchesRegularExpression", "SHOP", ["(?i)^shop$"], true],
  ["matchesRegularExpression", "shop", ["^x", "op$"], true],
  ["matchesRegularExpression", ["a1", "b"], ["\\d"], false],
  ["matchesRegularExpression", [unknown, "b"], ["\\d"], false],
  ["matchesRegularExpression", [unknown, "b1"], ["\\d"], null],
  ["someMatchesRegularExpression", ["a1", unknown], ["\\d"], true],
  ["someMatchesRegularExpression", ["a", unknown], ["\\d"], null],
  ["withinAnyCidr", "10.1.2.3", ["10.0.0.0/8"], true],
  ["withinAnyCidr", "10.0.0.0/7", ["10.0.0.0/8"], false],
  ["withinAnyCidr", "10.1.0.0/16", ["192.168.0.0/16", "10.0.0.0/8"], true],
  ["withinAnyCidr", "::ffff:10.0.0.1", ["10.0.0.0/8"], true],
  ["withinAnyCidr", "2001:db8:1::/48", ["2001:db8::/32"], true],
  ["withinAnyCidr", "2001:db8::1", ["10.0.0.0/8"], false],
  ["withinAnyCidr", ["10.0.0.1", "11.0.0.1"], ["10.0.0.0/8"], false],
  ["withinAnyCidr", "sg-123", ["10.0.0.0/8"], null],
  ["withinAnyCidr", "10.1", ["10.0.0.0/8"], null],
  ["overlapsAnyCidr", "0.0.0.0/0", ["10.0.0.0/8"], true],
  ["overlapsAnyCidr", "11.0.0.0/8", ["10.0.0.0/8"], false],
  ["overlapsAnyCidr", ["11.0.0.0/8", "10.2.0.0/16"], ["10.0.0.0/8"], true],
  ["overlapsAnyCidr", ["11.0.0.0/8", unknown], ["10.0.0.0/8"], null],
  ["everyNarrowerThan", ["10.0.0.0/24"], 24, true],
  ["rangeIncludesAny", "8000-8080", [8080], true],
  ["rangeWithin", "443-443", [443], true],
  ["imageMatchesAny", "nginx:1.27", ["docker.io/library/*"], true],
  ["imageMatchesAny", "nginx:1.27", ["docker.io/library/nginx:1.27"], true],
  ["imageMatchesAny", "nginx:1.27", ["docker.io/library/nginx:1.28"], false],
  ["imageMatchesAny", "docker.io.evil.example/library/nginx", ["docker.io/*"], false],
  ["imageMatchesAny", "<IMAGE1_NAME>", ["*"], null],
  ["actionsWithin", ["ecr:GetAuthorizationToken"], ["ecr:Get*"], true],
  ["actionsWithin", ["ecr:G*"], ["ecr:Get*"], false],
  ["actionsWithin", "ecr:*", ["ecr:?"], false],
  ["actionsWithin", "ECR:getX", ["ecr:Get*"], true],
  ["actionsReachAny", "ecr:*", ["ecr:PutImage"], true],
  ["actionsReachAny", ["s3:GetObject", "ecr:Put*"], ["ecr:*Image"], true],
  ["actionsReachAny", ["s3:GetObject"], ["ecr:PutImage"], false],
  ["actionsReachAny", ["s3:GetObject", unknown], ["ecr:PutImage"], null],
  ["arnMatchesAny", "arn:aws:s3:::prod/a", ["arn:aws:s3:::prod/*"], true],
  ["arnMatchesAny", "arn:aws:iam::1:role/a:b", ["arn:aws:iam::*:role/*"], true],
  ["arnMatchesAny", "arn:aws:iam::1:role/a", ["arn:aws:*:role/a"], false],
  ["arnMatchesAny", "arn:aws:s3:::*", ["arn:aws:s3:::prod/*"], null],
  ["arnMatchesAny", "arn:aws:s3:::prod/x*", ["arn:aws:s3:::prod/*"], true],
  ["arnMatchesAny", "arn:aws:s3:::prod/*", ["arn:aws:s3:::prod/?"], null],
  ["arnMatchesAny", "arn:aws:s3:::dev/*", ["arn:aws:s3:::prod/*"], false],
  ["arnMatchesAny", "*", ["arn:aws:s3:::prod/*"], null],
  ["daysAtMost", 30, 90, true],
  ["daysAtMost", "90d", 90, true],
  ["daysAtMost", "91 days", 90, false],
  ["daysAtMost", "2160h", 90, true],
  ["daysAtMost", "P12W", 90, true],
  ["daysAtMost", "PT24H", 1, true],
  ["daysAtMost", "rate(30 days)", 30, true],
  ["daysAtMost", "cron(0 0 1 * ? *)", 31, true],
  ["daysAtMost", "soon", 30, null],
  ["daysAtMost", "at(2026-11-24T00:00:00)", 30, null],
  ["daysAtMost", null, 30, false],
  ["daysAtLeast", "1h30m", 0.0625, true],
  ["daysAtLeast", "P", 0, null],
];

it.each(rows)("%s: %o with %o is %o", (name, fact, value, expected) => {
  expect(operatorNamed(name)?.evaluate(fact, value)).toBe(expected);
});

describe.each(Object.entries(operators))("%s", (name, { facts, value, evaluate }) => {
  const values = { list: ["10.0.0.0/8"], number: 1, boolean: true, string: "a", scalar: "a" };

  it("does not show of what is unknown", () => {
    expect([evaluate(unknown, values[value]), evaluate(unknown, unknown)]).toEqual([null, null]);
  });

  it("answers for every kind of value", () => {
    const others = [null, "", "a", 0, Number.NaN, true, [], [null], [[]], {}, [unknown], "x".repeat(10_000)];
    const answers = others.flatMap((fact) => [evaluate(fact, values[value]), evaluate(fact, [])]);
    expect(answers.filter((answer) => answer !== null && typeof answer !== "boolean")).toEqual([]);
  });

  it("compares nothing of a type that it is not for", () => {
    const wrong = facts.includes("list") ? (facts.includes("boolean") ? [] : [true]) : [["a"]];
    expect(wrong.map((fact) => evaluate(fact, values[value]))).toEqual(wrong.map(() => null));
  });

  it("is shown in the table above", () => {
    const shown = new Set(rows.map(([operator]) => operator));
    const likeOthers = [
      "lessThanInclusive",
      "greaterThan",
      "greaterThanInclusive",
      "doesNotContain",
      "everyMatchesAny",
      "someMatchesAny",
      "noneMatchesAny",
    ];
    expect(shown.has(name) || likeOthers.includes(name)).toBe(true);
  });
});

it("a regular expression takes linear time, whatever it is: what backtracks would not end", () => {
  const text = `${"a".repeat(100_000)}!`;
  const expressions = ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$"];
  expect(operatorNamed("matchesRegularExpression")?.evaluate(text, expressions)).toBe(false);
});
