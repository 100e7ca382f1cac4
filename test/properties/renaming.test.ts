import { describe, expect, it } from "vitest";
import { checkAll, encode, planDocument } from "../check-fixture.ts";

/**
 * Renames modules, resources and instance keys throughout a plan, in one consistent way that keeps their order: every name
 * gets the same prefix.
 */
function rename(text: string, names: readonly string[], prefix: string): string {
  const alternatives = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  // A name behind "module." or behind a resource type, in addresses and references; and the fields that hold it alone.
  const inAddress = new RegExp(
    `((?:module|\\b(?:aws_[a-z0-9_]+|terraform_data))\\.)(${alternatives})(?![A-Za-z0-9_-])`,
    "g",
  );
  const inField = new RegExp(
    `("name":")(${alternatives})(","(?:index|provider_name|provider_config_key|schema_version))`,
    "g",
  );
  const inCalls = new RegExp(`(")(${alternatives})(":\\{"source")`, "g");
  return text
    .replace(inAddress, (_, before, name) => `${before}${prefix}${name}`)
    .replace(inField, (_, before, name, after) => `${before}${prefix}${name}${after}`)
    .replace(inCalls, (_, before, name, after) => `${before}${prefix}${name}${after}`);
}

/** The report without what a name may change, and with names put back. */
async function shape(plan: string, names: readonly string[], prefix: string) {
  const report = await checkAll(encode(JSON.parse(plan)));
  const text = JSON.stringify({
    ...report,
    findings: report.findings.map(({ fingerprint: _, ...finding }) => finding),
  });
  return JSON.parse(names.reduce((result, name) => result.replaceAll(`${prefix}${name}`, name), text));
}

describe("renaming modules and resources changes only addresses in the report", () => {
  it.each([["ecr"], ["conditions"], ["first-plan"], ["documents"], ["shop/faulty"], ["shop/corrected"]])(
    "%s",
    async (fixture) => {
      const plan = planDocument(fixture);
      const text = JSON.stringify(plan);
      const resources = plan.resource_changes.map(
        ({ address }) => /\.([A-Za-z0-9_-]+)(?:\[[^\]]*\])?$/.exec(address)?.[1] ?? "",
      );
      const modules = [...text.matchAll(/module\.([A-Za-z0-9_-]+)/g)].map((match) => match[1] ?? "");
      const names = [...new Set([...resources, ...modules])]
        .filter((name) => name !== "")
        .sort((one, other) => other.length - one.length);
      const renamed = rename(text, names, "zq_");
      expect(renamed).not.toBe(text);
      expect(await shape(renamed, names, "zq_")).toEqual(await shape(text, names, "zq_"));
    },
  );
});
