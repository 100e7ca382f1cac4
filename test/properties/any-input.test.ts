import fc from "fast-check";
import { expect, it } from "vitest";
import { planBytes } from "../check-fixture.ts";
import { command } from "../cli/command.ts";
import { holds } from "../thorough.ts";

/** A run on any bytes ends with a code of its own and without a stack trace. */
async function endsWell(stdin: Uint8Array): Promise<void> {
  const { code, out, error } = await command(["check", "-"], { stdin });
  expect([0, 1, 3]).toContain(code);
  expect(`${out}${error}`).not.toMatch(/^\s+at /m);
  if (code === 3) expect(error).toMatch(/^plimsoll: (?:warning: )?standard input: /);
}

it("any bytes", async () => {
  await holds(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), endsWell), "small");
});

it("any JSON", async () => {
  const property = fc.asyncProperty(fc.json(), (text) => endsWell(new TextEncoder().encode(text)));
  await holds(property, "small");
});

it("a plan that was cut short or had bytes changed", async () => {
  const plan = planBytes("first-plan");
  const change = fc.record({ at: fc.nat(plan.length - 1), byte: fc.nat(255) });
  const changes = fc.array(change, { maxLength: 3 });
  const property = fc.asyncProperty(fc.nat(plan.length), changes, async (length, changed) => {
    const bytes = plan.slice(0, changed.length === 0 ? length : plan.length);
    for (const { at, byte } of changed) bytes[at] = byte;
    await endsWell(bytes);
  });
  await holds(property, "small");
});
