import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { htmlReport } from "../../cli/reporters/html/html.ts";
import { groupBy } from "../../engine/group-by.ts";
import { type Finding, placeOf, type Report } from "../../engine/index.ts";
import { countermeasures } from "../../policies/pack.ts";
import { checkAll, planBytes } from "../check-fixture.ts";
import { unless } from "../needs.ts";
import { drawn, howToRepeat, isThorough } from "../thorough.ts";
import {
  chromiumPath,
  countedLinks,
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
  let services: Report;
  let small: OpenPage;

  // A browser, a page on the shop and a small one, which each test leaves with all findings listed.
  beforeAll(async () => {
    [browser, report, services] = await Promise.all([
      startBrowser(executable ?? ""),
      shop(),
      checkAll(planBytes("services"), { all: false, system: true }),
    ]);
    html = pageOn({ file: "plan.json", report });
    opened = await open(browser, html);
    small = await open(browser, pageOn({ file: "plan.json", report: services }));
  });
  // Pages that stay open would go on drawing beside the next one.
  afterEach(async () => {
    const shared = [opened.page.context(), small.page.context()];
    const others = browser.contexts().filter((context) => !shared.includes(context));
    await Promise.all(others.map((context) => context.close()));
  });
  afterAll(() => browser.close());

  const count = (isWanted: (finding: Finding) => boolean) => report.findings.filter(isWanted).length;

  /** Looks at a page for what is beyond the edge of the narrowest screen. */
  async function lookAtEdge({ page, incidents }: OpenPage): Promise<void> {
    await page.setViewportSize({ width: 320, height: 900 });
    await unfold(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    expect(incidents).toEqual([]);
  }

  /** Looks at a page with axe and for what is beyond its edge. */
  async function lookAt({ page, incidents }: OpenPage): Promise<void> {
    await unfold(page);
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

  const hostilePage = async () => open(browser, pageOn({ file: hostileTexts.image, report: await hostileReport() }));

  const firstPlan = () => checkAll(planBytes("first-plan"), { all: false, system: true });
  const manyPlans = async () => {
    const [first, later] = await Promise.all([
      firstPlan(),
      checkAll(planBytes("later-plans/introduced"), { all: false }),
    ]);
    return open(
      browser,
      pageOn(
        { file: "one.json", report: later },
        { file: "two.json", failure: "the input is empty" },
        { file: "three.json", report: first },
      ),
    );
  };

  it("nothing for axe to find, nothing beyond the edge: the shop, many plans and hostile texts", async () => {
    const pages = [() => open(browser, html), manyPlans, hostilePage];
    for (const openPage of drawn(pages, "plan")) await lookAt(await openPage());
  });

  it("the shop has nothing beyond the edge of a narrow screen", async () => {
    await lookAtEdge(await open(browser, html));
  });

  it("hostile texts stay texts, whatever is chosen, with nothing beyond the edge", async () => {
    const hostile = await hostilePage();
    for (const name of ["service", "module", "control"]) await shownByValue(hostile.page, name, 3);
    await hostile.page.evaluate("for (const node of document.querySelectorAll('.node')) node.focus()");
    const text = String(await hostile.page.evaluate("document.body.textContent"));
    const shown = { ...hostileTexts, override: "\\u202egnp.\\u0000\\u001b[31m javascript:window.hacked=4" };
    expect(Object.entries(shown).filter(([, part]) => !text.includes(part))).toEqual([]);
    expect(await hostile.page.evaluate("typeof window.hacked")).toBe("undefined");
    expect(await hostile.page.locator("img, iframe, object, [onerror], [onload], [onmouseover]").count()).toBe(0);
    // The pages of the shipped policies alone are elsewhere.
    expect(
      await hostile.page.locator("a:not([href^='#'], [href^='https://plimsoll.example/policies/README.md#'])").count(),
    ).toBe(0);
    await lookAtEdge(hostile);
  });

  it("each value of each filter shows exactly its findings", async () => {
    const filters: Readonly<Record<string, (finding: Finding) => readonly string[]>> = {
      severity: ({ severity }) => [severity],
      verdict: ({ verdict }) => [verdict],
      service: ({ subject }) => [placeOf(subject.address).service],
      module: ({ subject }) => [placeOf(subject.address).module || "(root)"],
      // Ids of other tools are no controls, and a section stands for its countermeasures.
      control: ({ policy }) => [
        ...report.nist.filter(({ policies }) => policies.some(({ id }) => id === policy)).map(({ id }) => id),
        ...Object.entries(report.policies[policy]?.controls ?? {})
          .filter(([key]) => !["nist-800-190", "same-as", "part-of"].includes(key))
          .flatMap(([, ids]) => ids),
      ],
    };
    for (const [name, valuesOf] of Object.entries(filters)) {
      const counts = await shownByValue(opened.page, name);
      const values = [...new Set(report.findings.flatMap(valuesOf))];
      const wanted = values.map((value) => [value, count((finding) => valuesOf(finding).includes(value))] as const);
      expect([name, counts]).toEqual([name, new Map([["", report.findings.length], ...wanted])]);
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
    expect(await opened.page.locator("[data-status]").textContent()).toBe(
      `${critical} of ${report.findings.length} findings`,
    );
    await tabTo(opened.page, "verdict");
    await keyboard.press("ArrowDown");
    const failed = count(({ severity, verdict }) => severity === "critical" && verdict === "fail");
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
    await shown().toBe(report.findings.length);
    expect(await opened.page.locator("[data-status]").textContent()).toBe(`${report.findings.length} findings`);
    expect(opened.incidents).toEqual([]);
  });

  it("groups by cause, policy, resource or severity, by keyboard, and filters within them", async () => {
    // The shop holds many more rows, and regrouping them takes seconds.
    const [{ page }, { findings, summary }] = isThorough ? [opened, report] : [small, services];
    const rowIds = () => page.locator("[data-finding]").evaluateAll((rows) => rows.map(({ id }) => id));
    const keyOf: Readonly<Record<string, (finding: Finding) => string>> = {
      policy: ({ policy }) => policy,
      resource: ({ subject }) => subject.address ?? "",
      severity: ({ severity, verdict }) => (verdict === "fail" ? severity : verdict),
    };
    const groups = page.locator("[data-group]:not([hidden])");
    const causes = await groups.locator("> summary").allTextContents();
    const order = await rowIds();
    expect(causes.length).toBe(new Set(findings.map(({ cause, verdict }) => `${cause} ${verdict}`)).size);
    await page.locator("[data-group-by]").focus();
    for (const [by, keyed] of Object.entries(keyOf)) {
      await page.keyboard.press("ArrowDown");
      await expect.poll(() => page.locator("[data-groups]").getAttribute("data-by")).toBe(by);
      const sizes = groupBy(findings, keyed);
      const counts = await page.locator("[data-group] .times").allTextContents();
      expect([by, counts.sort()]).toEqual([
        by,
        [...sizes.values()].map(({ length }) => `${length} ${length === 1 ? "finding" : "findings"}`).sort(),
      ]);
    }
    await page.locator("select[name=verdict]").selectOption("unknown");
    expect(await groups.locator("> summary").allTextContents()).toEqual([`unknown ${summary.unknown} findings`]);
    await page.locator("[data-clear]").click();
    await page.locator("[data-group-by]").selectOption("cause");
    expect([await groups.locator("> summary").allTextContents(), await rowIds()]).toEqual([causes, order]);
    expect(new URL(page.url()).hash).toBe("");
  });

  it("a closed row says what is wrong and where", async () => {
    const first = opened.page.locator("[data-group] > summary").first();
    expect((await first.textContent())?.replace(/\s+/g, " ")).toBe(
      "critical CICD-001 SONAR_TOKEN is set in clear (value hidden) fails the run aws_codebuild_project.image_web#buildspec/SONAR_TOKEN",
    );
  });

  it("a box leads to its findings, by mouse and by keyboard", async () => {
    const repository = opened.page.locator(".node[aria-label^='Repository shop/web ']");
    const addresses = [
      'module.ecr.aws_ecr_repository.this["shop/web"]',
      'module.ecr.aws_ecr_lifecycle_policy.this["shop/web"]',
      "aws_ecr_repository_policy.web",
    ];
    const wanted = count(({ subject }) => addresses.includes(subject.address ?? ""));
    expect(await repository.getAttribute("aria-label")).toBe(
      "Repository shop/web 9 findings: 1 critical, 6 high, 1 medium, 1 low, in module ecr",
    );
    await repository.focus();
    expect(await opened.page.locator(".label.is-in .at-source:visible").allTextContents()).toEqual(["image"]);
    await repository.press("Enter");
    expect([wanted, await shownFindings(opened.page)]).toEqual([9, 9]);
    expect(await opened.page.locator("[data-resource-name]").textContent()).toBe(addresses[0]);
    expect(await opened.page.evaluate("document.activeElement.id")).toBe("plan-1-findings");
    await opened.page.locator("[data-forget]").click();
    expect(await shownFindings(opened.page)).toBe(report.findings.length);
    await opened.page.locator(".node[aria-label^='Cluster shop-prod ']").click();
    expect(await shownFindings(opened.page)).toBe(count(({ subject }) => subject.address === "aws_ecs_cluster.main"));
    await opened.page.locator("[data-clear]").click();
  });

  it("each number that is a link lists exactly as many findings", async () => {
    const links = await countedLinks(opened.page);
    expect(links.filter(([, said, listed]) => listed !== null && said !== listed)).toEqual([]);
    // Five tiles, the countermeasures by verdict, and the boxes with findings.
    expect(links.length).toBeGreaterThan(70);
    // ECS-017 names section 4.5 as a whole.
    expect(links.some(([text]) => text.endsWith("failures of 4.5.2"))).toBe(true);
    await opened.page.locator("[data-clear]").click();
  });

  it("a box of several instances opens to them, by keyboard too, and each leads to its findings", async () => {
    const { page, incidents } = small;
    const boxes = await page
      .locator(".node")
      .evaluateAll((nodes) => nodes.map((node) => node.getAttribute("aria-label")));
    expect(boxes.toSorted()).toEqual([
      "IAM role {key}-execution ×2 no findings, in module service ×2",
      "IAM role {key}-task ×2 no findings, in module service ×2",
      "Image from elsewhere public.e…ws-appmesh-envoy no findings, in full public.ecr.aws/appmesh/aws-appmesh-envoy",
      "Log group /platform/{key} ×2 no findings, in module service ×2",
      "Parameter /{key}/queue/endpoint ×2 no findings, in module service ×2",
      "Parameter /{key}/queue/token ×2 4 findings: 2 high, 2 low, in module service ×2",
      "Repository platform/{key} ×2 10 findings: 6 high, 2 low, 2 unknown, in module service ×2",
      "Security group {key}-tasks ×2 4 findings: 4 medium, in module service ×2",
      "Service {key} ×2 2 findings: 2 unknown, in module service ×2",
      "Task definition {key} ×2 10 findings: 4 high, 6 medium, in module service ×2",
    ]);
    const box = page.locator(".node[aria-label^='Repository ']");
    await box.focus();
    await page.keyboard.press("Enter");
    expect(await box.getAttribute("aria-expanded")).toBe("true");
    const panel = page.locator("[data-opened]");
    expect(await panel.locator("li [data-instance]").allTextContents()).toEqual([
      'module.service["service-0000"].aws_ecr_repository.images',
      'module.service["service-0001"].aws_ecr_repository.images',
    ]);
    await page.keyboard.press("Escape");
    expect([await panel.isVisible(), await box.getAttribute("aria-expanded")]).toEqual([false, "false"]);
    await box.click();
    await panel.locator("li a").last().click();
    const wanted = services.findings.filter(({ subject }) =>
      /^module\.service\["service-0001"\]\.aws_ecr/.test(subject.address ?? ""),
    );
    await expect.poll(() => shownFindings(page)).toBe(wanted.length);
    const links = await countedLinks(page);
    expect(links.filter(([, said, listed]) => listed !== null && said !== listed)).toEqual([]);
    expect(incidents).toEqual([]);
  });

  it("prints on at most 40 pages, each with its number", async () => {
    const pdf = (await opened.page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(10);
    expect(pages).toBeLessThanOrEqual(40);
  });

  it("without scripts all findings are there, and nothing that would not work", async () => {
    const still = await open(browser, html, { javaScriptEnabled: false });
    expect(await shownFindings(still.page)).toBe(report.findings.length);
    expect(await still.page.locator("button:visible, select:visible, input:visible").count()).toBe(0);
    expect(still.incidents).toEqual([]);
  });

  it("of many plans each filters for itself; over a state each change is a filter, and what is fixed is listed", async () => {
    const many = await manyPlans();
    const first = await firstPlan();
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
      "Not checkedtwo.jsonThe input is empty.",
    );
    await lookAtEdge(many);
  });
});
