import { mostPlanBytes } from "../cli/input.ts";
import { mostCharacters as mostInAtlantis } from "../cli/reporters/atlantis.ts";
import { mostOfEach } from "../cli/reporters/github.ts";
import { mostBoxes } from "../cli/reporters/html/picture-view.ts";
import { mostCharacters as mostInMarkdown } from "../cli/reporters/markdown.ts";
import { mostRows } from "../cli/reporters/run-task.ts";
import { mostResults } from "../cli/reporters/sarif.ts";
import { deepestBlock, longestHcl } from "../cli/source/hcl.ts";
import { longestSource } from "../cli/source/open.ts";
import { mostVariables } from "../engine/buildspec/buildspec.ts";
import { shellLimits } from "../engine/buildspec/shell.ts";
import { yamlLimits } from "../engine/buildspec/yaml-data.ts";
import { longestFile, mostAliases } from "../engine/files/located.ts";
import { mostParts } from "../engine/files/yaml-index.ts";
import { mostCompared } from "../engine/iam/document-refusals.ts";
import { deepestContainer } from "../engine/model/container-texts.ts";
import { deepestChain } from "../engine/model/policy-text.ts";
import { deepestValue } from "../engine/plan/node.ts";
import { longestChain } from "../engine/plan/resolve-expression.ts";
import { deepestCondition } from "../engine/policy/conditions.ts";
import { mostMatches } from "../engine/policy/waiver.ts";

type Row = readonly [what: string, bound: string, beyond: string];

const number = (value: number) => value.toLocaleString("en");
const mebibytes = (bytes: number) => `${number(Math.ceil(bytes / 1024 ** 2))} MiB`;

const inPlans: readonly Row[] = [
  ["the JSON of a plan", mebibytes(mostPlanBytes), "exit code 3 with its size, before it is read"],
  [
    "the modules that a reference leads through",
    `${number(longestChain)} variables and outputs`,
    "unknown: what it leads to",
  ],
  ["a value with unknown or sensitive parts", `${number(deepestValue)} levels`, "unknown, and hidden as sensitive"],
  ["policy documents that are made of others", number(deepestChain), "unknown: the document"],
  [
    "statements and patterns of one policy document that may refuse what it allows",
    number(mostCompared),
    "unknown: whether it is refused",
  ],
  ["a container definition", `${number(deepestContainer)} levels`, "unknown: what stands deeper"],
  ["a buildspec, a document in YAML", `${number(yamlLimits.characters)} characters`, "unknown: what it says"],
  ["a buildspec, a document in YAML", `${number(yamlLimits.levels)} levels`, "unknown: what it says"],
  ["a buildspec", `${number(mostVariables)} variables`, "unknown: what the build does"],
  ["the commands that a build runs", number(shellLimits.commands), "unknown: what the commands behind them do"],
  ["commands within commands", `${number(shellLimits.depth)} levels`, "unknown: what the deeper ones do"],
];

const inFiles: readonly Row[] = [
  ["a policy file or a configuration", `${number(longestFile)} characters`, "exit code 2 with the file"],
  ["a list or map in one", `${number(mostParts)} parts`, "exit code 2 with the line"],
  ["uses of one alias in one", number(mostAliases), "exit code 2 with the file"],
  ["the conditions of a policy", `${number(deepestCondition)} steps to the innermost`, "exit code 2 with the line"],
  ["`maxMatches` of a waiver", number(mostMatches), "exit code 2 with the line"],
  ["a file of the Terraform source", mebibytes(longestSource), "a warning; no lines, values and waivers come from it"],
  ["one in HCL", mebibytes(longestHcl), "a warning; no lines, values and waivers come from it"],
  ["blocks within blocks of the source", `${number(deepestBlock)} levels`, "a warning; the outermost tells no values"],
];

const inReports: readonly Row[] = [
  ["`sarif`", `${number(mostResults)} results`, "the least severe are left out, counted in a notification"],
  ["`github`", `${number(mostOfEach)} errors and as many warnings`, "a notice counts the others"],
  ["`markdown`", `${number(mostInMarkdown)} characters`, "the least severe are left out and counted"],
  ["`atlantis`", `${number(mostInAtlantis)} characters`, "the least severe are left out and counted"],
  ["`run-task`", `${number(mostRows)} causes of each outcome`, "the others are counted"],
  ["`html`", `${number(mostBoxes)} boxes in the picture`, "those with the worst findings stay; the list has all"],
];

/** What two configurations have alike in a plan, although they mean something else. */
const withoutSource: readonly string[] = [
  "## Plans without their source",
  "",
  "A plan keeps what an expression refers to, and neither the functions in it nor `dynamic` blocks. Where the `.tf` files lie in",
  "the working directory, or `--source` names them, both are read and nothing here holds. A plan alone tells less:",
  "",
  "- A value that is known after apply only and has one reference is taken for that reference. `x.arn`, `lower(x.arn)` and",
  '  `"${x.arn}-other"` look alike in a plan. It is unknown where anything shows that more is made of it: something else is mentioned,',
  '  the reference stands twice, or it is no name where a name is wanted (`role = split("/", aws_iam_role.x.arn)[1]`).',
  "- A `dynamic` block over a list that is known after apply only leaves no trace where the provider computes such blocks: `setting`",
  "  of a cluster, `inline_policy` of a role, rules of a group, routes of a table. It is unknown where the plan lists a relevant",
  "  attribute that no expression shows and that the resource can use. A local, an output or another dynamic block counts as its",
  "  user only where it is called as the attribute is, and never where the attribute may be a list or a map.",
  "",
  "So without the source a verdict may be wrong in three cases, a pass too: where a function makes something else of the only",
  "reference; where a hidden block is made over what another expression uses as well (`for_each = aws_kms_key.x.arn == null ? [] : [1]`),",
  "or over what `timestamp()` or `uuid()` decides, of which the plan lists nothing. To take every block for hidden that could be one",
  "would leave no role without inline policies decided. Give `--source` wherever these files are at hand.",
];

/** The page of all bounds, with the numbers that the code has. */
export function limitsPage(): string {
  return [
    "# Limits",
    "",
    "This page is generated from the code (`npm run documentation`). No input makes plimsoll run without end: what is larger than anybody writes it does not",
    "read, and says so. Nothing passes because of a bound: a policy that needs what was not read is unknown.",
    ...section("Plans", "in a plan", inPlans),
    ...section("Policies, configurations and sources", "in a file", inFiles),
    ...section("Reports", "format", inReports),
    "",
    ...withoutSource,
    "",
  ].join("\n");
}

function section(title: string, what: string, rows: readonly Row[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return ["", `## ${title}`, "", line([what, "limit", "beyond it"]), "| --- | --- | --- |", ...rows.map(line)];
}
