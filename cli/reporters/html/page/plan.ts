import type { Groups } from "./groups.ts";

interface Row {
  readonly element: HTMLElement;
  /** By the name of the filter: what a filter's value must be one of. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** In lower case; null until a text is searched for. */
  text: string | null;
}

export interface PlanFilter {
  /** Shows only the findings of one node or box of the picture. */
  readonly only: (node: string) => void;
}

const selects = ["severity", "verdict", "change", "service", "module", "control"];

/** Filters the findings of one plan by its form and by the hash of the URL, each of which follows the other. */
export function filterPlan(plan: HTMLElement, groups: Groups): PlanFilter {
  const form = plan.querySelector<HTMLFormElement>("[data-filters]");
  if (form === null) return { only: () => {} };
  const prefix = plan.dataset["hashPrefix"] ?? "";
  const rows = rowsOf(plan);
  let resource = "";

  const wanted = (): [string, string][] =>
    [
      ...fields(form).map((field): [string, string] => [field.name, field.value.trim()]),
      ["resource", resource] as [string, string],
    ].filter(([, value]) => value !== "");
  const show = () => {
    const filters = wanted();
    let shown = 0;
    for (const row of rows) {
      row.element.hidden = !filters.every(([name, value]) => matches(row, name, value));
      if (!row.element.hidden) shown += 1;
    }
    groups.count();
    const all = `${rows.length} ${rows.length === 1 ? "finding" : "findings"}`;
    const status = plan.querySelector("[data-status]");
    if (status !== null) status.textContent = filters.length === 0 ? all : `${shown} of ${all}`;
    nameResource(plan, form, resource);
  };
  const write = () => {
    const others = [...hashParts()].filter(([name]) => /^plan-\d+\./.test(name) && !isOwn(name, prefix));
    const parts = new URLSearchParams([...others, ...wanted().map(([name, value]) => [`${prefix}${name}`, value])]);
    // Not every place where a page is shown lets it change its address.
    try {
      history.replaceState(null, "", `#${parts}`);
    } catch {}
  };
  const read = (): boolean => {
    const parts = [...hashParts()].filter(([name]) => isOwn(name, prefix));
    if (parts.length === 0) return false;
    const values = new Map(parts.map(([name, value]) => [name.slice(prefix.length), value]));
    for (const field of fields(form)) field.value = values.get(field.name) ?? "";
    resource = values.get("resource") ?? "";
    show();
    return true;
  };
  const change = () => {
    show();
    write();
  };
  const goToFindings = () => {
    const heading = plan.querySelector<HTMLElement>(".findings h2");
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", change);
  form.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    const { clear, forget, open } = target.dataset;
    if (open !== undefined)
      for (const details of plan.querySelectorAll<HTMLDetailsElement>(
        "[data-group]:not([hidden]), [data-finding]:not([hidden]) > details",
      ))
        details.open = open === "true";
    if (clear !== undefined) for (const field of fields(form)) field.value = "";
    if (clear !== undefined || forget !== undefined) {
      resource = "";
      change();
    }
  });
  addEventListener("hashchange", () => {
    if (read()) goToFindings();
  });
  groups.follow(show);
  read();
  return {
    only: (node) => {
      for (const field of fields(form)) field.value = "";
      resource = node;
      change();
      goToFindings();
    },
  };
}

function rowsOf(plan: HTMLElement): Row[] {
  const controls = new Map(
    [...plan.querySelectorAll<HTMLElement>("[data-policy-page]")].map(({ dataset }) => [
      dataset["policyPage"],
      (dataset["controls"] ?? "").split("|"),
    ]),
  );
  return [...plan.querySelectorAll<HTMLElement>("[data-finding]")].map((element) => {
    const { severity = "", verdict = "", change = "", service = "", module = "", resource = "" } = element.dataset;
    return {
      element,
      values: {
        severity: [severity],
        verdict: [verdict],
        change: [change],
        service: [service],
        module: [module],
        control: controls.get(element.dataset["policy"]) ?? [],
        resource: resource.split(" "),
      },
      text: null,
    };
  });
}

function matches(row: Row, name: string, value: string): boolean {
  if (name !== "text") return row.values[name]?.includes(value) ?? true;
  row.text ??= (row.element.textContent ?? "").toLowerCase();
  return row.text.includes(value.toLowerCase());
}

function fields(form: HTMLFormElement): (HTMLSelectElement | HTMLInputElement)[] {
  return [...form.querySelectorAll<HTMLSelectElement | HTMLInputElement>("[name]")];
}

function hashParts(): URLSearchParams {
  return new URLSearchParams(location.hash.slice(1));
}

function isOwn(name: string, prefix: string): boolean {
  const own = name.slice(prefix.length);
  return name.startsWith(prefix) && (selects.includes(own) || own === "text" || own === "resource");
}

function nameResource(plan: HTMLElement, form: HTMLElement, resource: string): void {
  const chip = form.querySelector<HTMLElement>("[data-resource]");
  const name = form.querySelector("[data-resource-name]");
  if (chip === null || name === null) return;
  chip.hidden = resource === "";
  name.textContent = resource === "" ? "" : nameOf(plan, resource);
}

/** The name of a box by its title, that of one of its instances by its link. */
function nameOf(plan: HTMLElement, resource: string): string {
  const title = plan.querySelector(`.node[data-node="${CSS.escape(resource)}"] title`)?.textContent;
  const instance = plan.querySelector(`[data-instance="${CSS.escape(resource)}"]`)?.textContent;
  return title?.replace(/: (?:no|\d+) findings?.*$/, "") ?? instance ?? resource;
}
