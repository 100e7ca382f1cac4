import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));
}

/** What a file imports: files as paths from the root, packages by name. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const specifiers = [...text.matchAll(/(?:\bfrom |\bimport |\bimport\()"([^"]+)"(?:;|\)| with)/g)].map(
    (match) => match[1] ?? "",
  );
  return specifiers.map((specifier) =>
    specifier.startsWith(".") ? relative(root, join(root, dirname(file), specifier)) : specifier,
  );
}

/** From which folders and packages each part may import; the first entry whose folder holds the file counts. */
const rules: readonly { readonly folder: string; readonly may: readonly string[] }[] = [
  // Runs in a browser.
  { folder: "cli/reporters/html/page/", may: ["cli/reporters/html/page/"] },
  {
    folder: "cli/reporters/html/",
    may: [
      "engine/index.ts",
      "engine/group-by.ts",
      "cli/reporters/html/",
      "cli/reporters/causes.ts",
      "cli/reporters/changes.ts",
      "cli/reporters/findings.ts",
      "cli/reporters/hidden.ts",
      "cli/reporters/natural-order.ts",
      "cli/reporters/nist-states.ts",
      "cli/reporters/plan-result.ts",
      "cli/reporters/run-evidence.ts",
      "cli/reporters/terminal-text.ts",
      "plimsoll:page-parts",
      "@dagrejs/dagre",
      "node:crypto",
    ],
  },
  {
    folder: "cli/reporters/",
    may: [
      "engine/index.ts",
      "engine/group-by.ts",
      "engine/lists.ts",
      "cli/reporters/",
      "fast-string-truncated-width",
      "node:util",
    ],
  },
  {
    folder: "cli/source/",
    may: [
      "engine/lists.ts",
      "engine/index.ts",
      "cli/source/",
      "cli/entry.ts",
      "cli/exit-codes.ts",
      "engine/expressions/syntax.ts",
      "engine/plan/source.ts",
      "plimsoll:grammar-files",
      "node:fs",
      "node:path",
      "jsonc-parser",
      "web-tree-sitter",
      "zod",
    ],
  },
  { folder: "cli/comment/", may: ["cli/", "node:", "yargs", "zod"] },
  {
    folder: "cli/serve/",
    may: ["cli/", "package.json", "node:", "fastify", "p-limit", "prom-client", "yargs", "zod"],
  },
  { folder: "cli/program/", may: ["engine/index.ts", "policies/pack.ts", "cli/", "package.json", "node:path", "zod"] },
  { folder: "cli/schema-command.ts", may: ["engine/json-schemas.ts", "cli/"] },
  { folder: "cli/write-waivers.ts", may: ["engine/index.ts", "cli/", "node:", "yaml"] },
  { folder: "cli/waivers/edit.ts", may: ["yaml", "zod"] },
  {
    folder: "cli/",
    may: [
      "engine/lists.ts",
      "engine/index.ts",
      "policies/pack.ts",
      "cli/",
      "plimsoll:resource-types",
      "package.json",
      "node:",
      "yargs",
    ],
  },
  {
    folder: "policies/",
    may: ["engine/policy/policy.ts", "engine/policy/countermeasure.ts", "plimsoll:policy-files", "policies/pack.ts"],
  },
  {
    folder: "engine/expressions/",
    may: ["engine/lists.ts", "engine/expressions/", "engine/plan/", "@noble/hashes/", "ipaddr.js", "re2js", "yaml"],
  },
  {
    folder: "engine/plan/",
    may: [
      "engine/lists.ts",
      "engine/plan/",
      "engine/expressions/syntax.ts",
      "engine/compare-text.ts",
      "engine/group-by.ts",
      "engine/once.ts",
      "engine/same-text.ts",
      "zod/mini",
    ],
  },
  {
    folder: "engine/model/",
    may: ["engine/lists.ts", "engine/model/", "engine/plan/", "engine/group-by.ts", "engine/same-text.ts", "zod/mini"],
  },
  {
    folder: "engine/iam/",
    may: [
      "engine/lists.ts",
      "engine/iam/",
      "engine/model/",
      "engine/network/",
      "engine/plan/",
      "engine/glob.ts",
      "engine/once.ts",
      "engine/three-valued.ts",
      "plimsoll:iam-actions",
      "plimsoll:managed-policies",
    ],
  },
  { folder: "engine/secrets/", may: ["engine/secrets/", "engine/once.ts"] },
  { folder: "engine/network/", may: ["engine/network/", "ipaddr.js"] },
  {
    folder: "engine/buildspec/",
    may: ["engine/buildspec/", "engine/plan/unknown.ts", "engine/plan/json.ts", "engine/glob.ts", "unbash", "yaml"],
  },
  {
    folder: "engine/joins/",
    may: ["engine/joins/", "engine/model/", "engine/plan/", "engine/once.ts", "engine/three-valued.ts"],
  },
  {
    folder: "engine/subjects/",
    may: [
      "engine/lists.ts",
      "engine/joins/",
      "engine/subjects/",
      "engine/iam/",
      "engine/network/",
      "engine/secrets/",
      "engine/buildspec/",
      "engine/model/",
      "engine/plan/",
      "engine/glob.ts",
      "engine/group-by.ts",
      "engine/once.ts",
      "engine/three-valued.ts",
      "zod",
    ],
  },
  {
    folder: "engine/policy/",
    may: [
      "engine/lists.ts",
      "engine/policy/",
      "engine/operators/operator.ts",
      "engine/operators/operators.ts",
      "engine/files/",
      "engine/subjects/kinds.ts",
      "engine/subjects/kinds/",
      "engine/subjects/resource/attribute-path.ts",
      "engine/subjects/resource/relation.ts",
      "engine/plan/json.ts",
      "zod",
    ],
  },
  { folder: "engine/files/", may: ["engine/files/", "leven", "yaml", "zod"] },
  {
    folder: "engine/config/",
    may: [
      "engine/config/",
      "engine/operators/operators.ts",
      "engine/files/",
      "engine/policy/",
      "engine/report/address-pattern.ts",
      "engine/subjects/settings.ts",
      "engine/plan/json.ts",
      "engine/glob.ts",
      "zod",
    ],
  },
  {
    folder: "engine/operators/",
    may: [
      "engine/operators/",
      "engine/subjects/kinds/",
      "engine/iam/arns.ts",
      "engine/model/",
      "engine/network/",
      "engine/plan/",
      "engine/glob.ts",
      "engine/three-valued.ts",
      "re2js",
    ],
  },
  {
    folder: "engine/evaluate/",
    may: [
      "engine/evaluate/",
      "engine/operators/",
      "engine/policy/named-facts.ts",
      "engine/policy/policy.ts",
      "engine/policy/problem-text.ts",
      "engine/subjects/",
      "engine/plan/",
      "engine/three-valued.ts",
      "json-rules-engine",
    ],
  },
  {
    folder: "engine/report/",
    may: [
      "engine/lists.ts",
      "engine/report/",
      "engine/evaluate/",
      "engine/operators/operators.ts",
      "engine/policy/policy.ts",
      "engine/policy/countermeasure.ts",
      "engine/policy/override.ts",
      "engine/policy/waiver.ts",
      "engine/joins/",
      "engine/model/image-reference.ts",
      "engine/subjects/",
      "engine/plan/",
      "engine/secrets/",
      "engine/files/nearest.ts",
      "engine/compare-text.ts",
      "engine/glob.ts",
      "engine/group-by.ts",
      "engine/once.ts",
      "zod",
    ],
  },
  { folder: "engine/json-schemas.ts", may: ["engine/", "zod"] },
  { folder: "engine/", may: ["engine/"] },
];

const files = ["engine", "cli", "policies"].flatMap(sources);

it("imports go in the directions that the design allows", () => {
  const wrong = files.flatMap((file) => {
    const rule = rules.find(({ folder }) => file.startsWith(folder));
    return importsOf(file)
      .filter(
        (target) =>
          !rule?.may.some((allowed) => target === allowed || (/[/:]$/.test(allowed) && target.startsWith(allowed))),
      )
      .map((target) => `${file} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

it("the engine has no file system, no process, no console, no clock and no chance", () => {
  const forbidden =
    /\b(?:process|console|require)\s*[.(]|\bDate\b|Math\.random|\bfetch\(|toLocale|localeCompare|Intl\./;
  const wrong = files
    .filter((file) => file.startsWith("engine/"))
    .flatMap((file) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .filter((line) => forbidden.test(line) && !/^\s*(?:\/\/|\*|\/\*\*)/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(wrong).toEqual([]);
});

it("no list is spread into a call that takes no more than some 120,000 arguments: append, largest and smallest of lists.ts take any", () => {
  const spread = /\b(?:push|splice|max|min|concat|fromCharCode|fromCodePoint)\(\.\.\./;
  // The scripts of the page run on one report in a browser.
  const own = files.filter((file) => !file.startsWith("cli/reporters/html/page/"));
  expect(own.filter((file) => spread.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
});

it("only what reads buildspecs loads their parsers, and only where a plan has one", () => {
  const eager = files.filter((file) =>
    /^import (?!type )[^;]*from "[^"]*buildspec\/(?:understand|walk|simple-commands|buildspec)\.ts";/m.test(
      readFileSync(join(root, file), "utf8"),
    ),
  );
  expect(eager).toEqual([]);
});
