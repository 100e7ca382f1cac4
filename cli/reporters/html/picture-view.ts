import { groupBy } from "../../../engine/group-by.ts";
import {
  type Finding,
  instanceKeys,
  type Report,
  type ReportSystem,
  type SystemEdge,
  type SystemNode,
  withoutKeys,
} from "../../../engine/index.ts";
import { compareNatural } from "../natural-order.ts";
import { boxesOf, type Frame, type NodeSet } from "./boxes.ts";
import { countMarks, type Mark, marks } from "./marks.ts";

/** A node with the findings of its resource and of the parts of it. */
export interface NodeView {
  readonly id: string;
  readonly node: SystemNode;
  readonly findings: readonly Finding[];
  /** The worst of its findings; null where it has none. */
  readonly worst: Mark | null;
}

/** A box of the picture: a node, or the instances of a resource that are linked alike. */
export interface BoxView {
  /** Id of its row in the table that says the same as the picture; of a single node that of the node. */
  readonly id: string;
  readonly frames: readonly Frame[];
  /** In the order of instances: `web[2]` before `web[10]`. */
  readonly nodes: readonly NodeView[];
  readonly first: SystemNode;
  /** The name; of several the one that they share but for their keys. */
  readonly label: string;
  readonly findings: readonly Finding[];
  readonly worst: Mark | null;
}

/** All links from the nodes of one box to those of another one. */
export interface BoxLink {
  /** Ids of the boxes. */
  readonly from: string;
  readonly to: string;
  readonly edges: readonly SystemEdge[];
  readonly certainty: SystemEdge["certainty"];
}

/** What the picture of one plan shows. */
export interface Picture {
  readonly boxes: readonly BoxView[];
  readonly links: readonly BoxLink[];
  /** How many boxes are left out. */
  readonly omitted: number;
  /** How many links are unknown. */
  readonly unknownLinks: number;
  /** How many findings are on nothing that the picture shows. */
  readonly elsewhere: number;
  /** Ids of the node and of the box of each address that is shown, or is a part of what is shown. */
  readonly nodesOf: ReadonlyMap<string | null, readonly string[]>;
}

/** So many boxes can still be laid out in well under a second, and be looked at. */
export const mostBoxes = 160;
/** So many of a larger system are chosen by their findings; the rest is for what they are linked to. */
const mostChosen = 100;

export function pictureOf({ findings }: Report, { nodes, edges, unknownLinks }: ReportSystem, prefix: string): Picture {
  const byAddress = groupBy(findings, ({ subject }) => subject.address);
  const sets = boxesOf(nodes, edges);
  const all = sets.map((set, at) => boxView(set, at, byAddress, prefix));
  const links = linksOf(all, edges);
  const boxes = choose(all, links);
  const shown = new Set(boxes.map(({ id }) => id));
  const nodesOf = new Map<string | null, readonly string[]>(
    boxes.flatMap((box) =>
      box.nodes.flatMap(({ id, node }) => addressesOf(node).map((address) => [address, [id, box.id]] as const)),
    ),
  );
  return {
    boxes,
    links: links.filter(({ from, to }) => shown.has(from) && shown.has(to)),
    omitted: all.length - boxes.length,
    unknownLinks,
    elsewhere: findings.filter(({ subject }) => !nodesOf.has(subject.address)).length,
    nodesOf,
  };
}

function boxView(
  { nodes, frames }: NodeSet,
  at: number,
  byAddress: ReadonlyMap<string | null, readonly Finding[]>,
  prefix: string,
): BoxView {
  const sorted = nodes.toSorted((one, other) => compareNatural(one.id, other.id));
  const views = sorted.map((node, index) => {
    const findings = addressesOf(node).flatMap((address) => byAddress.get(address) ?? []);
    const id = nodes.length === 1 ? `${prefix}-box-${at + 1}` : `${prefix}-box-${at + 1}-${index + 1}`;
    return { id, node, findings, worst: countMarks(findings)[0]?.mark ?? null };
  });
  const findings = views.flatMap((view) => view.findings);
  const first = sorted[0] ?? nodes[0];
  if (first === undefined) throw new Error("a box holds a node");
  return {
    id: `${prefix}-box-${at + 1}`,
    frames,
    nodes: views,
    first,
    label: sharedLabel(sorted, first),
    findings,
    worst: countMarks(findings)[0]?.mark ?? null,
  };
}

/** `{key}-tasks` of `basket-tasks` and `billing-tasks`; names that share nothing else are counted. */
function sharedLabel(nodes: readonly SystemNode[], first: SystemNode): string {
  const labels = new Set(nodes.map(({ label, address }) => withoutKeys(label, instanceKeys(address ?? ""))));
  const [label] = labels;
  if (nodes.length === 1) return first.label;
  if (labels.size === 1 && label !== undefined) return label;
  return `${first.label} and ${nodes.length - 1} more`;
}

function addressesOf({ address, parts }: SystemNode): (string | null)[] {
  return address === null ? [] : [address, ...parts];
}

function linksOf(boxes: readonly BoxView[], edges: readonly SystemEdge[]): BoxLink[] {
  const boxOf = new Map(boxes.flatMap(({ id, nodes }) => nodes.map(({ node }) => [node.id, id] as const)));
  const ends = ({ from, to }: SystemEdge) => [boxOf.get(from) ?? "", boxOf.get(to) ?? ""] as const;
  const outside = edges.filter((edge) => ends(edge)[0] !== ends(edge)[1]);
  return [...groupBy(outside, (edge) => ends(edge).join(" ")).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const [from, to] = ends(first);
    const certainty = same.some((edge) => edge.certainty === "exact") ? "exact" : "one-of";
    return [{ from, to, edges: same, certainty }];
  });
}

/** Of a large system those with the worst findings, and as many as fit of what they are linked to. */
function choose(boxes: readonly BoxView[], links: readonly BoxLink[]): readonly BoxView[] {
  if (boxes.length <= mostBoxes) return boxes;
  const rank = ({ worst }: BoxView) => (worst === null ? marks.length : marks.indexOf(worst));
  const ranked = boxes
    .map((box, at) => ({ box, at }))
    .sort(
      (one, other) =>
        rank(one.box) - rank(other.box) || other.box.findings.length - one.box.findings.length || one.at - other.at,
    );
  const chosen = new Set(ranked.slice(0, mostChosen).map(({ box }) => box.id));
  const neighbours = links.flatMap(({ from, to }) => (chosen.has(from) ? [to] : chosen.has(to) ? [from] : []));
  const kept = new Set([...new Set([...chosen, ...neighbours])].slice(0, mostBoxes));
  return boxes.filter(({ id }) => kept.has(id));
}
