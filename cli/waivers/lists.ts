import { shorten } from "../reporters/findings.ts";
import { jsonText } from "../reporters/json.ts";
import { cell, prose } from "../reporters/markdown-text.ts";
import { plain, table } from "../reporters/terminal-text.ts";
import { type ListedWaiver, stateText } from "./listed.ts";

export type ListFormat = "table" | "json" | "markdown";

/** A listed waiver, and what was done to it. */
export interface ListedChange extends ListedWaiver {
  /** What became of it, `removed` or `renewed until 2027-06-30`. */
  readonly change?: string;
}

export const lists: Readonly<Record<ListFormat, (waivers: readonly ListedChange[]) => string>> = {
  table: waiverTable,
  json: (waivers) => jsonText(waivers),
  markdown: (waivers) => {
    if (waivers.length === 0) return "No waivers.\n";
    const rows = waivers.map((waiver) => {
      const { from, policy, resources, owner, reason } = waiver;
      const cells = [cell(from), cell(policy), stateOf(waiver), prose(owner ?? ""), prose(reason)];
      return `| ${[...cells, resources.map((resource) => cell(resource)).join("<br>")].join(" | ")} |`;
    });
    const header = "| where | policy | state | owner | reason | resources |\n| --- | --- | --- | --- | --- | --- |";
    return `${header}\n${rows.join("\n")}\n`;
  },
};

function stateOf(waiver: ListedChange): string {
  return waiver.change === undefined ? stateText(waiver) : `${waiver.change}: ${stateText(waiver)}`;
}

const mostResources = 3;

function waiverTable(waivers: readonly ListedChange[]): string {
  if (waivers.length === 0) return "No waivers.\n";
  const rows = waivers.map((waiver) => {
    const { from, policy, resources, owner, reason } = waiver;
    const shown = resources.slice(0, mostResources).join(" ");
    const more = resources.length > mostResources ? ` and ${resources.length - mostResources} more` : "";
    const why = shorten(reason, 200);
    return [from, policy, stateOf(waiver), owner ?? "-", `${shown}${more}`, why].map((text) => plain(text.trim()));
  });
  return table(rows);
}
