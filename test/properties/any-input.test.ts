import fc from "fast-check";
import { expect, it } from "vitest";
import { planBytes } from "../check-fixture.ts";
import { command } from "../cli/command.ts";

/** A run on any bytes ends with a code of its own and without a stack trace. */
async function endsWell(stdin: Uint8Array): Promise<void> {
  const { code, out, error } = await command(["check", "-"], { stdin });
  expect([0, 1, 3]).toContain(code);
  expect(`${out}${error}`).not.toMatch(/^\s+at /m);
  if (code === 3) expect(error).toMatch(/^plimsoll: (?:warning: )?standard input: /);
}

it("any bytes", async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), endsWell), { numRuns: 500, seed: 1 });
});

it("any JSON", async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), (text) => endsWell(new TextEncoder().encode(text))),
    { numRuns: 500, seed: 1 },
  );
});

it("a plan that was cut short or had bytes changed", async () => {
  const plan = planBytes("first-plan");
  const change = fc.record({ at: fc.nat(plan.length - 1), byte: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(fc.nat(plan.length), fc.array(change, { maxLength: 3 }), async (length, changes) => {
      const bytes = plan.slice(0, changes.length === 0 ? length : plan.length);
      for (const { at, byte } of changes) bytes[at] = byte;
      await endsWell(bytes);
    }),
    { numRuns: 500, seed: 1 },
  );
});
