import { styleText } from "node:util";
import { type FactsReport, type ShownFact, type ShownJoin, type ShownSubject, showValue } from "../../engine/index.ts";
import type { ReporterOptions } from "./reporter.ts";
import { plain, wrap } from "./terminal-text.ts";

/** What policies see of a plan, for people: by resource its subjects with their facts, then its joins. */
export function factsText(
  { subjects, joins }: FactsReport,
  { colours, columns }: Pick<ReporterOptions, "colours" | "columns">,
): string {
  const bold = (text: string) => (colours ? styleText("bold", text, { validateStream: false }) : text);
  const addresses = [...new Set([...subjects, ...joins].map(({ address }) => address))];
  const blocks = addresses.map((address) =>
    [
      bold(plain(address ?? "the plan")),
      ...subjects.filter((subject) => subject.address === address).map((subject) => subjectLines(subject, columns)),
      ...joins.filter((join) => join.address === address).map((join) => joinLine(join, columns)),
    ].join("\n"),
  );
  const count = `${subjects.length} subjects, ${joins.length} joins`;
  return `${[...blocks, count].join("\n\n")}\n`;
}

function subjectLines({ kind, name, facts }: ShownSubject, columns: number): string {
  const title = `  ${kind}${name === null ? "" : ` ${plain(name)}`}`;
  return [title, ...Object.entries(facts).map(([factName, fact]) => factLine(factName, fact, columns))].join("\n");
}

function factLine(name: string, { state, value, path, address, unknown, note }: ShownFact, columns: number): string {
  const shown = state === "unknown" ? `unknown: it ${unknown?.reason ?? ""}` : showValue(value);
  const origin = state === "unset" && value !== null ? ", not set, this is the default" : "";
  const place = path === null ? "" : ` [${address === null ? "" : `${address} `}${path}]`;
  const remark = note === null ? "" : ` (${note})`;
  return wrap(plain(`${name} = ${shown}${origin}${place}${remark}`), columns, " ".repeat(6), " ".repeat(10));
}

function joinLine({ path, to, kind, by, targets, unknown }: ShownJoin, columns: number): string {
  const found = {
    one: `${targets.join(", ")} (by ${by ?? ""})`,
    several: `one of ${targets.join(", ")} (by ${by ?? ""})`,
    none: `no ${to} of this plan`,
    unknown: `unknown: it ${unknown?.reason ?? ""}`,
  }[kind];
  return wrap(plain(`${path} -> ${found}`), columns, " ".repeat(4), " ".repeat(8));
}
