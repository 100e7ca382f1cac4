/**
 * Opens the boxes of several instances: a panel beside the box lists what the picture's table has of them. Escape and a
 * second press close it.
 * @returns opens or closes a box; false where it has no instances
 */
export function openBoxes(plan: HTMLElement): (box: SVGAElement) => boolean {
  const panel = plan.querySelector<HTMLElement>("[data-opened]");
  let opened: SVGAElement | null = null;

  const close = () => {
    opened?.setAttribute("aria-expanded", "false");
    opened = null;
    if (panel !== null) panel.hidden = true;
  };
  const fill = (box: SVGAElement, panel: HTMLElement) => {
    const list = plan.querySelector(`[data-instances="${CSS.escape(box.dataset["opens"] ?? "")}"]`);
    const heading = document.createElement("p");
    heading.textContent = box.querySelector("title")?.textContent ?? "";
    const all = document.createElement("a");
    all.href = linkOf(plan, box);
    all.textContent = "all findings";
    if (box.dataset["findings"] !== "0") heading.append(" (", all, ")");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Close";
    button.addEventListener("click", () => {
      close();
      box.focus();
    });
    panel.replaceChildren(button, heading, ...(list === null ? [] : [list.cloneNode(true)]));
    panel.setAttribute("aria-label", "Instances");
  };
  panel?.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    const box = opened;
    close();
    box?.focus();
  });
  return (box) => {
    if (panel === null || box.dataset["opens"] === undefined) return false;
    const isOpen = opened === box;
    close();
    if (isOpen) return true;
    fill(box, panel);
    place(box, panel);
    box.setAttribute("aria-expanded", "true");
    panel.hidden = false;
    opened = box;
    panel.querySelector<HTMLElement>("a, button")?.focus();
    panel.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  };
}

function linkOf(plan: HTMLElement, box: SVGAElement): string {
  const prefix = plan.dataset["hashPrefix"] ?? "";
  return `#${prefix}resource=${box.dataset["opens"]}`;
}

/** Below the box, within what the picture scrolls over. */
function place(box: SVGAElement, panel: HTMLElement): void {
  const canvas = panel.parentElement;
  if (canvas === null) return;
  const [outer, inner] = [canvas.getBoundingClientRect(), box.getBoundingClientRect()];
  panel.style.left = `${inner.left - outer.left + canvas.scrollLeft}px`;
  panel.style.top = `${inner.bottom - outer.top + canvas.scrollTop + 4}px`;
}
