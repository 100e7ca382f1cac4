import { type Finding, type Place, placeOf, type Report } from "../../../engine/index.ts";
import { byCause, type CauseGroup } from "../causes.ts";
import { worstFirst } from "../findings.ts";
import { type Picture, pictureOf } from "./picture-view.ts";

/** A finding with what the page says of it beside its row. */
export interface RowView {
  /** Id of its element. */
  readonly id: string;
  readonly finding: Finding;
  readonly place: Place;
  /** Ids of the node that it sits on and of the box that shows that; empty where the picture shows neither. */
  readonly nodes: readonly string[];
}

/** Findings that one change puts an end to. */
export interface CauseView {
  readonly group: CauseGroup;
  readonly rows: readonly RowView[];
}

export interface PlanView {
  /** Begins the ids of all its elements. */
  readonly prefix: string;
  /** Begins the names of its filters in the URL's hash. */
  readonly hashPrefix: string;
  readonly report: Report;
  /** The worst first. */
  readonly causes: readonly CauseView[];
  /** Null where the report holds no system. */
  readonly picture: Picture | null;
  /** The row of the first finding of an address. */
  readonly firstRow: ReadonlyMap<string | null, string>;
}

/** Prepares a report: findings by cause, and the nodes that they sit on. */
export function viewOf(report: Report, prefix: string, hashPrefix: string): PlanView {
  const picture = report.system === null ? null : pictureOf(report, report.system, prefix);
  const firstRow = new Map<string | null, string>();
  let count = 0;
  const toRow = (finding: Finding): RowView => {
    const { address } = finding.subject;
    count += 1;
    const id = `${prefix}-finding-${count}`;
    if (!firstRow.has(address)) firstRow.set(address, id);
    return { id, finding, place: placeOf(address), nodes: picture?.nodesOf.get(address) ?? [] };
  };
  const causes = byCause(worstFirst([{ file: "", report }]), "causes").map((group) => ({
    group,
    rows: group.findings.map(({ finding }) => toRow(finding)),
  }));
  return { prefix, hashPrefix, report, causes, picture, firstRow };
}

/** The root module has no address; nothing else is named so. */
export function moduleValue(module: string): string {
  return module === "" ? "(root)" : module;
}
