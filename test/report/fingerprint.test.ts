import fc from "fast-check";
import { expect, it } from "vitest";
import { fingerprint } from "../../engine/report/fingerprint.ts";
import { reportOf } from "../check-fixture.ts";
import { holds } from "../thorough.ts";

it("what stands far from the end counts too", async () => {
  const text = fc.string({ maxLength: 20 });
  const property = fc.property(text, text, fc.string({ minLength: 200, maxLength: 400 }), (one, other, end) => {
    fc.pre(one !== other);
    expect(fingerprint([one, end])).not.toBe(fingerprint([other, end]));
  });
  await holds(property, "text");
});

it("no two findings of the shop have the same", async () => {
  const { findings } = await reportOf("shop/faulty");
  expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(findings.length);
});
