// What the page can do beyond showing itself. Runs in a browser; without it all findings are shown by cause and nothing filters.

import { groupFindings } from "./groups.ts";
import { followPicture } from "./picture.ts";
import { filterPlan } from "./plan.ts";

for (const element of document.querySelectorAll<HTMLElement>(".js-only")) element.hidden = false;
for (const plan of document.querySelectorAll<HTMLElement>("[data-plan]")) {
  const filter = filterPlan(plan, groupFindings(plan));
  followPicture(plan, filter.only);
  for (const link of plan.querySelectorAll<HTMLAnchorElement>("[data-filter-link]"))
    link.href = link.dataset["filterLink"] ?? link.href;
}
