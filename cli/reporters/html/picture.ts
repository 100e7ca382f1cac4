import { groupBy } from "../../../engine/group-by.ts";
import { drawing } from "./drawing.ts";
import { kindWords } from "./kind-words.ts";
import { type Layout, layOut } from "./layout.ts";
import { linkWords } from "./link-words.ts";
import { describeFindings, markWords } from "./marks.ts";
import type { BoxLink, BoxView, NodeView, Picture } from "./picture-view.ts";
import { shape, shapeOf } from "./shapes.ts";
import { shorten } from "./shorten.ts";
import { type Html, html } from "./template.ts";
import type { PlanView } from "./view.ts";

/** The picture of the planned system, its legend, and a table that says the same. */
export function pictureSection(view: PlanView): Html | null {
  const { prefix, picture } = view;
  if (picture === null) return null;
  if (picture.boxes.length === 0)
    return html`<section aria-labelledby="${prefix}-system ${prefix}-file"><h2 id="${prefix}-system" tabindex="-1">Planned system</h2>
<p>The plan has no resource that the picture shows.</p></section>`;
  return html`<section class="system" aria-labelledby="${prefix}-system ${prefix}-file">
<h2 id="${prefix}-system" tabindex="-1">Planned system</h2>
<p class="lead">A line leads from a resource to what it names, mostly from left to right. A number counts the findings on a resource and on the policies, rules and attachments that belong to it. A frame is a module. Select a box to list its findings; a box of several instances, marked with ×, opens to them.</p>
${legend()}
<div class="zoom js-only" hidden><button type="button" data-zoom="out">Smaller</button> <button type="button" data-zoom="in">Larger</button> <button type="button" data-zoom="fit">Fit the width</button></div>
<div class="canvas" tabindex="0" role="group" aria-label="Picture, which scrolls">
${drawing(view, picture, layoutOf(picture))}
<div class="opened" data-opened role="group" hidden></div>
</div>
<p class="links" data-links hidden></p>
${remarks(picture)}
${table(view, picture)}
</section>`;
}

function layoutOf({ boxes, links }: Picture): Layout<BoxView, BoxLink> {
  return layOut(boxes, links);
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
  return html`<ul class="legend" aria-label="Worst finding of a resource">${entries.map(
    ([shape, words]) =>
      html`<li><svg class="shape is-${shape}" width="12" height="12" aria-hidden="true" focusable="false"><use href="#shape-${shape}"/></svg> ${words}</li>`,
  )}<li><svg width="26" height="12" aria-hidden="true" focusable="false"><path class="line" d="M1 6h24"/></svg> names it</li><li><svg width="26" height="12" aria-hidden="true" focusable="false"><path class="line is-one-of" d="M1 6h24"/></svg> names one of these</li></ul>`;
}

function remarks({ omitted, unknownLinks, elsewhere, boxes }: Picture): Html | null {
  const sentences = [
    omitted === 0
      ? null
      : `The picture shows ${boxes.length} boxes: those with the worst findings and, as far as there is room, what they are linked to. ${omitted} more are left out; their findings are listed below.`,
    unknownLinks === 0
      ? null
      : `${unknownLinks} ${unknownLinks === 1 ? "link is" : "links are"} unknown and not drawn.`,
    elsewhere === 0
      ? null
      : `${elsewhere} ${elsewhere === 1 ? "finding is" : "findings are"} on resources that the picture does not show.`,
  ].filter((sentence) => sentence !== null);
  return sentences.length === 0 ? null : html`<p class="remarks">${sentences.join(" ")}</p>`;
}

/** A row each box, with the instances of those that have several. */
function table(view: PlanView, { boxes, links }: Picture): Html {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const outgoing = groupBy(links, ({ from }) => from);
  const rows = boxes.map((box) => {
    const names = (outgoing.get(box.id) ?? []).map(
      ({ to, certainty, edges }) =>
        html`<span class="name-of">${certainty === "exact" ? null : "perhaps "}${byId.get(to)?.label ?? to} <small>${linkWords(edges)}</small></span>`,
    );
    return html`<tr role="row" id="${box.id}"><th role="rowheader" scope="row">${box.label}${box.first.module === "" ? null : html`<small>${box.frames.map(({ label }) => label).join(" / ")}</small>`}${instances(view, box)}</th><td role="cell" data-label="Is">${kindWords(box.first)}</td><td role="cell" data-label="Findings">${findingsCell(view, box)}</td><td role="cell" data-label="Names">${names}</td></tr>
`;
  });
  return html`<details class="as-table"><summary>The picture as a table</summary>
<table role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Name</th><th role="columnheader" scope="col">Is</th><th role="columnheader" scope="col">Findings</th><th role="columnheader" scope="col">Names</th></tr></thead><tbody role="rowgroup">
${rows}</tbody></table></details>`;
}

function findingsCell({ hashPrefix, firstRow }: PlanView, { id, findings, worst }: BoxView): Html {
  const row = findings[0] === undefined ? undefined : firstRow.get(findings[0].subject.address);
  if (worst === null || row === undefined) return html`none`;
  const words = `${findings.length}, worst: ${markWords[worst]}`;
  return html`<a href="#${row}" data-filter-link="#${hashPrefix}resource=${id}" data-count="${findings.length}">${words}</a>`;
}

/** So many instances of a box are listed, the worst first; all findings stand below. */
const mostInstances = 200;

/** What a box of several instances opens to. */
function instances(view: PlanView, { id, nodes }: BoxView): Html | null {
  if (nodes.length === 1) return null;
  const left = nodes.length - mostInstances;
  return html`<details class="instances"><summary>${nodes.length} instances</summary><ul data-instances="${id}">${nodes.slice(0, mostInstances).map((node) => instance(view, node))}${left > 0 ? html`<li>and ${left} more</li>` : null}</ul></details>`;
}

function instance({ firstRow, hashPrefix }: PlanView, { id, node, findings, worst }: NodeView): Html {
  const row = findings[0] === undefined ? undefined : firstRow.get(findings[0].subject.address);
  const address = html`<small data-instance="${id}">${shorten(node.address ?? node.label, 400)}</small>`;
  const name = shorten(node.label, 200);
  if (row === undefined) return html`<li>${shape(shapeOf(worst))} ${name}${address}<small>no findings</small></li>`;
  return html`<li>${shape(shapeOf(worst))} <a href="#${row}" data-filter-link="#${hashPrefix}resource=${id}" data-count="${findings.length}">${name}</a>${address}<small>${describeFindings(findings)}</small></li>`;
}
