import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import manifest from "../../package.json" with { type: "json" };
import { root } from "./run.ts";

it("pre-commit: the hook runs the command of this package on plans", () => {
  const hooks = z.tuple([
    z.strictObject({
      id: z.literal("plimsoll"),
      name: z.string(),
      description: z.string(),
      entry: z.literal("plimsoll check --"),
      language: z.literal("node"),
      files: z.string(),
      types: z.tuple([z.literal("json")]),
      require_serial: z.literal(true),
    }),
    z.strictObject({
      id: z.literal("plimsoll-test"),
      name: z.string(),
      description: z.string(),
      entry: z.literal("plimsoll test --"),
      language: z.literal("node"),
      files: z.string(),
      require_serial: z.literal(true),
    }),
  ]);
  const [hook, testHook] = hooks.parse(parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")));
  expect(Object.keys(manifest.bin)).toContain(hook.entry.split(" ")[0]);
  const names = ["plan.json", "infra/plan.json", "plan.json.md", "explan.json"];
  expect(names.filter((name) => new RegExp(hook.files).test(name))).toEqual(["plan.json", "infra/plan.json"]);
  const policies = ["policies/a.yaml", "infra/policies/b/c.json", "policies/readme.md", "plimsoll.yaml"];
  expect(policies.filter((name) => new RegExp(testHook.files).test(name))).toEqual([
    "policies/a.yaml",
    "infra/policies/b/c.json",
  ]);
});
