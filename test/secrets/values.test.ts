import { describe, expect, it } from "vitest";
import { defaultPlaceholders, isPlaceholder } from "../../engine/secrets/values.ts";

describe("stands in for a value that is set later", () => {
  it.each([
    "",
    "  ",
    "changeme",
    "CHANGE_ME",
    "change-me!",
    "TODO",
    "<password>",
    `\${PASSWORD}`,
    "{{ password }}",
    "xxxx",
    "****",
    "...",
  ])("%s", (value) => {
    expect(isPlaceholder(value, defaultPlaceholders)).toBe(true);
  });
  it.each(["hunter2", "changeme2", "<a> and <b>", `\${a}\${b}`, "xx", "x1xx", "!!!", `prefix-\${PASSWORD}`])(
    "not %s",
    (value) => {
      expect(isPlaceholder(value, defaultPlaceholders)).toBe(false);
    },
  );
  it("by words of the team's own", () => {
    expect([isPlaceholder("Set By Hand", ["set-by-hand"]), isPlaceholder("changeme", ["set-by-hand"])]).toEqual([
      true,
      false,
    ]);
  });
});
