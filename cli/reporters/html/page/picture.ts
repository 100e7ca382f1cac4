import { openBoxes } from "./boxes.ts";

/**
 * What the picture of a plan does: a box shows its links while it is pointed at; when it is selected, it opens to its
 * instances or shows its findings.
 */
export function followPicture(plan: HTMLElement, only: (node: string) => void): void {
  const picture = plan.querySelector<SVGSVGElement>(".picture");
  if (picture === null) return;
  const open = openBoxes(plan);
  const note = plan.querySelector<HTMLElement>("[data-links]");
  const edges = [...picture.querySelectorAll<SVGGElement>(".edge")];
  const labels = [...picture.querySelectorAll<SVGGElement>(".label")];
  const nodes = [...picture.querySelectorAll<SVGAElement>(".node")];

  const follow = (id: string | null) => {
    const near = new Set<string>();
    const texts: string[] = [];
    for (const [at, edge] of edges.entries()) {
      const { from = "", to = "" } = edge.dataset;
      for (const each of [edge, labels[at]]) {
        each?.classList.toggle("is-out", from === id);
        each?.classList.toggle("is-in", to === id);
      }
      if (id === null || (from !== id && to !== id)) continue;
      near.add(from).add(to);
      texts.push(edge.querySelector("title")?.textContent ?? "");
    }
    picture.classList.toggle("is-followed", near.size > 0);
    for (const node of nodes) node.classList.toggle("is-near", near.has(node.dataset["node"] ?? ""));
    if (note === null) return;
    note.hidden = false;
    note.textContent = id === null ? "" : texts.join(". ");
  };
  for (const node of nodes) {
    const id = node.dataset["node"] ?? "";
    node.addEventListener("pointerenter", () => follow(id));
    node.addEventListener("pointerleave", () => follow(null));
    node.addEventListener("focus", () => follow(id));
    node.addEventListener("blur", () => follow(null));
    node.addEventListener("click", (event) => {
      if (open(node)) event.preventDefault();
      if (node.dataset["findings"] === "0" || node.dataset["opens"] !== undefined) return;
      event.preventDefault();
      only(id);
    });
  }
  for (const [at, edge] of edges.entries())
    for (const [event, isOn] of [
      ["pointerenter", true],
      ["pointerleave", false],
    ] as const)
      edge.addEventListener(event, () => labels[at]?.classList.toggle("is-out", isOn));
  zoom(plan, picture);
}

const step = 1.25;

function zoom(plan: HTMLElement, picture: SVGSVGElement): void {
  const { width, height } = picture.viewBox.baseVal;
  const canvas = picture.parentElement;
  let scale = 1;
  for (const button of plan.querySelectorAll<HTMLButtonElement>("[data-zoom]"))
    button.addEventListener("click", () => {
      const fit = canvas === null ? 1 : Math.min(1, canvas.clientWidth / width);
      scale = { in: scale * step, out: scale / step, fit }[button.dataset["zoom"] ?? ""] ?? scale;
      scale = Math.min(4, Math.max(0.2, scale));
      picture.setAttribute("width", String(Math.round(width * scale)));
      picture.setAttribute("height", String(Math.round(height * scale)));
    });
}
