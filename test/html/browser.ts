import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import * as z from "zod";
import { drawn } from "../thorough.ts";

/** The browser that the variable names, else the one on the PATH; null where there is none, and its tests are skipped. */
export function chromiumPath(): string | null {
  const named = process.env["PLIMSOLL_CHROMIUM"];
  if (named !== undefined) return named;
  const found = spawnSync("which", ["chromium"], { encoding: "utf8" });
  return found.status === 0 ? found.stdout.trim() : null;
}

export function startBrowser(executablePath: string): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: [...(isRoot ? ["--no-sandbox"] : [])], timeout: 0 });
}

/** A page that is open, and all that it did beyond showing itself. */
export interface OpenPage {
  readonly page: Page;
  /** Dialogs, console messages, errors, requests and violations of the content security policy. */
  readonly incidents: readonly string[];
}

/** Opens a page on a report from a file, as a reader would. */
export async function open(browser: Browser, html: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const file = fileOf(html);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  // What never comes is ended with its test.
  context.setDefaultTimeout(0);
  const page = await context.newPage();
  const incidents: string[] = [];
  page.on("dialog", async (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("console", (message) => incidents.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => incidents.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== file) incidents.push(`request: ${request.url()}`);
  });
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => console.error('violation of ' + event.violatedDirective))",
  );
  await page.goto(file);
  return { page, incidents };
}

/** Address of a file with the page. */
function fileOf(html: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "plimsoll-page-")), "report.html");
  writeFileSync(file, html);
  return pathToFileURL(file).href;
}

/** Opens all that can be opened. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
}

/**
 * Takes out of lists and tables what is built of nothing new: axe takes its time for each element, and says the same of those that
 * are built alike. Each pair of a parent and a child, by their tags and classes, stays where it first comes.
 */
export async function thin(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const build = (element) => element.tagName + "." + (element.getAttribute("class") ?? "");
    const seen = new Set();
    const visit = (element) => {
      for (const child of [...element.children]) {
        const pairOf = (each) => build(each.parentElement) + ">" + build(each);
        if (element.children.length > 1 && child.matches("li, tr, option, details, .node, .edge, .label") && [child, ...child.querySelectorAll("*")].every((each) => seen.has(pairOf(each)))) child.remove();
        else {
          visit(child);
          seen.add(pairOf(child));
        }
      }
    };
    for (const section of document.querySelectorAll("section")) visit(section);
  })()`);
}

/** What axe finds wrong, by all of its rules or by those about colours, each as `rule: where why`. */
export async function violations(page: Page, rules: "all" | "colours" = "all"): Promise<string[]> {
  // Once a page: the source is half a megabyte.
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(axe.source);
  const options = `{ resultTypes: ["violations"]${rules === "all" ? "" : ', runOnly: ["cat.color"]'} }`;
  const found: unknown = await page.evaluate(
    `axe.run(${options}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ' ' + failureSummary)))`,
  );
  return Array.isArray(found) ? found.map(String) : ["axe gave no answer"];
}

const shown =
  "[...document.querySelectorAll('[data-finding]')].filter((each) => each.closest('[hidden]') === null).length";

/** How many findings are listed, in groups that are open or closed. */
export async function shownFindings(page: Page): Promise<number> {
  return Number(await page.evaluate(shown));
}

/** How many findings are listed for each value of a filter, or by the first of them; it then shows all again. */
export async function shownByValue(page: Page, filter: string, most = 1000): Promise<Map<string, number>> {
  const counts = await page.evaluate(`(() => {
    const select = document.querySelector("select[name=${filter}]");
    const choose = (value) => {
      select.value = value;
      select.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const counts = [...select.options].slice(0, ${most}).map(({ value }) => {
      choose(value);
      return [value, ${shown}];
    });
    choose("");
    return counts;
  })()`);
  return new Map(z.array(z.tuple([z.string(), z.number()])).parse(counts));
}

const allCounted = `document.querySelectorAll("[data-count]")`;

/**
 * The links that say how many findings they list, with the number that each lists: `text, said, listed`.
 * Some are followed, other ones in each run; null stands for what the others list.
 */
export async function countedLinks(
  page: Page,
): Promise<readonly [text: string, said: number, listed: number | null][]> {
  const count = z.number().parse(await page.evaluate(`new Set([...${allCounted}].map(({ hash }) => hash)).size`));
  const chosen = [...drawn([...Array(count).keys()], "small")];
  const links = await page.evaluate(`(async () => {
    const chosen = new Set(${JSON.stringify(chosen)});
    const followed = new Map();
    for (const link of ${allCounted}) {
      if (followed.has(link.hash)) continue;
      if (!chosen.has(followed.size)) {
        followed.set(link.hash, [link.textContent, Number(link.dataset.count), null]);
        continue;
      }
      const arrived = new Promise((done) => addEventListener("hashchange", done, { once: true }));
      location.hash = link.hash;
      await arrived;
      const plan = link.closest("[data-plan]");
      const rows = [...plan.querySelectorAll("[data-finding]")].filter((each) => each.closest("[hidden]") === null);
      followed.set(link.hash, [link.textContent, Number(link.dataset.count), rows.length]);
    }
    return [...followed.values()];
  })()`);
  return z.array(z.tuple([z.string(), z.number(), z.number().nullable()])).parse(links);
}
