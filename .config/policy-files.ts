import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import type { Countermeasure } from "../engine/policy/countermeasure.ts";
import type { Policy } from "../engine/policy/policy.ts";
import { policyPage } from "../engine/policy/policy-page.ts";
import { parsePolicyFiles } from "../engine/policy/source.ts";
import type { HclExamples } from "../policies/pack.ts";
import { type Bundler, inCode, type LongTexts } from "./long-texts.ts";

const moduleId = "plimsoll:policy-files";
const countermeasureFile = "nist-800-190.yaml";

/** Files of the folder that are no policies: what the report and the page of the policies say besides. */
const others = [countermeasureFile, "not-judged.yaml", join("examples", "reasons.yaml")];

const countermeasureSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^4\.\d(?:\.\d)?$/),
    section: z.string(),
    title: z.string(),
    beyondPlan: z.string().nullable(),
    checkedBy: z.string().nullable(),
    fargate: z.string(),
    ec2: z.string(),
  }),
);

/**
 * A plugin for rolldown and vite alike: checks the YAML files of `policies/` as a team's files are checked, and makes the
 * module `plimsoll:policy-files` of them, so that a run neither reads nor parses them.
 */
export function policyFiles(root: string, texts: LongTexts = inCode) {
  return {
    name: "policy-files",
    resolveId: (id: string) => (id === moduleId ? moduleId : null),
    async load(this: Bundler, id: string) {
      if (id !== moduleId) return null;
      const parsed = (file: string, document: unknown) =>
        `JSON.parse(${texts.expression(file, ascii(document), this)})`;
      const code = packModule(await readPack(root), readCountermeasures(root), readHcl(root), parsed);
      return { code: `${texts.imports}\n${code}`, moduleType: "js" as const };
    },
  };
}

/**
 * The code of the module. The policies are a text, as JSON is parsed faster than code that says the same; and so are their
 * examples, which are not parsed before one is asked for.
 * @param parsed makes the expression for what a text says
 */
function packModule(
  policies: readonly Policy[],
  countermeasures: readonly Countermeasure[],
  hcl: Readonly<Record<string, HclExamples>>,
  parsed: (file: string, document: unknown) => string,
): string {
  const examples = Object.fromEntries(policies.map((policy) => [policy.id, policy.examples]));
  const others = policies.map(({ examples: _, ...policy }) => policy);
  return [
    "let examples;",
    `const examplesOf = (id) => (examples ??= ${parsed("examples.json", examples)})[id];`,
    "const withExamples = (policy) => ({ ...policy, get examples() { return examplesOf(policy.id); } });",
    "let hcl;",
    `export const hclExamplesOf = (id) => (hcl ??= ${parsed("hcl.json", hcl)})[id] ?? { fails: null, passes: null, reasons: {} };`,
    `const pack = ${parsed("pack.json", { policies: others, countermeasures })};`,
    "export const policies = pack.policies.map(withExamples);",
    "export const countermeasures = pack.countermeasures;",
  ].join("\n");
}

/** JSON in ASCII. */
function ascii(document: unknown): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(document).replace(/[^\0-\x7f]/g, escaped);
}

async function readPack(root: string) {
  const folder = join(root, "policies");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".yaml") && !others.includes(file),
  );
  const sources = files.map((file) => ({
    file: relative(root, join(folder, file)),
    text: readFileSync(join(folder, file), "utf8"),
  }));
  const policies = await parsePolicyFiles(
    sources.sort((one, other) => (basename(one.file) < basename(other.file) ? -1 : 1)),
  );
  for (const {
    file,
    policy: { id },
  } of policies) {
    if (!basename(file).startsWith(`${id.toLowerCase()}-`))
      throw new Error(`${file}: the file's name must begin with ${id.toLowerCase()}-`);
  }
  const { policyPages } = z
    .object({ policyPages: z.string() })
    .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  return policies.map(({ policy }) => ({ ...policy, page: policyPage(policyPages, policy.id) }));
}

const reasonsSchema = z.record(
  z.string(),
  z.strictObject({ fails: z.string().optional(), passes: z.string().optional() }),
);

/** By policy id. */
function readHcl(root: string): Record<string, HclExamples> {
  const read = (side: "fails" | "passes") => {
    const folder = join(root, "policies/examples", side);
    return new Map(
      readdirSync(folder).map((file) => [
        basename(file, ".tf").toUpperCase(),
        readFileSync(join(folder, file), "utf8"),
      ]),
    );
  };
  const [fails, passes] = [read("fails"), read("passes")];
  const file = join(root, "policies/examples/reasons.yaml");
  const reasons = new Map(Object.entries(reasonsSchema.parse(parse(readFileSync(file, "utf8")))));
  return Object.fromEntries(
    [...new Set([...fails.keys(), ...passes.keys(), ...reasons.keys()])]
      .sort()
      .map((id) => [
        id,
        { fails: fails.get(id) ?? null, passes: passes.get(id) ?? null, reasons: reasons.get(id) ?? {} },
      ]),
  );
}

function readCountermeasures(root: string): readonly Countermeasure[] {
  return countermeasureSchema.parse(parse(readFileSync(join(root, "policies", countermeasureFile), "utf8")));
}
