import { layout as dagreLayout, type EdgeLabel, Graph, type GraphLabel, type NodeLabel } from "@dagrejs/dagre";
import type { Frame } from "./boxes.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is to be placed: a box, with the frames that it stands in, from the outermost. */
export interface Item {
  readonly id: string;
  readonly frames: readonly Frame[];
}

/** A link between two items, by their ids. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** A box with its upper left corner. */
export interface PlacedItem<T> extends Point {
  readonly item: T;
}

export interface PlacedFrame extends Point, Size {
  readonly id: string;
  readonly label: string;
}

/** A link with the points that it passes, from the side of one box to that of the other. */
export interface RoutedLink<L> {
  readonly link: L;
  readonly points: readonly Point[];
}

export interface Layout<T, L> extends Size {
  readonly items: readonly PlacedItem<T>[];
  /** The outer before the inner. */
  readonly frames: readonly PlacedFrame[];
  readonly links: readonly RoutedLink<L>[];
  /** Where the boxes begin that nothing links and that stand in no module, below all others; null where there are none. */
  readonly looseTop: number | null;
}

export const itemSize = { width: 216, height: 42 };

/** Between boxes of a column. */
const gap = 20;
/** Between frames. */
const frameGap = 16;
/** A frame reaches so much higher than what is placed, for its label. */
const frameHead = 5;
const columnGap = 72;
const margin = 8;
/** Room for the heading of what is not linked. */
const headingHeight = 34;
/** The loose boxes stand in so many columns at least. */
const leastColumns = 4;

/** Places the boxes from left to right along their links, modules as frames; the same input is always placed alike. */
export function layOut<T extends Item, L extends Link>(items: readonly T[], links: readonly L[]): Layout<T, L> {
  const ends = new Set(links.flatMap(({ from, to }) => [from, to]));
  const isLoose = ({ id, frames }: T) => frames.length === 0 && !ends.has(id);
  const tied = items.filter((item) => !isLoose(item));
  const { graph, frames } = arrange(tied, links);
  const { width = 0, height = 0 } = tied.length === 0 ? {} : graph.graph();
  const top = tied.length === 0 ? headingHeight : Math.ceil(height) + headingHeight;
  const columns = Math.max(leastColumns, Math.floor((width - 2 * margin + gap) / (itemSize.width + gap)));
  const loose = items.filter(isLoose).map((item, at) => ({
    item,
    x: margin + (at % columns) * (itemSize.width + gap),
    y: top + Math.floor(at / columns) * (itemSize.height + gap / 2),
  }));
  const placed = [...tied.map((item) => ({ item, ...corner(graph.node(item.id)) })), ...loose];
  const middles = new Set(tied.map(({ id }) => Math.round(graph.node(id).x ?? 0)));
  return {
    width: Math.max(Math.ceil(width), ...placed.map(({ x }) => x + itemSize.width + margin)),
    height: Math.max(Math.ceil(height), ...placed.map(({ y }) => y + itemSize.height + margin)),
    items: placed,
    frames: frames.map((frame) => placeFrame(frame, graph)),
    links: links.map((link) => ({ link, points: pointsOf(link, graph, middles) })),
    looseTop: loose.length === 0 ? null : top,
  };
}

type Arranged = ReturnType<typeof graphOf>;

/** With the frames, the outer before the inner; without them where dagre finds no place for some cycle through modules. */
function arrange(items: readonly Item[], links: readonly Link[]): { graph: Arranged; frames: readonly Frame[] } {
  const framed = graphOf(items, links);
  for (const { id, frames } of items) {
    let child = id;
    for (const frame of frames.toReversed()) {
      framed.setNode(frame.id, {});
      framed.setParent(child, frame.id);
      child = frame.id;
    }
  }
  const frames = new Map(items.flatMap((item) => item.frames.map((frame) => [frame.id, frame] as const)));
  if (items.length === 0) return { graph: framed, frames: [] };
  try {
    dagreLayout(framed);
    return { graph: framed, frames: [...frames.values()].sort((one, other) => depthOf(one) - depthOf(other)) };
  } catch {
    const plain = graphOf(items, links);
    dagreLayout(plain);
    return { graph: plain, frames: [] };
  }
}

function graphOf(items: readonly Item[], links: readonly Link[]) {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ compound: true });
  graph.setGraph({
    rankdir: "LR",
    nodesep: gap,
    ranksep: columnGap,
    edgesep: frameGap,
    marginx: margin,
    marginy: margin + frameHead,
  });
  for (const { id } of items) graph.setNode(id, { ...itemSize });
  for (const { from, to } of links) graph.setEdge(from, to, {});
  return graph;
}

function depthOf({ id }: Frame): number {
  return id.split("/").length;
}

function corner({ x = 0, y = 0, width = 0, height = 0 }: NodeLabel): Point {
  return { x: Math.round(x - width / 2), y: Math.round(y - height / 2) };
}

function placeFrame({ id, label }: Frame, graph: Arranged): PlacedFrame {
  const node = graph.node(id);
  const { x, y } = corner(node);
  const { width = 0, height = 0 } = node;
  return { id, label, x, y: y - frameHead, width: Math.round(width), height: Math.round(height) + frameHead };
}

/**
 * A link leaves and enters in the middle of the sides that face each other, and passes the columns between straight on.
 * Between two columns a curve needs no point.
 */
function pointsOf({ from, to }: Link, graph: Arranged, middles: ReadonlySet<number>): Point[] {
  const [start, end] = [corner(graph.node(from)), corner(graph.node(to))];
  const isForward = start.x < end.x;
  const half = (isForward ? itemSize.width : -itemSize.width) / 2;
  const side = ({ x, y }: Point, isRight: boolean) => ({
    x: isRight ? x + itemSize.width : x,
    y: y + itemSize.height / 2,
  });
  const bends: readonly Point[] = graph.edge(from, to).points ?? [];
  const passed = bends.slice(1, -1).filter(({ x }) => middles.has(Math.round(x)));
  return [
    side(start, isForward),
    ...passed.flatMap(({ x, y }) => [
      { x: Math.round(x - half), y: Math.round(y) },
      { x: Math.round(x + half), y: Math.round(y) },
    ]),
    side(end, !isForward),
  ];
}
