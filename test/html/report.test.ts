import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { htmlReport } from "../../cli/reporters/html/html.ts";
import type { Report } from "../../engine/index.ts";
import { fixtureNames, fixturesFolder } from "../../fixtures/fixtures.ts";
import { countermeasures } from "../../policies/pack.ts";
import { checkAll, planBytes, reportOf } from "../check-fixture.ts";
import { drawn, howToRepeat } from "../thorough.ts";

async function pageOf(fixture: string): Promise<string> {
  return pageOn(await reportOf(fixture));
}

/** The page as it is without `--all`. */
function pageOn(report: Report): string {
  const findings = report.findings.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
  return [...htmlReport([{ file: "plan.json", report: { ...report, findings } }])].join("");
}

const element = (name: string) => new RegExp(`(?<=<${name}>)[\\s\\S]*?(?=</${name}>)`);

it("a small report; style sheet and script have tests of their own", async () => {
  const page = await pageOf("targeted");
  const cut = page
    .replace(element("style"), "")
    .replace(element("script"), "")
    .replace(/sha256-[^&]*/g, "sha256-…");
  await expect(cut).toMatchFileSnapshot(join(fixturesFolder, "targeted/report.html"));
});

it("the content security policy allows the style sheet and the script by their hashes, and nothing else", async () => {
  const page = await pageOf("targeted");
  const hash = (name: string) =>
    createHash("sha256")
      .update(element(name).exec(page)?.[0] ?? "")
      .digest("base64");
  expect(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#39;", "'")).toBe(
    `default-src 'none'; style-src 'sha256-${hash("style")}'; script-src 'sha256-${hash("script")}'; img-src data:; base-uri 'none'; form-action 'none'`,
  );
});

describe("every fixture makes a page", () => {
  it.each(fixtureNames)("%s", async (name) => {
    const page = await pageOf(name);
    expect(page.endsWith("</html>\n")).toBe(true);
  });
});

it("one plan makes one page, however often it is checked", async () => {
  for (const name of drawn(fixtureNames, "fixture")) {
    const again = await checkAll(planBytes(name), { system: true, countermeasures });
    expect(pageOn(again), howToRepeat()).toBe(await pageOf(name));
  }
});

/** The address of another resource; the first is the resource itself. */
function copyOf(address: string | null, at: number): string | null {
  return at === 0 || address === null ? address : address.replace(/(aws_\w+\.\w+)/, `$1_${at}`);
}

it("of a large system the picture shows a part, and says so", async () => {
  const report = await reportOf("shop/faulty");
  const { system } = report;
  const copies = Array.from({ length: 20 }, (_, at) => at);
  const nodes = (system?.nodes ?? []).flatMap((node) =>
    copies.map((at) => ({
      ...node,
      id: `${node.id}${at}`,
      address: copyOf(node.address, at),
      parts: at === 0 ? node.parts : [],
    })),
  );
  const edges = (system?.edges ?? []).flatMap((edge) =>
    copies.map((at) => ({ ...edge, from: `${edge.from}${at}`, to: `${edge.to}${at}` })),
  );
  const page = pageOn({ ...report, system: { nodes, edges, unknownLinks: 1 } });
  const [remark] = /(?<=<p class="remarks">)[^<]*/.exec(page) ?? [];
  expect([nodes.length, page.split('class="node ').length - 1, remark]).toEqual([
    1080,
    148,
    "The picture shows 148 boxes: those with the worst findings and, as far as there is room, what they are linked to. 932 more are left out; their findings are listed below. 1 link is unknown and not drawn. 25 findings are on resources that the picture does not show.",
  ]);
});
