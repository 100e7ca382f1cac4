import { layout as dagreLayout, type EdgeLabel, Graph, type GraphLabel, type NodeLabel } from "@dagrejs/dagre";
import type { SystemEdge, SystemKind, SystemNode } from "../../../engine/index.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node with its upper left corner. */
export interface PlacedNode extends Point {
  readonly node: SystemNode;
}

/** A link with the points that it passes, from the side of one node to that of the other. */
export interface RoutedEdge {
  readonly edge: SystemEdge;
  readonly points: readonly Point[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly RoutedEdge[];
  /** Where the nodes begin that nothing links, below all others; null where there are none. */
  readonly looseTop: number | null;
}

export const nodeSize = { width: 206, height: 42 };

const gap = 10;
const columnGap = 84;
const margin = 8;
/** Room for the heading of what is not linked. */
const headingHeight = 40;
const looseColumns = 4;

/** From what starts to what it rests on: nodes of one column stand below each other where the links allow it. */
const columns: Readonly<Record<SystemKind, number>> = {
  "build-project": 0,
  "load-balancer": 0,
  "launch-point": 0,
  "task-definition": 1,
  function: 1,
  "security-group": 1,
  cluster: 1,
  repository: 2,
  image: 2,
  role: 2,
  secret: 2,
  "log-group": 2,
  policy: 3,
  key: 3,
};

/** Places the nodes from left to right along their links; the same nodes and links are always placed alike. */
export function layOut(nodes: readonly SystemNode[], edges: readonly SystemEdge[]): Layout {
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const linked = nodes.filter(({ id }) => ends.has(id));
  const loose = nodes.filter(({ id }) => !ends.has(id));
  const graph = arrange(linked, edges);
  const placed = linked.map((node) => ({ node, ...corner(graph, node.id) }));
  const corners = new Map(placed.map(({ node, x, y }) => [node.id, { x, y }]));
  const linkedHeight = Math.max(0, ...placed.map(({ y }) => y + nodeSize.height));
  const top = loose.length === 0 ? null : linkedHeight === 0 ? margin : linkedHeight + headingHeight;
  const looseStep = { x: nodeSize.width + columnGap, y: nodeSize.height + gap };
  const all = [
    ...placed,
    ...loose.map((node, at) => ({
      node,
      x: margin + (at % looseColumns) * looseStep.x,
      y: (top ?? 0) + Math.floor(at / looseColumns) * looseStep.y,
    })),
  ];
  return {
    width: Math.max(0, ...all.map(({ x }) => x + nodeSize.width)) + margin,
    height: Math.max(0, ...all.map(({ y }) => y + nodeSize.height)) + margin,
    nodes: all,
    edges: edges.map((edge) => route(edge, graph, corners)),
    looseTop: top,
  };
}

type Arranged = ReturnType<typeof arrange>;

function arrange(nodes: readonly SystemNode[], edges: readonly SystemEdge[]) {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: "LR", nodesep: gap, ranksep: columnGap, edgesep: 6, marginx: margin, marginy: margin });
  const columnOf = new Map(nodes.map(({ id, kind }) => [id, columns[kind]]));
  for (const { id } of nodes) graph.setNode(id, { ...nodeSize });
  for (const { from, to } of edges) {
    const distance = (columnOf.get(to) ?? 0) - (columnOf.get(from) ?? 0);
    graph.setEdge(from, to, { minlen: Math.max(1, distance) });
  }
  if (nodes.length > 0) dagreLayout(graph);
  return graph;
}

function corner(graph: Arranged, id: string): Point {
  const { x = 0, y = 0 } = graph.node(id);
  return { x: Math.round(x - nodeSize.width / 2), y: Math.round(y - nodeSize.height / 2) };
}

/** A link leaves and enters at the sides that face each other; between columns next to each other it needs no bend. */
function route(edge: SystemEdge, graph: Arranged, corners: ReadonlyMap<string, Point>): RoutedEdge {
  const from = corners.get(edge.from) ?? { x: 0, y: 0 };
  const to = corners.get(edge.to) ?? { x: 0, y: 0 };
  const isForward = from.x <= to.x;
  const start = { x: from.x + (isForward ? nodeSize.width : 0), y: from.y + nodeSize.height / 2 };
  const end = { x: to.x + (isForward ? 0 : nodeSize.width), y: to.y + nodeSize.height / 2 };
  const bends = (graph.edge(edge.from, edge.to).points ?? []).slice(1, -1);
  const isNear = Math.abs(end.x - start.x) <= columnGap * 1.5;
  const between = isNear ? [] : bends.map(({ x, y }: Point) => ({ x: Math.round(x), y: Math.round(y) }));
  return { edge, points: [start, ...between, end] };
}
