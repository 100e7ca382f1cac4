import { type Finding, placeOf, type Report, type SystemEdge, type SystemNode } from "../../../engine/index.ts";
import { countMarks, type Mark, marks } from "./marks.ts";

/** The findings of one address, with the node of the picture that they sit on. */
export interface Group {
  /** Id of its element. */
  readonly id: string;
  readonly address: string | null;
  readonly module: string;
  readonly service: string;
  readonly findings: readonly Finding[];
  readonly node: NodeView | null;
}

/** A node of the picture with the findings of its resource and of the parts of it. */
export interface NodeView {
  /** Id of its row in the table that says the same as the picture. */
  readonly id: string;
  readonly node: SystemNode;
  readonly findings: readonly Finding[];
  /** The worst of its findings; null where it has none. */
  readonly worst: Mark | null;
}

/** What the picture of one plan shows. */
export interface Picture {
  readonly nodes: readonly NodeView[];
  readonly edges: readonly SystemEdge[];
  /** How many nodes are left out. */
  readonly omitted: number;
  /** How many links the plan does not tell. */
  readonly unknownLinks: number;
  /** How many findings are on nothing that the picture shows. */
  readonly elsewhere: number;
}

export interface PlanView {
  /** Begins the ids of all its elements. */
  readonly prefix: string;
  readonly report: Report;
  readonly groups: readonly Group[];
  /** Null where the report holds no system. */
  readonly picture: Picture | null;
}

/** So many nodes can still be laid out in well under a second, and be looked at. */
export const mostNodes = 160;
/** So many of a larger system are chosen by their findings; the rest is for what they are linked to. */
const mostChosen = 100;

/** Prepares a report: findings by address in the order of the report, and the nodes that they sit on. */
export function viewOf(report: Report, prefix: string): PlanView {
  const byAddress = new Map<string | null, Finding[]>();
  for (const finding of report.findings) {
    const same = byAddress.get(finding.subject.address);
    if (same === undefined) byAddress.set(finding.subject.address, [finding]);
    else same.push(finding);
  }
  const picture = report.system === null ? null : pictureOf(report, byAddress, prefix);
  const nodes = new Map(
    (picture?.nodes ?? []).flatMap((view) => addressesOf(view.node).map((address) => [address, view] as const)),
  );
  const groups = [...byAddress].map(([address, findings], at) => ({
    id: `${prefix}-resource-${at + 1}`,
    address,
    ...placeOf(address),
    findings,
    node: nodes.get(address) ?? null,
  }));
  return { prefix, report, groups, picture };
}

function addressesOf({ address, parts }: SystemNode): (string | null)[] {
  return address === null ? [] : [address, ...parts];
}

function pictureOf(
  { system, findings: all }: Report,
  byAddress: ReadonlyMap<string | null, readonly Finding[]>,
  prefix: string,
): Picture | null {
  if (system === null) return null;
  const views = system.nodes.map((node, at) => {
    const findings = addressesOf(node).flatMap((address) => byAddress.get(address) ?? []);
    const worst = countMarks(findings)[0]?.mark ?? null;
    return { id: `${prefix}-node-${at + 1}`, node, findings, worst };
  });
  const shown = choose(views, system.edges);
  const ids = new Set(shown.map(({ node }) => node.id));
  return {
    nodes: shown,
    edges: system.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    omitted: views.length - shown.length,
    unknownLinks: system.unknownLinks,
    elsewhere: all.length - shown.reduce((sum, { findings }) => sum + findings.length, 0),
  };
}

/** Of a large system those with the worst findings, and as many as fit of what they are linked to. */
function choose(views: readonly NodeView[], edges: readonly SystemEdge[]): readonly NodeView[] {
  if (views.length <= mostNodes) return views;
  const rank = ({ worst }: NodeView) => (worst === null ? marks.length : marks.indexOf(worst));
  const ranked = views
    .map((view, at) => ({ view, at }))
    .sort(
      (one, other) =>
        rank(one.view) - rank(other.view) || other.view.findings.length - one.view.findings.length || one.at - other.at,
    );
  const chosen = new Set(ranked.slice(0, mostChosen).map(({ view }) => view.node.id));
  const neighbours = edges.flatMap(({ from, to }) => (chosen.has(from) ? [to] : chosen.has(to) ? [from] : []));
  const kept = new Set([...new Set([...chosen, ...neighbours])].slice(0, mostNodes));
  return views.filter(({ node }) => kept.has(node.id));
}

/** The root module has no address; nothing else is named so. */
export function moduleValue(module: string): string {
  return module === "" ? "(root)" : module;
}
