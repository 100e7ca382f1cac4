import type { Policy } from "../engine/index.ts";
import { pack } from "../policies/pack.ts";
import type { TeamOptions } from "./config/team.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { jsonText } from "./reporters/json.ts";
import { plain, table } from "./reporters/terminal-text.ts";
import { loadTeam } from "./team.ts";
import { tell } from "./tell.ts";

export interface PoliciesArguments extends TeamOptions {
  readonly format: "table" | "json" | "markdown";
}

/** Lists the shipped policies and the team's. */
export async function policiesCommand(args: PoliciesArguments, io: Io): Promise<ExitCode> {
  const { policies, warnings } = await loadTeam({ ...args, onlyShown: true }, pack, io);
  tell(io, ...warnings);
  io.out(lists[args.format](policies));
  return warnings.length === 0 ? exitCodes.clean : exitCodes.usage;
}

const lists: Readonly<Record<PoliciesArguments["format"], (policies: readonly Policy[]) => string>> = {
  table: (policies) => table(policies.map((policy) => rowOf(policy).map(plain))),
  json: (policies) =>
    jsonText(
      policies.map(({ id, title, severity, subject, type, controls }) => ({
        id,
        title,
        severity,
        subject,
        type,
        controls,
      })),
    ),
  markdown: (policies) => {
    const cell = (text: string) => plain(text).replace(/[\\|]/g, "\\$&");
    const rows = policies.map((policy) => `| ${rowOf(policy).map(cell).join(" | ")} |`);
    return `| policy | severity | judges | what |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
  },
};

function rowOf({ id, severity, subject, type, title }: Policy): [string, string, string, string] {
  return [id, severity, type ?? subject, title];
}
