import fc from "fast-check";
import { expect, it } from "vitest";
import { createRedactor } from "../../engine/report/redact.ts";
import { holds } from "../thorough.ts";

const hidden = "(sensitive)";

/** Few characters, so that parts often stand in texts, and begin alike. */
const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 30 });

it("a text that holds a sensitive one is hidden, and no other", async () => {
  await holds(
    fc.property(fc.array(text, { maxLength: 8 }), text, (parts, candidate) => {
      const isHidden = parts.some((part) => part === candidate || (part.length >= 6 && candidate.includes(part)));
      expect(createRedactor(new Set(parts)).text(candidate)).toBe(isHidden ? hidden : candidate);
    }),
    "text",
  );
});

it("as many sensitive texts as a large plan has", () => {
  const parts = Array.from({ length: 100_000 }, (_, at) => `hunter2-${at}`);
  const redactor = createRedactor(new Set(parts));
  const texts = parts.map((part) => redactor.text(`a ${part.slice(0, 7)} in ${part}.`));
  expect(texts.every((shown) => shown === hidden)).toBe(true);
  expect(redactor.text("hunter2 is not hunter3-7")).toBe("hunter2 is not hunter3-7");
});
