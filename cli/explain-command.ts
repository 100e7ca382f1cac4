import {
  type Example,
  factDescriptions,
  factsOf,
  isGlobalParameter,
  type Policy,
  unknownName,
} from "../engine/index.ts";
import { hclExamplesOf, pack } from "../policies/pack.ts";
import type { TeamOptions } from "./config/team.ts";
import { type ExitCode, exitCodes, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { flowing, plain, wrap } from "./reporters/terminal-text.ts";
import { loadTeam } from "./team.ts";
import { tell } from "./tell.ts";

export interface ExplainArguments extends TeamOptions {
  readonly id: string;
}

/** Explains one policy, or those that judge what a check of another tool or a control does: `explain CKV_AWS_334`. */
export async function explainCommand(args: ExplainArguments, io: Io): Promise<ExitCode> {
  const { policies, warnings } = await loadTeam({ ...args, onlyShown: true }, pack, io);
  tell(io, ...warnings);
  const id = args.id.toUpperCase();
  const policy = policies.find((each) => each.id === id);
  const found = policy === undefined ? policies.filter((each) => namesControl(each, id)) : [policy];
  if (found.length === 0) {
    throw new UsageError(
      unknownName(
        "policy",
        id,
        policies.map((each) => each.id),
      ),
    );
  }
  io.out(found.map((each) => explanation(each, io.columns)).join("\n"));
  return warnings.length === 0 ? exitCodes.clean : exitCodes.usage;
}

/** Whether a policy names the control, or the check of another tool, as its own or as what it is a part of. */
function namesControl({ controls }: Policy, id: string): boolean {
  return Object.values(controls).some((ids) => ids.some((control) => control.toUpperCase() === id));
}

const indent = "  ";

function explanation(policy: Policy, columns: number): string {
  const judges = policy.type === null ? policy.subject : `resources of the type ${policy.type}`;
  const entry = (name: string, text: string) => wrap(plain(`${name}: ${text}`), columns, indent, indent.repeat(3));
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [[title, ...lines].join("\n")];
  const facts = factDescriptions(policy.subject);
  const { pass, fail } = policy.examples;
  const hcl = hclExamplesOf(policy.id);
  return `${[
    `${policy.id}  ${plain(policy.title)}\n${policy.severity}; judges ${judges}`,
    wrap(flowing(policy.why), columns, "why  ", "     "),
    wrap(flowing(policy.fix), columns, "fix  ", "     "),
    ...(policy.page === null ? [] : [`page ${plain(policy.page)}`]),
    ...section(
      "facts that it compares",
      factsOf([policy]).map((name) => entry(name, facts.get(name) ?? "attribute of the resource")),
    ),
    ...section(
      "parameters",
      Object.entries(policy.parameters).map(([name, { type, default: value, description }]) => {
        const reach = isGlobalParameter(name) ? "; counts for all policies" : "";
        return entry(name, `${flowing(description)} (${type}, default ${JSON.stringify(value)}${reach})`);
      }),
    ),
    ...section(
      "controls",
      Object.entries(policy.controls).map(([source, ids]) => entry(source, ids.join(", "))),
    ),
    ...section("an example that fails", exampleLines(hcl.fails, hcl.reasons.fails, fail, columns)),
    ...section("an example that passes", exampleLines(hcl.passes, hcl.reasons.passes, pass, columns)),
  ].join("\n\n")}\n`;
}

/** HCL where somebody wrote it, else why no configuration shows it, and the facts of the first example. */
function exampleLines(
  hcl: string | null,
  reason: string | undefined,
  examples: readonly Example[],
  columns: number,
): string[] {
  if (hcl === null) {
    const why = reason === undefined ? [] : [wrap(plain(reason), columns, indent, indent)];
    return [...why, ...examples.slice(0, 1).map((example) => exampleLine(example, columns))];
  }
  return hcl
    .trimEnd()
    .split("\n")
    .map((line) => `${indent}${plain(line)}`.trimEnd());
}

function exampleLine(example: Example, columns: number): string {
  const facts = Object.entries(example).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return wrap(plain(`{ ${facts.join(", ")} }`), columns, indent, indent.repeat(2));
}
