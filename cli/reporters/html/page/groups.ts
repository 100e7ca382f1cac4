/** The groups that the findings of a plan stand in. */
export interface Groups {
  /** Hides the groups without a row to be seen, and says of the others how many of theirs are. */
  readonly count: () => void;
  /** Groups by what the select says, and calls back when that changes. */
  readonly follow: (changed: () => void) => void;
}

type GroupBy = (row: HTMLElement) => { readonly key: string; readonly heading: string };

/** Groups the findings by cause, as they are written, or by policy, resource or severity. */
export function groupFindings(plan: HTMLElement): Groups {
  const list = plan.querySelector<HTMLElement>("[data-groups]");
  const select = plan.querySelector<HTMLSelectElement>("[data-group-by]");
  if (list === null || select === null) return { count: () => {}, follow: () => {} };
  const causes = [...list.querySelectorAll<HTMLElement>("[data-group]")];
  const homes = causes.flatMap((cause) => {
    const home = cause.querySelector("ul");
    return home === null ? [] : [...home.children].map((row) => ({ home, row }));
  });
  const rows = homes.flatMap(({ row }) => (row instanceof HTMLElement ? [row] : []));
  // The only finding of a cause stands open within it.
  const single = rows.flatMap((row) => [...row.querySelectorAll<HTMLDetailsElement>("details[open]")]);
  const titles = titlesOf(plan);

  const keys: Readonly<Record<string, GroupBy>> = {
    policy: ({ dataset: { policy = "" } }) => ({ key: policy, heading: titles.get(policy) ?? policy }),
    resource: (row) => {
      const address = row.querySelector<HTMLElement>("[data-address]")?.dataset["address"] ?? "";
      return { key: address, heading: address };
    },
    severity: ({ dataset: { severity = "", verdict = "" } }) => {
      const key = verdict === "fail" ? severity : verdict;
      return { key, heading: key.replace("-", " ") };
    },
  };
  const arrange = () => {
    list.dataset["by"] = select.value;
    const of = keys[select.value];
    for (const details of single) details.open = of === undefined;
    if (of === undefined) {
      for (const { home, row } of homes) home.append(row);
      list.replaceChildren(...causes);
      return;
    }
    const groups = new Map<string, { readonly group: HTMLElement; readonly ul: HTMLElement; total: number }>();
    for (const row of rows) {
      const { key, heading } = of(row);
      const known = groups.get(key) ?? newGroup(heading, select.value);
      groups.set(key, known);
      known.ul.append(row);
      known.total += 1;
    }
    list.replaceChildren(...[...groups.values()].map(({ group }) => group));
    for (const { group, total } of groups.values()) {
      const times = group.querySelector<HTMLElement>("[data-times]");
      if (times !== null) times.dataset["times"] = `${total} ${total === 1 ? "finding" : "findings"}`;
    }
  };
  const count = () => {
    for (const group of list.children) {
      if (!(group instanceof HTMLElement)) continue;
      const own = [...group.querySelectorAll<HTMLElement>("[data-finding]")];
      const shown = own.filter((row) => !row.hidden).length;
      group.hidden = shown === 0;
      const times = group.querySelector<HTMLElement>("[data-times]");
      if (times === null) continue;
      times.textContent = shown === own.length ? (times.dataset["times"] ?? "") : `${shown} of ${own.length}`;
    }
  };
  return {
    count,
    follow: (changed) => {
      select.addEventListener("input", () => {
        arrange();
        changed();
      });
    },
  };
}

function titlesOf(plan: HTMLElement): ReadonlyMap<string, string> {
  return new Map(
    [...plan.querySelectorAll<HTMLElement>("[data-policy-page]")].map(({ dataset }) => [
      dataset["policyPage"] ?? "",
      `${dataset["policyPage"]} ${dataset["title"]}`,
    ]),
  );
}

/** A group that is made here. What stands in it is text, whatever a plan holds. */
function newGroup(heading: string, by: string) {
  const group = document.createElement("details");
  group.className = "group";
  group.dataset["group"] = "";
  // The few severities would hide all behind a press of their own.
  group.open = by === "severity";
  const summary = document.createElement("summary");
  const title = document.createElement(by === "resource" ? "code" : "span");
  title.className = "title";
  title.textContent = heading;
  const times = document.createElement("span");
  times.className = "times";
  times.dataset["times"] = "";
  summary.append(title, " ", times);
  const ul = document.createElement("ul");
  group.append(summary, ul);
  return { group, ul, total: 0 };
}
