import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { editWaivers } from "../../cli/waivers/edit.ts";

function edited(text: string, removed: readonly number[], renewed: Readonly<Record<number, string>> = {}) {
  const days = Object.entries(renewed).map(([at, day]) => [Number(at), day] as const);
  return editWaivers(text, { removed: new Set(removed), renewed: new Map(days) });
}

const block = `# Of the payments team.
failOn:   high   # as agreed

waivers: # ask security first
  # The agent.
  - policy: ECS-004 # root
    resources: [ "a.b" ]
    reason: >
      the agent must read

      the host's cgroups
    expires: "2026-01-01"   # soon
    # until the next release

  # The rest.
  -   policy: ECS-005
      resources:
      - 'c.d'
      reason: why not
      expires: 2026-02-02
  - { policy: ECS-006, resources: [e.f], expires: '2026-03-03', reason: "it - is fine" } # one line

# At the end.
parameters: {account_ids: ["1"]}`;

describe("of a list of lines", () => {
  it("an item goes with all that stands deeper than its dash, and comments above it stay", () => {
    expect(edited(block, [0])).toBe(`# Of the payments team.
failOn:   high   # as agreed

waivers: # ask security first
  # The agent.

  # The rest.
  -   policy: ECS-005
      resources:
      - 'c.d'
      reason: why not
      expires: 2026-02-02
  - { policy: ECS-006, resources: [e.f], expires: '2026-03-03', reason: "it - is fine" } # one line

# At the end.
parameters: {account_ids: ["1"]}`);
  });

  it("a last day is replaced within its quotes", () => {
    const expected = block
      .replace('"2026-01-01"', '"2027-06-30"')
      .replace("2026-02-02", "2027-06-30")
      .replace("'2026-03-03'", "'2027-06-30'");
    expect(edited(block, [], { 0: "2027-06-30", 1: "2027-06-30", 2: "2027-06-30" })).toBe(expected);
  });

  it("that is empty then stays a list", () => {
    expect(edited(block, [0, 1, 2])).toBe(`# Of the payments team.
failOn:   high   # as agreed

waivers: [] # ask security first
  # The agent.

  # The rest.

# At the end.
parameters: {account_ids: ["1"]}`);
  });

  it("whose dashes stand under its key", () => {
    const text = "waivers:\r\n- policy: A-1\r\n  reason: x\r\n- policy: B-1\r\n# last\r\nfailOn: high\r\n";
    expect(edited(text, [0])).toBe("waivers:\r\n- policy: B-1\r\n# last\r\nfailOn: high\r\n");
    expect(edited(text, [1])).toBe("waivers:\r\n- policy: A-1\r\n  reason: x\r\n# last\r\nfailOn: high\r\n");
  });

  it("with the dash on a line of its own", () => {
    expect(edited("waivers:\n  -\n    policy: A-1\n  - # why\n    policy: B-1\n", [1])).toBe(
      "waivers:\n  -\n    policy: A-1\n",
    );
  });
});

describe("of a list in brackets", () => {
  const json = JSON.stringify(
    { waivers: [{ policy: "A-1" }, { policy: "B-1", expires: "2026-01-01" }, { policy: "C-1" }], failOn: "high" },
    null,
    2,
  );

  it.each<[number[], string[]]>([
    [[0], ["B-1", "C-1"]],
    [[1], ["A-1", "C-1"]],
    [[2], ["A-1", "B-1"]],
    [[0, 1], ["C-1"]],
    [[0, 2], ["B-1"]],
    [[1, 2], ["A-1"]],
    [[0, 1, 2], []],
  ])("without %j", (removed, left) => {
    const text = edited(json, removed) ?? "";
    expect(JSON.parse(text)).toMatchObject({ waivers: left.map((policy) => ({ policy })), failOn: "high" });
    expect(text).not.toMatch(/^\s*$/m);
  });

  it("a last day is replaced within its quotes", () => {
    expect(edited(json, [], { 1: "2027-06-30" })).toBe(json.replace("2026-01-01", "2027-06-30"));
  });

  it("comments and a last comma stay", () => {
    expect(edited("waivers: [\n  # one\n  {policy: A-1}, # first\n  {policy: B-1}, # second\n]\n", [0])).toBe(
      "waivers: [\n  # one\n   # first\n  {policy: B-1}, # second\n]\n",
    );
  });
});

it("what another value hangs on is not touched", () => {
  expect(edited("waivers:\n  - &a { policy: A-1 }\n  - *a\n", [0])).toBeNull();
  expect(
    edited("waivers:\n  - { policy: A-1, expires: &d 2026-01-01 }\n  - { policy: B-1, expires: *d }\n", [], {
      0: "2027-06-30",
    }),
  ).toBeNull();
  expect(edited("waivers:\n  - &a { policy: A-1 }\n  - *a\n", [1])).toBe("waivers:\n  - &a { policy: A-1 }\n");
});

it("every line that is not of a removed or renewed waiver stays as it is", () => {
  const comment = fc.constantFrom("", "# a comment\n", "  # another\n", "\n");
  const waiver = fc.record({
    above: comment,
    form: fc.constantFrom("lines", "brackets"),
    reason: fc.constantFrom("fine", '"it: is # fine"', "|\n      - policy: no\n\n      # not a comment"),
    expires: fc.constantFrom("2026-01-01", '"2026-01-01"', "'2026-01-01'"),
  });
  const change = fc.constantFrom("keep", "remove", "renew");
  fc.assert(
    fc.property(fc.array(fc.tuple(waiver, change), { minLength: 1, maxLength: 6 }), comment, (all, end) => {
      const textOf = (at: number, expires: string, { form, reason }: { form: string; reason: string }) =>
        form === "lines" || reason.startsWith("|")
          ? `  - policy: P-${at}\n    reason: ${reason}\n    expires: ${expires} # end\n`
          : `  - { policy: P-${at}, reason: ${reason}, expires: ${expires} } # end\n`;
      const text = (isAfter: boolean) => {
        const items = all.map(([own, what], at) => {
          if (isAfter && what === "remove") return own.above;
          const expires = isAfter && what === "renew" ? own.expires.replace("2026-01-01", "2027-06-30") : own.expires;
          return own.above + textOf(at, expires, own);
        });
        const isEmpty = isAfter && all.every(([, what]) => what === "remove");
        return `failOn: high\nwaivers:${isEmpty ? " []" : ""}\n${items.join("")}${end}`;
      };
      const at = (wanted: string) => all.flatMap(([, what], index) => (what === wanted ? [index] : []));
      const days = Object.fromEntries(at("renew").map((index) => [index, "2027-06-30"]));
      expect(edited(text(false), at("remove"), days)).toBe(text(true));
      expect(parse(text(true)).waivers).toHaveLength(all.length - at("remove").length);
    }),
  );
});
