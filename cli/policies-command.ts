import type { Policy } from "../engine/index.ts";
import { pack } from "../policies/pack.ts";
import type { TeamOptions } from "./config/team.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { jsonText } from "./reporters/json.ts";
import { plain } from "./reporters/terminal-text.ts";
import { loadTeam } from "./team.ts";

export interface PoliciesArguments extends TeamOptions {
  readonly format: "table" | "json" | "markdown";
}

/** Lists the shipped policies and the team's. */
export async function policiesCommand(args: PoliciesArguments, io: Io): Promise<ExitCode> {
  const { policies } = await loadTeam(args, pack, io);
  io.out(lists[args.format](policies));
  return exitCodes.clean;
}

const lists: Readonly<Record<PoliciesArguments["format"], (policies: readonly Policy[]) => string>> = {
  table,
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

function table(policies: readonly Policy[]): string {
  const rows = policies.map((policy) => rowOf(policy).map(plain));
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}\n`).join("");
}
