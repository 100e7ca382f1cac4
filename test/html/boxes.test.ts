import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxesOf } from "../../cli/reporters/html/boxes.ts";
import { layOut } from "../../cli/reporters/html/layout.ts";
import type { SystemEdge, SystemKind, SystemNode } from "../../engine/index.ts";
import { fixtureNames } from "../../fixtures/fixtures.ts";
import { reportOf } from "../check-fixture.ts";
import { holds } from "../thorough.ts";

function node(address: string, kind: SystemKind = "task-definition"): SystemNode {
  const module = address.slice(0, Math.max(0, address.search(/\.?aws_/)));
  return { id: address, address, type: null, kind, service: null, label: address, module, action: null, parts: [] };
}

function image(name: string): SystemNode {
  const id = `image ${name}`;
  return {
    id,
    address: null,
    type: null,
    kind: "image",
    service: null,
    label: name,
    module: "",
    action: null,
    parts: [],
  };
}

function link(from: SystemNode, to: SystemNode): SystemEdge {
  return { from: from.id, to: to.id, attributes: ["image"], certainty: "exact" };
}

/** Each box as its frames, the address of its first node, and how many it has. */
function boxes(nodes: readonly SystemNode[], edges: readonly SystemEdge[]): string[] {
  return boxesOf(nodes, edges).map(({ nodes: own, frames }) =>
    [...frames.map(({ label }) => `[${label}]`), own[0]?.id, `×${own.length}`].join(" "),
  );
}

const numbers = Array.from({ length: 20 }, (_, at) => at);
const cluster = node("aws_ecs_cluster.main", "cluster");

describe("what is one box", () => {
  it("the instances of a module that are linked alike, in the frame of their module", async () => {
    const services = numbers.map((at) => node(`module.service["s${at}"].aws_ecs_service.this`));
    const tasks = numbers.map((at) => node(`module.service["s${at}"].aws_ecs_task_definition.this`));
    const edges = services.flatMap((service, at) => [link(service, cluster), link(service, tasks[at] ?? service)]);
    expect(boxes([...services, ...tasks, cluster], edges)).toEqual([
      '[service ×20] module.service["s0"].aws_ecs_service.this ×20',
      '[service ×20] module.service["s0"].aws_ecs_task_definition.this ×20',
      "aws_ecs_cluster.main ×1",
    ]);
  });

  it("instances of count and of for_each outside of modules", () => {
    const tasks = numbers.map((at) => node(`aws_ecs_task_definition.web[${at}]`));
    expect(boxes(tasks, [])).toEqual(["aws_ecs_task_definition.web[0] ×20"]);
  });

  it("one instance that is linked to something else is a box of its own", () => {
    const services = numbers.map((at) => node(`aws_ecs_service.web[${at}]`));
    const balancer = node("aws_lb.front", "load-balancer");
    const [first = cluster] = services;
    expect(
      boxes([...services, cluster, balancer], [...services.map((each) => link(each, cluster)), link(first, balancer)]),
    ).toEqual([
      "aws_ecs_service.web[0] ×1",
      "aws_ecs_service.web[1] ×19",
      "aws_ecs_cluster.main ×1",
      "aws_lb.front ×1",
    ]);
  });

  it("many instances that are each linked otherwise are one box all the same; a few are not", () => {
    const repositories = numbers.map((at) => node(`aws_ecr_repository.this["r${at}"]`, "repository"));
    const tasks = numbers.map((at) => node(`aws_ecs_task_definition.t${at}`));
    const edges = tasks.flatMap((task, at) => repositories.slice(at, at + 1).map((each) => link(task, each)));
    expect(boxes([...repositories, ...tasks], edges)[0]).toBe('aws_ecr_repository.this["r0"] ×20');
    const few = [...repositories.slice(0, 3), ...tasks.slice(0, 3)];
    expect(boxes(few, edges.slice(0, 3)).filter((each) => !each.endsWith("×1"))).toEqual([]);
  });

  it("images from elsewhere that are used alike, if there are many", () => {
    const images = numbers.map((at) => image(`docker.io/app/i${at}`));
    const tasks = numbers.map((at) => node(`aws_ecs_task_definition.web[${at}]`));
    const edges = tasks.flatMap((task, at) => images.slice(at, at + 1).map((each) => link(task, each)));
    expect(boxes([...images, ...tasks], edges)).toEqual([
      "image docker.io/app/i0 ×20",
      "aws_ecs_task_definition.web[0] ×20",
    ]);
    expect(boxes([...images.slice(0, 2), ...tasks.slice(0, 1)], edges.slice(0, 1)).length).toBe(3);
  });

  it("calls of modules that hold the same resources are one frame; few, or with other resources, are not", () => {
    const service = (call: string) => [
      node(`module.${call}.aws_ecs_service.this`),
      node(`module.${call}.aws_ecs_task_definition.this`),
    ];
    const alike = ["a", "b", "c", "d"].flatMap(service);
    const other = node("module.e.aws_ecs_service.this");
    expect(boxes([...alike, other], [])).toEqual([
      "[a, b and 2 more] module.a.aws_ecs_service.this ×4",
      "[a, b and 2 more] module.a.aws_ecs_task_definition.this ×4",
      "[e] module.e.aws_ecs_service.this ×1",
    ]);
    expect(boxes([...service("a"), ...service("b")], []).filter((each) => each.endsWith("×1")).length).toBe(4);
  });

  it("modules within modules, with keys that hold dots and brackets", () => {
    const nodes = ["x.y", "z]"].map((key) => node(`module.app.module.job["${key}"].aws_ecs_task_definition.this`));
    const loose = node('module.app.module.job["z]"].aws_ecs_cluster.this', "cluster");
    expect(boxes([...nodes, loose], loose === undefined ? [] : [link(nodes[1] ?? loose, loose)])).toEqual([
      '[app] [job["x.y"]] module.app.module.job["x.y"].aws_ecs_task_definition.this ×1',
      '[app] [job["z]"]] module.app.module.job["z]"].aws_ecs_task_definition.this ×1',
      '[app] [job["z]"]] module.app.module.job["z]"].aws_ecs_cluster.this ×1',
    ]);
  });
});

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlap(one: Rectangle, other: Rectangle): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

describe("where the boxes of each fixture are placed", () => {
  it.each(fixtureNames)(
    "%s: on whole numbers, none over another, each within its frames and no other",
    async (name) => {
      const { nodes = [], edges = [] } = (await reportOf(name)).system ?? {};
      const sets = boxesOf(nodes, edges);
      const items = sets.map(({ frames }, at) => ({ id: `box-${at}`, frames }));
      const boxOf = new Map(sets.flatMap((set, at) => set.nodes.map(({ id }) => [id, `box-${at}`] as const)));
      const links = edges
        .map(({ from, to }) => ({ from: boxOf.get(from) ?? "", to: boxOf.get(to) ?? "" }))
        .filter(({ from, to }) => from !== to);
      const layout = layOut(items, links);
      const size = { width: 216, height: 42 };
      const placed = layout.items.map(({ item, x, y }) => ({ item, x, y, ...size }));
      expect(placed.filter(({ x, y }) => !Number.isInteger(x) || !Number.isInteger(y))).toEqual([]);
      expect(placed.filter((one, at) => placed.slice(at + 1).some((other) => overlap(one, other)))).toEqual([]);
      for (const frame of layout.frames)
        for (const { item, ...place } of placed) {
          const isWithin = item.frames.some(({ id }) => id === frame.id);
          expect([frame.id, item.id, isWithin ? contains(frame, place) : !overlap(frame, place)]).toEqual([
            frame.id,
            item.id,
            true,
          ]);
        }
    },
  );
});

it("any boxes in any modules are placed, with cycles through them too", async () => {
  const item = fc.record({ module: fc.nat({ max: 5 }), inner: fc.nat({ max: 2 }) });
  const end = fc.nat({ max: 29 });
  await holds(
    fc.property(fc.array(item, { minLength: 30, maxLength: 30 }), fc.array(fc.tuple(end, end)), (drawn, pairs) => {
      const items = drawn.map(({ module, inner }, at) => ({
        id: `box-${at}`,
        frames: [`/${module}`, `/${module}/${inner}`].slice(0, module % 3).map((id) => ({ id, label: id })),
      }));
      const links = [...new Map(pairs.map((pair) => [pair.join(" "), pair])).values()]
        .filter(([from, to]) => from !== to)
        .map(([from, to]) => ({ from: `box-${from}`, to: `box-${to}` }));
      const layout = layOut(items, links);
      expect(layout.items.map((placed) => placed.item.id).sort()).toEqual(items.map(({ id }) => id).sort());
      expect(layout.items.filter(({ x, y }) => !Number.isInteger(x) || !Number.isInteger(y) || x < 0 || y < 0)).toEqual(
        [],
      );
      expect(layout.links.length).toBe(links.length);
    }),
    "small",
  );
});
