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
  /** Where each column begins that holds a linked node. */
  readonly columns: readonly { readonly name: string; readonly x: number }[];
}

export const nodeSize = { width: 224, height: 42 };

const gap = 10;
const columnGap = 88;
const margin = 8;
/** Room for the headings of the columns and of what is not linked. */
const headingHeight = 34;

const columnNames = ["What starts", "What runs, and where", "What it uses", "What that rests on"];

/** The column of each kind, from left to right. */
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
  const used = [...new Set(linked.map(({ kind }) => columns[kind]))].sort();
  const columnOf = new Map(linked.map(({ id, kind }) => [id, used.indexOf(columns[kind])]));
  const graph = arrange(columnOf, edges);
  const upper = Math.min(...linked.map(({ id }) => graph.node(id).y ?? 0)) - nodeSize.height / 2;
  const placed = linked.map((node) => ({
    node,
    x: columnX(columnOf.get(node.id) ?? 0),
    y: Math.round((graph.node(node.id).y ?? 0) - nodeSize.height / 2 - upper) + margin + headingHeight,
  }));
  const corners = new Map(placed.map(({ node, x, y }) => [node.id, { x, y }]));
  const linkedHeight = Math.max(0, ...placed.map(({ y }) => y + nodeSize.height));
  const top = loose.length === 0 ? null : linkedHeight + headingHeight;
  const all = [
    ...placed,
    ...loose.map((node, at) => ({
      node,
      x: columnX(at % columnNames.length),
      y: (top ?? 0) + Math.floor(at / columnNames.length) * (nodeSize.height + gap),
    })),
  ];
  return {
    width: Math.max(0, ...all.map(({ x }) => x + nodeSize.width)) + margin,
    height: Math.max(0, ...all.map(({ y }) => y + nodeSize.height)) + margin,
    nodes: all,
    edges: edges.map((edge) => route(edge, bendsOf(edge, graph, upper), corners)),
    looseTop: top,
    columns: used.map((column, at) => ({ name: columnNames[column] ?? "", x: columnX(at) })),
  };
}

function columnX(column: number): number {
  return margin + column * (nodeSize.width + columnGap);
}

type Arranged = ReturnType<typeof arrange>;

/** Left of all columns, linked to what nothing in a column before links, so that each node comes into its own column. */
const root = "root";

function arrange(columnOf: ReadonlyMap<string, number>, edges: readonly SystemEdge[]) {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: "LR", nodesep: gap, ranksep: columnGap, edgesep: 6 });
  const column = (id: string) => columnOf.get(id) ?? 0;
  // Links within a column would push their ends into different ones; they are drawn beside it.
  const forward = edges.filter(({ from, to }) => column(from) < column(to));
  const reached = new Set(forward.map(({ to }) => to));
  graph.setNode(root, { width: 0, height: 0 });
  for (const [id, own] of columnOf) {
    graph.setNode(id, { ...nodeSize });
    if (!reached.has(id)) graph.setEdge(root, id, { minlen: own + 1 });
  }
  for (const { from, to } of forward) graph.setEdge(from, to, { minlen: column(to) - column(from) });
  if (columnOf.size > 0) dagreLayout(graph);
  return graph;
}

function bendsOf({ from, to }: SystemEdge, graph: Arranged, upper: number): Point[] {
  const { x: left = 0 } = graph.node(root);
  const points: readonly Point[] = graph.hasEdge(from, to) ? (graph.edge(from, to).points ?? []) : [];
  return points.slice(1, -1).map(({ x, y }) => ({
    x: Math.round(x - left - columnGap) + margin,
    y: Math.round(y - upper) + margin + headingHeight,
  }));
}

/** A link leaves and enters at the sides that face each other; between columns next to each other it needs no bend. */
function route(edge: SystemEdge, bends: readonly Point[], corners: ReadonlyMap<string, Point>): RoutedEdge {
  const from = corners.get(edge.from) ?? { x: 0, y: 0 };
  const to = corners.get(edge.to) ?? { x: 0, y: 0 };
  const middle = nodeSize.height / 2;
  const right = (corner: Point) => ({ x: corner.x + nodeSize.width, y: corner.y + middle });
  const left = (corner: Point) => ({ x: corner.x, y: corner.y + middle });
  if (from.x === to.x) {
    const away = right(from).x + columnGap / 3;
    return { edge, points: [right(from), { x: away, y: Math.round((from.y + to.y) / 2 + middle) }, right(to)] };
  }
  if (from.x > to.x) return { edge, points: [left(from), right(to)] };
  const isNear = to.x - from.x === nodeSize.width + columnGap;
  return { edge, points: [right(from), ...(isNear ? [] : bends), left(to)] };
}
