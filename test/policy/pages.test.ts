import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planFile } from "../../fixtures/fixtures.ts";
import { pack } from "../../policies/pack.ts";
import { command } from "../cli/command.ts";
import { testFolder } from "../cli/folder.ts";

const folderWith = testFolder();
const readme = readFileSync(join(import.meta.dirname, "../../policies/README.md"), "utf8");

it("every shipped policy has an address whose anchor the page of the policies has", () => {
  const anchors = new Set([...readme.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id));
  expect(pack.map(({ page }) => page?.split("#")[1])).toEqual(pack.map(({ id }) => id.toLowerCase()));
  expect(pack.filter(({ id }) => !anchors.has(id.toLowerCase()))).toEqual([]);
});

const team = (page: string) => `id: TEAM-001
title: Repositories are named
severity: low
subject: ecr-repository
why: Why.
fix: Fix.
${page}conditions: { all: [{ fact: name, operator: equal, value: nothing }] }
examples: { pass: [{ name: nothing }], fail: [{ name: a }] }
`;

/** The addresses that the report and SARIF have for two policies. */
async function pagesOf(config: string, page = "") {
  const cwd = folderWith({ "plimsoll.yaml": config, "team.yaml": team(page) });
  const args = [planFile("shop/faulty"), "--policies", "team.yaml", "--select", "ECR-003", "TEAM-001"];
  const [json, sarif] = await Promise.all([
    command(["check", ...args, "--format", "json"], { cwd }),
    command(["check", ...args, "--format", "sarif"], { cwd }),
  ]);
  const { policies } = JSON.parse(json.out);
  const { rules } = JSON.parse(sarif.out).runs[0].tool.driver;
  const pages = ["ECR-003", "TEAM-001"].map((id) => policies[id].page);
  expect(rules.map(({ helpUri }: { helpUri?: string }) => helpUri ?? null)).toEqual(pages);
  return pages;
}

it("reports name the page of each policy, which a configuration and a policy file may set", async () => {
  const [shipped] = pack.filter(({ id }) => id === "ECR-003").map(({ page }) => page);
  expect(await pagesOf("failOn: high\n")).toEqual([shipped, null]);
  expect(await pagesOf("policyPages: https://wiki.acme.example/policies\n")).toEqual([
    "https://wiki.acme.example/policies#ecr-003",
    "https://wiki.acme.example/policies#team-001",
  ]);
  expect(await pagesOf("failOn: high\n", "page: https://acme.example/team-001\n")).toEqual([
    shipped,
    "https://acme.example/team-001",
  ]);
});

it.each([
  ["javascript:alert(1)", "policyPages: must be an address that begins with https://"],
  ["wiki", "policyPages: must be an address that begins with https://"],
])("an address is one of the web: %s", async (page, reason) => {
  const cwd = folderWith({ "plimsoll.yaml": `policyPages: "${page}"\n` });
  const { code, error } = await command(["check", planFile("shop/faulty")], { cwd });
  expect([code, error]).toEqual([2, expect.stringContaining(reason)]);
});
