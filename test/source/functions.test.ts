import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openSource } from "../../cli/source/open.ts";
import { fixturesFolder } from "../../fixtures/fixtures.ts";
import { checkAll, planBytes, subjectId } from "../check-fixture.ts";

// A plan tells what an expression refers to, and not what a function makes of it. With the source at hand that is told.

const work = mkdtempSync(join(tmpdir(), "plimsoll-functions-"));
afterAll(() => rmSync(work, { recursive: true }));

/** The verdict on the plan of a fixture with a source in which one expression is another one, of the same references. */
async function verdictOf(fixture: string, from: string, to: string, finding: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(work, "copy-"));
  cpSync(join(fixturesFolder, fixture), folder, { recursive: true });
  const file = join(folder, "main.tf");
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
  const { source } = await openSource(folder, ".");
  const { findings } = await checkAll(planBytes(fixture), { source });
  return findings.find(({ policy, subject }) => `${policy} ${subjectId(subject)}` === finding)?.verdict;
}

const arn = "aws_iam_role.build.arn";

describe("who a statement lets in", () => {
  const from = `identifiers = [${arn}]`;
  it.each([
    ["bare", arn, "pass"],
    ["in quotes", `"\${${arn}}"`, "pass"],
    ["put into a text", `format("arn:aws:iam::%s:root", split(":", ${arn})[4])`, "unknown"],
    ["its account, in a template", `"arn:aws:iam::\${split(":", ${arn})[4]}:root"`, "unknown"],
    ["with more behind it", `"\${${arn}}-2"`, "unknown"],
    ["replaced", `replace(${arn}, "/.*/", "*")`, "unknown"],
    ["what never fails, or else", `try(${arn}, "*")`, "pass"],
    ["joined", `join("", [${arn}, "*"])`, "unknown"],
  ])("%s: %s is %s", async (_, expression, verdict) => {
    const to = `identifiers = [${expression}]`;
    const finding = "ECR-009 aws_ecr_repository_policy.bare#policy/Written";
    expect(await verdictOf("references", from, to, finding)).toBe(verdict);
  });
});

describe("which roles may be passed", () => {
  const from = `resources = ["arn:aws:iam::\${split(":", ${arn})[4]}:role/*"]`;
  it.each([
    ["bare", arn, "pass"],
    ["its account", `"arn:aws:iam::\${split(":", ${arn})[4]}:role/*"`, "unknown"],
  ])("%s: %s is %s", async (_, expression, verdict) => {
    const finding = "IAM-005 aws_iam_role_policy.functions#policy/AccountOfRole";
    expect(await verdictOf("edges", from, `resources = [${expression}]`, finding)).toBe(verdict);
  });
});
