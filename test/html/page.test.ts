import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { htmlReport } from "../../cli/reporters/html/html.ts";
import { type Finding, placeOf, type Report } from "../../engine/index.ts";
import { countermeasures } from "../../policies/pack.ts";
import { checkAll, planBytes } from "../check-fixture.ts";
import { unless } from "../needs.ts";
import { drawn, howToRepeat, isThorough } from "../thorough.ts";
import {
  chromiumPath,
  type OpenPage,
  open,
  shownByValue,
  shownFindings,
  startBrowser,
  thin,
  unfold,
  violations,
} from "./browser.ts";
import { hostileReport, hostileTexts } from "./hostile.ts";

const executable = chromiumPath();

/**
 * Goes on to a field by the keyboard. Chromium at times takes the first press after a choice for the end of the choice, so
 * that one press more is needed; where the first was only late, this goes back again.
 */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 10; presses += 1) {
    const way = await page.evaluate(wayTo(name));
    if (way === "there") return;
    await page.keyboard.press(way === "back" ? "Shift+Tab" : "Tab");
    // Two frames later the page has acted on what it was given.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }
  throw new Error(`the field ${name} is not reached by the keyboard`);
}

/** A script that tells whether the field is reached, or stands before or behind what is. */
function wayTo(name: string): string {
  return `(() => {
    const here = document.activeElement;
    const field = here.closest("[data-plan]")?.querySelector("[name=" + ${JSON.stringify(name)} + "]");
    if (field === here) return "there";
    return field && (field.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING) ? "back" : "on";
  })()`;
}

/** How a page is looked at. */
const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  [1280, 390].map((width) => ({ colorScheme, width })),
);

function shop(): Promise<Report> {
  return checkAll(planBytes("shop/faulty"), { all: false, system: true, countermeasures, file: "plan.json" });
}

function pageOn(...results: Parameters<typeof htmlReport>[0]): string {
  return [...htmlReport(results)].join("");
}

describe("in a browser", unless(executable !== null, "need Chromium"), () => {
  let browser: Browser;
  let report: Report;
  let html: string;
  let opened: OpenPage;

  // A browser and a page on the shop, which each test leaves with all findings listed.
  beforeAll(async () => {
    [browser, report] = await Promise.all([startBrowser(executable ?? ""), shop()]);
    html = pageOn({ file: "plan.json", report });
    opened = await open(browser, html);
  });
  // Pages that stay open would go on drawing beside the next one.
  afterEach(async () => {
    const others = browser.contexts().filter((context) => context !== opened.page.context());
    await Promise.all(others.map((context) => context.close()));
  });
  afterAll(() => browser.close());

  const count = (isWanted: (finding: Finding) => boolean) => report.findings.filter(isWanted).length;

  /** Looks at a page for what is beyond its edge, and with axe. */
  async function lookAt({ page, incidents }: OpenPage): Promise<void> {
    await page.setViewportSize({ width: 320, height: 900 });
    await unfold(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    for (const { colorScheme, width } of drawn(looks, "plan")) {
      if (!isThorough) await thin(page);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate("document.documentElement.scrollWidth"), howToRepeat()).toBe(width);
      // The other scheme differs in nothing but its colours.
      expect(await violations(page, colorScheme === "light" ? "all" : "colours"), howToRepeat()).toEqual([]);
    }
    expect(incidents).toEqual([]);
  }

  it("the shop: nothing for axe to find, nothing beyond the edge", async () => {
    await lookAt(await open(browser, html));
  });

  it("hostile texts stay texts, whatever is chosen, with nothing beyond the edge", async () => {
    const hostile = await open(browser, pageOn({ file: hostileTexts.image, report: await hostileReport() }));
    await unfold(hostile.page);
    for (const name of ["service", "module", "control"]) await shownByValue(hostile.page, name, 8);
    await hostile.page.evaluate("for (const node of document.querySelectorAll('.node')) node.focus()");
    const text = String(await hostile.page.evaluate("document.body.textContent"));
    const shown = { ...hostileTexts, override: "\\u202egnp.\\u0000\\u001b[31m javascript:window.hacked=4" };
    expect(Object.entries(shown).filter(([, part]) => !text.includes(part))).toEqual([]);
    expect(await hostile.page.evaluate("typeof window.hacked")).toBe("undefined");
    expect(await hostile.page.locator("img, iframe, object, [onerror], [onload], [onmouseover]").count()).toBe(0);
    expect(await hostile.page.locator("a:not([href^='#'])").count()).toBe(0);
    expect(hostile.incidents).toEqual([]);
    await lookAt(hostile);
  });

  it("each value of each filter shows exactly its findings", async () => {
    const filters: Readonly<Record<string, (finding: Finding) => readonly string[]>> = {
      severity: ({ severity }) => [severity],
      verdict: ({ verdict }) => [verdict],
      service: ({ subject }) => [placeOf(subject.address).service],
      module: ({ subject }) => [placeOf(subject.address).module || "(root)"],
      // Ids of other tools are no controls.
      control: ({ policy }) =>
        Object.entries(report.policies[policy]?.controls ?? {})
          .filter(([framework]) => framework !== "same-as" && framework !== "part-of")
          .flatMap(([, ids]) => ids),
    };
    for (const [name, valuesOf] of Object.entries(filters)) {
      const counts = await shownByValue(opened.page, name);
      const values = [...new Set(report.findings.flatMap(valuesOf))];
      const wanted = values.map((value) => [value, count((finding) => valuesOf(finding).includes(value))] as const);
      expect([name, counts]).toEqual([name, new Map([["", 225], ...wanted])]);
    }
  });

  it("is worked by keyboard alone, says how many are left, and keeps the filters in its address", async () => {
    const { keyboard } = opened.page;
    // The first thing to come to leads past all that stands before the findings.
    await opened.page.evaluate("document.querySelector('a[href], button, input, select, summary').focus()");
    await keyboard.press("Enter");
    await keyboard.press("Tab");
    expect(await opened.page.evaluate("document.activeElement.name")).toBe("severity");
    await keyboard.press("ArrowDown");
    const critical = count(({ severity }) => severity === "critical");
    // A key press comes back before the page has acted on it.
    const shown = () => expect.poll(() => shownFindings(opened.page));
    await shown().toBe(critical);
    expect(await opened.page.locator("[data-status]").textContent()).toBe(`${critical} of 225 findings`);
    await tabTo(opened.page, "verdict");
    await keyboard.press("ArrowDown");
    const failed = count(({ severity, verdict }) => severity === "critical" && verdict === "fail");
    expect(failed).toBe(24);
    await shown().toBe(failed);
    expect(new URL(opened.page.url()).hash).toBe("#severity=critical&verdict=fail");
    for (const name of ["service", "module", "control", "text"]) await tabTo(opened.page, name);
    await keyboard.type("token");
    await expect.poll(() => new URL(opened.page.url()).hash).toBe("#severity=critical&verdict=fail&text=token");
    const tokens = await shownFindings(opened.page);
    expect(tokens > 0 && tokens < failed).toBe(true);
    await opened.page.reload();
    await shown().toBe(tokens);
    await opened.page.locator("[data-clear]").press("Enter");
    await shown().toBe(225);
    expect(await opened.page.locator("[data-status]").textContent()).toBe("225 findings");
    expect(opened.incidents).toEqual([]);
  });

  it("a node leads to its findings, by mouse and by keyboard", async () => {
    const repository = opened.page.locator(".node[aria-label^='Repository · ecr shop/web ']");
    const addresses = [
      'module.ecr.aws_ecr_repository.this["shop/web"]',
      'module.ecr.aws_ecr_lifecycle_policy.this["shop/web"]',
      "aws_ecr_repository_policy.web",
    ];
    const wanted = count(({ subject }) => addresses.includes(subject.address ?? ""));
    expect(await repository.getAttribute("aria-label")).toBe(
      "Repository · ecr shop/web 9 findings: 1 critical, 6 high, 1 medium, 1 low",
    );
    await repository.focus();
    expect(await opened.page.locator(".label.is-in .at-source:visible").allTextContents()).toEqual(["image"]);
    await repository.press("Enter");
    expect([wanted, await shownFindings(opened.page)]).toEqual([9, 9]);
    expect(await opened.page.locator("[data-resource]").textContent()).toBe(
      `Only what sits on ${addresses[0]} Show all resources`,
    );
    expect(await opened.page.evaluate("document.activeElement.id")).toBe("plan-1-findings");
    await opened.page.locator("[data-forget]").click();
    expect(await shownFindings(opened.page)).toBe(225);
    await opened.page.locator(".node[aria-label^='Cluster shop-prod ']").click();
    expect(await shownFindings(opened.page)).toBe(count(({ subject }) => subject.address === "aws_ecs_cluster.main"));
    await opened.page.locator("[data-clear]").click();
  });

  it("numbers and countermeasures lead to their findings", async () => {
    await opened.page.locator(".tile.is-high a").click();
    await expect.poll(() => shownFindings(opened.page)).toBe(report.summary.fail.high);
    await opened.page.locator(".show[href$='=4.4.1']").click();
    const wanted = count(({ policy }) => report.policies[policy]?.controls["nist-800-190"]?.includes("4.4.1") === true);
    await expect.poll(() => shownFindings(opened.page)).toBe(wanted);
    await opened.page.locator("[data-clear]").click();
  });

  it("without scripts all findings are there, and nothing that would not work", async () => {
    const still = await open(browser, html, { javaScriptEnabled: false });
    expect(await shownFindings(still.page)).toBe(225);
    expect(await still.page.locator("button:visible, select:visible, input:visible").count()).toBe(0);
    expect(still.incidents).toEqual([]);
  });

  it("of many plans each filters for itself; over a state each change is a filter, and what is fixed is listed", async () => {
    const [first, later] = await Promise.all([
      checkAll(planBytes("first-plan"), { all: false, system: true }),
      checkAll(planBytes("later-plans/introduced"), { all: false }),
    ]);
    const many = await open(
      browser,
      pageOn(
        { file: "one.json", report: later },
        { file: "two.json", failure: "the input is empty" },
        { file: "three.json", report: first },
      ),
    );
    const all = first.findings.length + 50;
    expect(await shownByValue(many.page, "change")).toEqual(
      new Map([
        ["", all],
        ["introduced", all - 50 + 11],
        ["worse", all - 50 + 1],
        ["existing", all - 50 + 38],
      ]),
    );
    expect(await many.page.locator(".fixed li").count()).toBe(8);
    expect(await many.page.locator(".banner").first().textContent()).toContain(
      "This plan introduces 11 findings. It makes 1 finding worse. It fixes 8 findings. 38 findings stood before it.",
    );
    await many.page.locator("[aria-labelledby=plan-3] select[name=severity]").selectOption("critical");
    expect([await shownFindings(many.page), new URL(many.page.url()).hash]).toEqual([
      50 + first.findings.filter(({ severity }) => severity === "critical").length,
      "#plan-3.severity=critical",
    ]);
    expect(await many.page.locator("[aria-labelledby=plan-2]").textContent()).toBe(
      "Not judgedtwo.jsonThe input is empty.",
    );
    await lookAt(many);
  });
});
