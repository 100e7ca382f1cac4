import { groupBy } from "../../../engine/group-by.ts";
import { type SystemEdge, type SystemNode, withoutInstances } from "../../../engine/index.ts";
import { type ModuleCalls, moduleCalls } from "./module-calls.ts";
import { moduleSteps } from "./module-steps.ts";

/** The nodes of one box, and the way to it through the frames of modules. */
export interface NodeSet {
  readonly nodes: readonly SystemNode[];
  /** From the outermost module to the innermost. */
  readonly frames: readonly Frame[];
}

export interface Frame {
  /** The same for the same frame: `service["a"]`, or `service` where it holds boxes of several instances. */
  readonly id: string;
  readonly label: string;
}

/** A resource that falls apart into more boxes than this is one box: what its instances are linked to is in the table. */
const mostParts = 3;
/** A resource with no more instances than this may fall apart all the same. */
const fewInstances = 6;
/** So many images that are used alike are boxes of their own: their names say much. */
const mostImages = 3;

/**
 * Which nodes are one box: the instances of one resource that are linked to the same boxes, in the order of the nodes. Calls
 * of modules that hold the same resources count as instances of one call.
 */
export function boxesOf(nodes: readonly SystemNode[], edges: readonly SystemEdge[]): readonly NodeSet[] {
  const calls = moduleCalls(nodes);
  const blocks = new Map(nodes.map((node) => [node.id, blockOf(node, calls)]));
  const classes = linkedAlike(nodes, edges, blocks);
  const sets = [...groupBy(nodes, ({ id }) => classes.get(id)).values()].flatMap((same) =>
    same[0]?.kind === "image" && same.length <= mostImages ? same.map((node) => [node]) : [same],
  );
  const shared = new Set(sets.flatMap(sharedCalls));
  return sets.flatMap((own) => (own[0] === undefined ? [] : [{ nodes: own, frames: framesOf(own[0], shared, calls) }]));
}

/** The resource in the configuration; all images from elsewhere are one, until the resources that use them differ. */
function blockOf({ address, kind, module }: SystemNode, calls: ModuleCalls): string {
  if (address === null) return kind;
  const call = calls.canonical(moduleSteps(module).map(({ name }) => name));
  return [call, ...withoutInstances(address).split(".").slice(-2)].join(" ");
}

/** The class of each node: nodes of one class are of one block, and linked to nodes of the same classes. */
function linkedAlike(
  nodes: readonly SystemNode[],
  edges: readonly SystemEdge[],
  blocks: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const neighbours = new Map<string, { readonly end: string; readonly id: string }[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) {
    neighbours.get(from)?.push({ end: "to", id: to });
    neighbours.get(to)?.push({ end: "from", id: from });
  }
  const whole = new Set<string>();
  let classes: ReadonlyMap<string, string> = blocks;
  let count = new Set(classes.values()).size;
  while (true) {
    const refined = refine(nodes, neighbours, blocks, classes, whole);
    const scattered = scatteredBlocks(refined, blocks);
    for (const block of scattered) whole.add(block);
    const next = new Set(refined.values()).size;
    if (scattered.length === 0 && next === count) return refined;
    // A split that came from a block that is whole now has to be undone.
    classes = scattered.length === 0 ? refined : blocks;
    count = scattered.length === 0 ? next : new Set(blocks.values()).size;
  }
}

/** Tells the nodes of a class apart by the classes that they are linked to. */
function refine(
  nodes: readonly SystemNode[],
  neighbours: ReadonlyMap<string, readonly { readonly end: string; readonly id: string }[]>,
  blocks: ReadonlyMap<string, string>,
  classes: ReadonlyMap<string, string>,
  whole: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const numbers = new Map<string, number>();
  return new Map(
    nodes.map(({ id }) => {
      const block = blocks.get(id) ?? "";
      if (whole.has(block)) return [id, block];
      const linked = (neighbours.get(id) ?? []).map((each) => `${each.end} ${classes.get(each.id)}`);
      const key = JSON.stringify([classes.get(id), ...[...new Set(linked)].sort()]);
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return [id, `${block} ${number}`];
    }),
  );
}

function scatteredBlocks(classes: ReadonlyMap<string, string>, blocks: ReadonlyMap<string, string>): string[] {
  const byBlock = groupBy(classes, ([id]) => blocks.get(id) ?? "");
  return [...byBlock].flatMap(([block, own]) =>
    block !== "image" && own.length > fewInstances && new Set(own.map(([, each]) => each)).size > mostParts
      ? [block]
      : [],
  );
}

/** The module calls, as names without keys, of which a box holds several instances. */
function sharedCalls(nodes: readonly SystemNode[]): string[] {
  const paths = nodes.map(({ module }) => moduleSteps(module));
  return (paths[0] ?? []).flatMap((_, at) => {
    const calls = paths.map((steps) => steps.slice(0, at + 1));
    const instances = new Set(calls.map((steps) => steps.map(({ text }) => text).join(".")));
    return instances.size > 1 ? calls.map((steps) => steps.map(({ name }) => name).join(".")) : [];
  });
}

function framesOf(first: SystemNode, shared: ReadonlySet<string>, calls: ModuleCalls): Frame[] {
  const steps = moduleSteps(first.module);
  let id = "";
  return steps.map(({ text }, at) => {
    const names = steps.slice(0, at + 1).map(({ name }) => name);
    const isShared = shared.has(names.join("."));
    id = `${id}/${isShared ? calls.canonical(names) : text}`;
    return { id, label: isShared ? calls.label(names) : text };
  });
}
