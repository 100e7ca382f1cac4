import type { SystemEdge } from "../../../engine/index.ts";
import { kindWords } from "./kind-words.ts";
import { type Layout, layOut, nodeSize, type PlacedNode, type Point, type RoutedEdge } from "./layout.ts";
import { describeFindings, type Mark, markWords } from "./marks.ts";
import { shorten } from "./shorten.ts";
import { type Html, html } from "./template.ts";
import type { Group, NodeView, Picture, PlanView } from "./view.ts";

/** The picture of the planned system, its legend, and a table that says the same. */
export function pictureSection(view: PlanView): Html | null {
  const { prefix, picture } = view;
  if (picture === null) return null;
  if (picture.nodes.length === 0)
    return html`<section aria-labelledby="${prefix}-system ${prefix}-file"><h2 id="${prefix}-system" tabindex="-1">Planned system</h2>
<p>The plan holds nothing that the picture would show.</p></section>`;
  const layout = layOut(
    picture.nodes.map(({ node }) => node),
    picture.edges,
  );
  return html`<section class="system" aria-labelledby="${prefix}-system ${prefix}-file">
<h2 id="${prefix}-system" tabindex="-1">Planned system</h2>
<p class="lead">A line goes from a thing to what it names, mostly from left to right. A number is how many findings there are on a thing and on the policies, rules and attachments that belong to it. Choose a thing to see them.</p>
${legend()}
<div class="zoom js-only" hidden><button type="button" data-zoom="out">Smaller</button> <button type="button" data-zoom="in">Larger</button> <button type="button" data-zoom="fit">Fit the width</button></div>
<div class="canvas" tabindex="0" role="group" aria-label="Picture, which scrolls">
${drawing(view, picture, layout)}
</div>
<p class="links" data-links hidden></p>
${remarks(picture)}
${table(view, picture)}
</section>`;
}

/** Ids of the shapes; the same in every picture, and defined once in the page. */
export function shapes(): Html {
  return html`<svg class="shapes" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<symbol id="shape-critical" viewBox="0 0 14 14"><path d="M4.4 1h5.2L13 4.4v5.2L9.6 13H4.4L1 9.6V4.4z"/><path class="cut" d="M7 3.6v4.2M7 9.6v1.2"/></symbol>
<symbol id="shape-high" viewBox="0 0 14 14"><path d="M7 1.2 13.4 12.6H.6z"/></symbol>
<symbol id="shape-medium" viewBox="0 0 14 14"><path d="M2 2h10v10H2z"/></symbol>
<symbol id="shape-low" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5"/></symbol>
<symbol id="shape-unknown" viewBox="0 0 14 14"><circle class="ring" cx="7" cy="7" r="5.4"/><path class="stroke" d="M5.2 5.6c.2-2.4 3.9-2.2 3.6.1C8.6 6.9 7 6.9 7 8.3M7 9.9v.9"/></symbol>
<symbol id="shape-waived" viewBox="0 0 14 14"><path class="stroke" d="M2.5 11.5 11.5 2.5"/><circle class="ring" cx="7" cy="7" r="5.4"/></symbol>
<symbol id="shape-pass" viewBox="0 0 14 14"><path class="stroke" d="m2.5 7.5 3 3 6-7"/></symbol>
<symbol id="shape-none" viewBox="0 0 14 14"><path class="stroke" d="M4 7h6"/></symbol>
</defs></svg>`;
}

function shapeOf(worst: Mark | null): string {
  return worst === null || worst === "not-applicable" ? "none" : worst;
}

function legend(): Html {
  const entries: readonly (readonly [string, string])[] = [
    ["critical", "critical"],
    ["high", "high"],
    ["medium", "medium"],
    ["low", "low"],
    ["unknown", "unknown"],
    ["waived", "waived"],
    ["none", "no findings"],
  ];
  return html`<ul class="legend" aria-label="Worst finding of a thing">${entries.map(
    ([shape, words]) =>
      html`<li><svg class="shape is-${shape}" width="12" height="12" aria-hidden="true" focusable="false"><use href="#shape-${shape}"/></svg> ${words}</li>`,
  )}<li><svg width="26" height="12" aria-hidden="true" focusable="false"><path class="line" d="M1 6h24"/></svg> names it</li><li><svg width="26" height="12" aria-hidden="true" focusable="false"><path class="line is-one-of" d="M1 6h24"/></svg> names one of these</li></ul>`;
}

function drawing({ prefix, groups }: PlanView, { nodes }: Picture, layout: Layout): Html {
  const { width, height, looseTop } = layout;
  const views = new Map(nodes.map((view) => [view.node.id, view]));
  const loose =
    looseTop === null
      ? null
      : html`<text class="heading" x="8" y="${looseTop - 12}">Linked to nothing that the picture shows</text>`;
  return html`<svg class="picture" role="group" aria-labelledby="${prefix}-system" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
${layout.edges.map((routed) => edgeMarkup(routed, views))}
${layout.columns.map(({ name, x }) => html`<text class="heading" x="${x}" y="24">${name}</text>`)}${loose}
${layout.nodes.map((placed) => nodeMarkup(placed, views.get(placed.node.id), groups))}
<g aria-hidden="true">${layout.edges.map((routed) => labelMarkup(routed, views))}</g>
</svg>`;
}

function nodeMarkup({ node, x, y }: PlacedNode, view: NodeView | undefined, groups: readonly Group[]): Html | null {
  if (view === undefined) return null;
  const { width, height } = nodeSize;
  const shape = shapeOf(view.worst);
  const own = groups.find((group) => group.node === view);
  const kind = kindWords(node);
  const line = `${kind}${shortModule(node.module, 28 - kind.length)}`;
  const findings = describeFindings(view.findings);
  const name = shorten(node.label, view.findings.length === 0 ? 25 : 22);
  // Who speaks to the page says what is to be seen of it, so the label begins with that.
  const label = `${line} ${name} ${findings}${name === node.label ? "" : `, in full ${shorten(node.label, 200)}`}`;
  // What is wider than a node although it has few characters is cut off by the inner drawings.
  return html`<a class="node is-${shape}" href="#${own?.id ?? view.id}" data-node="${view.id}" data-findings="${view.findings.length}" aria-label="${label}"><title>${shorten(node.address ?? node.label, 400)}: ${findings}</title><svg x="${x}" y="${y}" width="${width}" height="${height}"><rect class="card" x="1" y="1" width="${width - 2}" height="${height - 2}" rx="6"/><path class="stripe" d="M6 1H5Q1 1 1 6v${height - 12}q0 5 4 5h1z"/><svg x="13" width="${width - 36}" height="${height}"><text class="kind" y="16">${line}</text></svg> <svg x="13" width="${width - (view.findings.length === 0 ? 20 : 44)}" height="${height}"><text class="name" y="32">${name}</text></svg> <svg class="shape" x="${width - 20}" y="6" width="12" height="12"><use href="#shape-${shape}"/></svg>${
    view.findings.length === 0 ? null : html`<text class="count" x="${width - 9}" y="33">${view.findings.length}</text>`
  }</svg></a>
`;
}

/** ` · roles["web"]` of `module.roles["web"]`, where there is room for it. */
function shortModule(module: string, room: number): string {
  const steps = module.replace(/(^|\.)module\./g, "$1");
  return steps === "" || room < 8 ? "" : ` · ${shorten(steps, room)}`;
}

function edgeMarkup({ edge, points }: RoutedEdge, views: ReadonlyMap<string, NodeView>): Html {
  const path = curve(points);
  return html`<g class="edge${edge.certainty === "exact" ? "" : " is-one-of"}"${ends(edge, views)}><title>${describeEdge(edge)}</title><path class="hit" d="${path}"/><path class="line" d="${path}"/></g>
`;
}

/** What a link is called, at either end; the script shows the one that is away from the node that is pointed at. */
function labelMarkup({ edge, points }: RoutedEdge, views: ReadonlyMap<string, NodeView>): Html {
  const [start, end] = [points[0], points.at(-1)];
  const isForward = (start?.x ?? 0) <= (end?.x ?? 0);
  const isArc = start?.x === end?.x;
  const label = shortAttribute(edge);
  const text = (point: Point | undefined, side: "target" | "source") => {
    const isRightOf = isArc || (side === "source") === isForward;
    const x = (point?.x ?? 0) + (isRightOf ? 6 : -6);
    return html`<text class="at-${side}${isRightOf ? "" : " ends"}" x="${x}" y="${(point?.y ?? 0) - 4}">${label}</text>`;
  };
  return html`<g class="label"${ends(edge, views)}>${text(end, "target")}${text(start, "source")}</g>
`;
}

function ends({ from, to }: SystemEdge, views: ReadonlyMap<string, NodeView>): Html {
  return html` data-from="${views.get(from)?.id ?? ""}" data-to="${views.get(to)?.id ?? ""}"`;
}

/** Horizontal where it leaves, passes a bend, and arrives. */
function curve([start, ...rest]: readonly Point[]): string {
  if (start === undefined) return "";
  const [over, end] = rest;
  // Within a column: an arc beside it.
  if (over !== undefined && end?.x === start.x)
    return `M${start.x} ${start.y}C${over.x} ${start.y} ${over.x} ${end.y} ${end.x} ${end.y}`;
  let before = start;
  return [
    `M${start.x} ${start.y}`,
    ...rest.map((point) => {
      const middle = Math.round((before.x + point.x) / 2);
      const piece = `C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`;
      before = point;
      return piece;
    }),
  ].join("");
}

/** The last name of the attribute's path: `valueFrom` of `web/TOKEN: container_definitions[1].secrets[0].valueFrom`. */
function shortAttribute({ attributes }: SystemEdge): string {
  const last = /([A-Za-z_-]+)(?:\[\d+\])?$/.exec(attributes[0] ?? "")?.[1] ?? "";
  return attributes.length > 1 ? `${last} +${attributes.length - 1}` : last;
}

function describeEdge({ from, to, attributes, certainty }: SystemEdge): string {
  const most = 6;
  const named = attributes.slice(0, most).map((attribute) => shorten(attribute, 200));
  const more = attributes.length > most ? [`and ${attributes.length - most} more`] : [];
  const target = `${certainty === "exact" ? "" : "perhaps "}${shorten(to, 200)}`;
  return `${shorten(from, 200)} names ${target} in ${[...named, ...more].join(", ")}`;
}

function remarks({ omitted, unknownLinks, elsewhere, nodes }: Picture): Html | null {
  const sentences = [
    omitted === 0
      ? null
      : `The picture shows ${nodes.length} things, those with the worst findings and, as far as there is room, what they are linked to. It leaves out ${omitted} more; their findings are listed below all the same.`,
    unknownLinks === 0
      ? null
      : `${unknownLinks} ${unknownLinks === 1 ? "link is" : "links are"} unknown and not drawn.`,
    elsewhere === 0
      ? null
      : `${elsewhere} ${elsewhere === 1 ? "finding is" : "findings are"} on what the picture does not show.`,
  ].filter((sentence) => sentence !== null);
  return sentences.length === 0 ? null : html`<p class="remarks">${sentences.join(" ")}</p>`;
}

function table({ groups }: PlanView, { nodes, edges }: Picture): Html {
  const views = new Map(nodes.map((view) => [view.node.id, view]));
  const outgoing = new Map<string, SystemEdge[]>();
  for (const edge of edges) outgoing.set(edge.from, [...(outgoing.get(edge.from) ?? []), edge]);
  const rows = nodes.map((view) => {
    const { node, worst, findings, id } = view;
    const own = groups.find((group) => group.node === view);
    const words = worst === null ? "none" : `${findings.length}, worst: ${markWords[worst]}`;
    const count = own === undefined ? words : html`<a href="#${own.id}">${words}</a>`;
    return html`<tr role="row" id="${id}"><th role="rowheader" scope="row">${node.label}${node.module === "" ? null : html`<small>${node.module}</small>`}</th><td role="cell" data-label="Is">${kindWords(node)}</td><td role="cell" data-label="Findings">${count}</td><td role="cell" data-label="Names">${(
      outgoing.get(node.id) ?? []
    ).map(
      (edge) =>
        html`<span class="name-of">${edge.certainty === "exact" ? null : "perhaps "}${views.get(edge.to)?.node.label ?? edge.to} <small>${edge.attributes.join(", ")}</small></span>`,
    )}</td></tr>
`;
  });
  return html`<details class="as-table"><summary>The picture as a table</summary>
<table role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Name</th><th role="columnheader" scope="col">Is</th><th role="columnheader" scope="col">Findings</th><th role="columnheader" scope="col">Names</th></tr></thead><tbody role="rowgroup">
${rows}</tbody></table></details>`;
}
