import { kindWords } from "./kind-words.ts";
import { itemSize, type Layout, type PlacedFrame, type PlacedItem, type Point, type RoutedLink } from "./layout.ts";
import { linkWords, shortLinkWords } from "./link-words.ts";
import { describeFindings } from "./marks.ts";
import type { BoxLink, BoxView, Picture } from "./picture-view.ts";
import { shapeOf } from "./shapes.ts";
import { shorten } from "./shorten.ts";
import { type Html, html } from "./template.ts";
import type { PlanView } from "./view.ts";

/** The picture: frames below links below boxes, and above all of them what the links are called. */
export function drawing(view: PlanView, { boxes }: Picture, layout: Layout<BoxView, BoxLink>): Html {
  const { width, height, looseTop } = layout;
  const labels = new Map(boxes.map((box) => [box.id, nameOf(box)]));
  const loose =
    looseTop === null ? null : html`<text class="heading" x="8" y="${looseTop - 12}">Not linked to any of these</text>`;
  return html`<svg class="picture" role="group" aria-labelledby="${view.prefix}-system" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
${layout.frames.map(frameMarkup)}
${layout.links.map((routed) => linkMarkup(routed, labels))}
${loose}
${layout.items.map((placed) => boxMarkup(placed, view))}
<g aria-hidden="true">${layout.links.map(labelMarkup)}</g>
</svg>`;
}

/** The width of a character at its widest, more or less. */
const characterWidth = 6.5;

function frameMarkup({ label, x, y, width, height }: PlacedFrame): Html {
  return html`<g class="frame"><title>module ${shorten(label, 400)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/><text x="${x + 10}" y="${y + 15}">${shorten(label, Math.floor((width - 20) / characterWidth))}</text></g>
`;
}

function nameOf({ label, nodes, first }: BoxView): string {
  return nodes.length === 1 ? shorten(first.address ?? first.label, 200) : `${shorten(label, 200)} ×${nodes.length}`;
}

function boxMarkup({ item, x, y }: PlacedItem<BoxView>, view: PlanView): Html {
  const { id, nodes, first, findings, worst, frames } = item;
  const { width, height } = itemSize;
  const shape = shapeOf(worst);
  const kind = kindWords(first);
  const times = nodes.length === 1 ? "" : ` ×${nodes.length}`;
  const words = describeFindings(findings);
  const name = shorten(item.label, (findings.length === 0 ? 25 : 22) - times.length);
  const row = findings[0] === undefined ? undefined : view.firstRow.get(findings[0].subject.address);
  const target = nodes.length > 1 || row === undefined ? id : row;
  const place = frames.length === 0 ? "" : `, in module ${frames.map((frame) => frame.label).join(" / ")}`;
  // Who speaks to the page says what is to be seen of it, so the label begins with that.
  const label = `${kind} ${name}${times} ${words}${place}${name === item.label ? "" : `, in full ${shorten(item.label, 200)}`}`;
  const opens = nodes.length === 1 ? null : html` data-opens="${id}" aria-expanded="false"`;
  const behind =
    nodes.length === 1
      ? null
      : html`<rect class="card is-behind" x="7" y="7" width="${width - 2}" height="${height - 2}" rx="6"/><rect class="card is-behind" x="4" y="4" width="${width - 2}" height="${height - 2}" rx="6"/>`;
  // What is wider than a box although it has few characters is cut off by the inner drawings.
  return html`<a class="node is-${shape}" href="#${target}" data-node="${nodes.length === 1 ? (nodes[0]?.id ?? id) : id}" data-findings="${findings.length}"${opens} aria-label="${label}"><title>${nameOf(item)}: ${words}</title><svg x="${x}" y="${y}" width="${width + 7}" height="${height + 7}">${behind}<rect class="card" x="1" y="1" width="${width - 2}" height="${height - 2}" rx="6"/><path class="stripe" d="M6 1H5Q1 1 1 6v${height - 12}q0 5 4 5h1z"/><svg x="13" width="${width - 36}" height="${height}"><text class="kind" y="16">${kind}</text></svg> <svg x="13" width="${width - (findings.length === 0 ? 20 : 44)}" height="${height}"><text class="name" y="32">${name}${times}</text></svg> <svg class="shape" x="${width - 20}" y="6" width="12" height="12"><use href="#shape-${shape}"/></svg>${
    findings.length === 0 ? null : html`<text class="count" x="${width - 9}" y="33">${findings.length}</text>`
  }</svg></a>
`;
}

function linkMarkup({ link, points }: RoutedLink<BoxLink>, labels: ReadonlyMap<string, string>): Html {
  const path = curve(points);
  const { from, to, certainty, edges } = link;
  const title = `${labels.get(from)} names ${certainty === "exact" ? "" : "perhaps "}${labels.get(to)} in ${linkWords(edges)}`;
  return html`<g class="edge${certainty === "exact" ? "" : " is-one-of"}" data-from="${from}" data-to="${to}"><title>${title}</title><path class="hit" d="${path}"/><path class="line" d="${path}"/></g>
`;
}

/** What a link is called, at either end; the script shows the one that is away from the box that is pointed at. */
function labelMarkup({ link, points }: RoutedLink<BoxLink>): Html {
  const [start, end] = [points[0], points.at(-1)];
  const isForward = (start?.x ?? 0) <= (end?.x ?? 0);
  const label = shortLinkWords(link.edges);
  const text = (point: Point | undefined, side: "target" | "source") => {
    const isRightOf = (side === "source") === isForward;
    const x = (point?.x ?? 0) + (isRightOf ? 6 : -6);
    return html`<text class="at-${side}${isRightOf ? "" : " ends"}" x="${x}" y="${(point?.y ?? 0) - 4}">${label}</text>`;
  };
  return html`<g class="label" data-from="${link.from}" data-to="${link.to}">${text(end, "target")}${text(start, "source")}</g>
`;
}

/** Horizontal where it leaves, passes a column, and arrives. */
function curve([start, ...rest]: readonly Point[]): string {
  if (start === undefined) return "";
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
