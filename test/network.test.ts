import { describe, expect, it } from "vitest";
import { isPrivateRange, isWithin, overlap, parseRange } from "../engine/network/address-ranges.ts";
import { operators } from "../engine/operators/operators.ts";

describe("address ranges", () => {
  it.each([
    ["0.0.0.0/0", { version: 4, prefix: 0, isPrivate: false }],
    ["10.0.0.0/8", { version: 4, prefix: 8, isPrivate: true }],
    ["10.0.0.0/7", { version: 4, prefix: 7, isPrivate: false }],
    ["172.31.255.0/24", { version: 4, prefix: 24, isPrivate: true }],
    ["172.32.0.0/16", { version: 4, prefix: 16, isPrivate: false }],
    ["192.168.1.1/32", { version: 4, prefix: 32, isPrivate: true }],
    ["192.169.0.0/16", { version: 4, prefix: 16, isPrivate: false }],
    ["100.64.0.0/10", { version: 4, prefix: 10, isPrivate: true }],
    ["::/0", { version: 6, prefix: 0, isPrivate: false }],
    ["0:0:0:0:0:0:0:0/0", { version: 6, prefix: 0, isPrivate: false }],
    ["fd00::/8", { version: 6, prefix: 8, isPrivate: true }],
    ["2001:db8::/32", { version: 6, prefix: 32, isPrivate: false }],
    ["::ffff:0.0.0.0/96", { version: 4, prefix: 0, isPrivate: false }],
    ["::ffff:10.0.0.0/104", { version: 4, prefix: 8, isPrivate: true }],
    ["10.0.0.0", { version: 4, prefix: 32, isPrivate: true }],
    ["2001:db8::1", { version: 6, prefix: 128, isPrivate: false }],
    ["::1", { version: 6, prefix: 128, isPrivate: true }],
    ["fe80::/10", { version: 6, prefix: 10, isPrivate: true }],
    ["fc00::/6", { version: 6, prefix: 6, isPrivate: false }],
    ["::ffff:0:0/95", { version: 6, prefix: 95, isPrivate: false }],
    [" 10.0.0.0/8 ", { version: 4, prefix: 8, isPrivate: true }],
    ["10.1/8", null],
    ["010.0.0.1", null],
    ["0x0a000001", null],
    ["10.0.0.1.", null],
    ["fe80::1%eth0", null],
    ["10.0.0.0/8/8", null],
    ["10.0.0.0/", null],
    ["10.0.0.0/-1", null],
    ["::/129", null],
    ["10.0.0.256/8", null],
    ["10.0.0.0/33", null],
    ["sg-0a", null],
    ["", null],
  ])("%s", (text, expected) => {
    const range = parseRange(text);
    expect(range && { version: range.version, prefix: range.prefix, isPrivate: isPrivateRange(range) }).toEqual(
      expected,
    );
  });

  it.each<[string, string, [within: boolean, overlap: boolean]]>([
    ["10.1.0.0/16", "10.0.0.0/8", [true, true]],
    ["10.0.0.0/8", "10.1.0.0/16", [false, true]],
    ["10.0.0.0/8", "11.0.0.0/8", [false, false]],
    ["10.0.0.1", "10.0.0.1/32", [true, true]],
    ["0.0.0.0/0", "::/0", [false, false]],
    ["::ffff:10.1.0.0/112", "10.0.0.0/8", [true, true]],
  ])("%s and %s", (one, other, expected) => {
    const [inner, outer] = [parseRange(one), parseRange(other)];
    expect(inner && outer && [isWithin(inner, outer), overlap(inner, outer)]).toEqual(expected);
  });
});

describe("operators on ranges", () => {
  it.each<[string, unknown, unknown, boolean]>([
    ["everyNarrowerThan", ["10.0.0.0/24"], 24, true],
    ["everyNarrowerThan", ["10.0.0.0/24", "10.0.0.0/8"], 24, false],
    ["everyNarrowerThan", ["2001:db8::/56"], 24, true],
    ["everyNarrowerThan", ["2001:db8::/55"], 24, false],
    ["everyNarrowerThan", ["no range"], 24, false],
    ["everyNarrowerThan", [], 24, true],
    ["rangeIncludesAny", "20-25", [22], true],
    ["rangeIncludesAny", "23-25", [22], false],
    ["rangeIncludesAny", "25-20", [22], false],
    ["rangeIncludesAny", null, [22], false],
    ["rangeIncludesAny", ["8080-8080", "20-25"], [22], true],
    ["rangeIncludesAny", [], [22], false],
    ["rangeWithin", "443-443", [80, 443], true],
    ["rangeWithin", "443-444", [80, 443], false],
    ["rangeWithin", "443-444", [443, 444], true],
    ["rangeWithin", null, [443], false],
    ["containsEvery", ["a", "b"], ["a"], true],
    ["containsEvery", ["a"], ["a", "b"], false],
  ])("%s of %j and %j is %s", (name, fact, value, expected) => {
    expect(operators[name]?.evaluate(fact, value)).toBe(expected);
  });
});
