import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { HclExamples } from "../../.config/policies-readme.ts";
import type { Finding } from "../../engine/index.ts";
import { fixtures, fixturesFolder } from "../../fixtures/fixtures.ts";
import { reportOf } from "../check-fixture.ts";

/** The resources of a fixture's root module as they are written, by address without instance key. */
function blocksOf(fixture: string): Map<string, string> {
  const folder = join(fixturesFolder, fixture);
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".tf"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  return new Map(
    texts.flatMap((text) =>
      [...text.matchAll(/^resource "([^"]+)" "([^"]+)" \{\n(?:[\s\S]*?\n)?\}$/gm)].map(
        ([block, type, name]) => [`${type}.${name}`, block] as const,
      ),
    ),
  );
}

/** All that one policy says of one resource of one fixture, with the blocks that brought it about. */
interface Candidate {
  readonly text: string;
  readonly verdicts: ReadonlySet<Finding["verdict"]>;
}

function candidatesOf(findings: readonly Finding[], blocks: ReadonlyMap<string, string>): Map<string, Candidate[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.policy} ${blockAddress(finding.subject.address ?? "")}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const byPolicy = new Map<string, Candidate[]>();
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { policy, subject } = first;
    const own = blockAddress(subject.address ?? "");
    const evidence = JSON.stringify(group.map((finding) => finding.evidence));
    const mentioned = [...evidence.matchAll(/(?:module\.[^ ]*\.)?\baws_[a-z0-9_]+\.[a-z0-9_-]+/gi)].map(
      ([text]) => text,
    );
    const texts = [...new Set([own, ...mentioned])].map((address) => blocks.get(address));
    const known = texts.filter((text) => text !== undefined);
    // What is made within a module, or read from a data source, cannot be shown as one block.
    if (known.length < texts.length) continue;
    const candidate = {
      text: known.join("\n\n"),
      verdicts: new Set(group.map(({ verdict }) => verdict)),
    };
    byPolicy.set(policy, [...(byPolicy.get(policy) ?? []), candidate]);
  }
  return byPolicy;
}

function blockAddress(address: string): string {
  return address.replace(/\[[^\]]*\]$/, "");
}

/** What a block needs besides itself to be understood, JSON within a string, and what somebody waives. */
const unclear = /\b(?:local|var|each|count|data)\.|\\"|plimsoll:/;

/** The shortest text that stands for itself is the clearest example; one that passes has nothing that is open. */
function clearest(all: readonly Candidate[], holds: (candidate: Candidate) => boolean): string | null {
  const cost = (text: string) => text.length + (unclear.test(text) ? 10_000 : 0);
  const [first] = all.filter(holds).sort((one, other) => cost(one.text) - cost(other.text));
  return first?.text ?? null;
}

/** The example that was written for readers; null where there is none, so that a fixture has to do. */
function written(side: "fails" | "passes", id: string): string | null {
  const file = join(fixturesFolder, "../policies/examples", side, `${id.toLowerCase()}.tf`);
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd() : null;
}

/** For each policy what fails and what passes among the fixtures. */
export async function hclExamples(): Promise<(id: string) => HclExamples> {
  const all: Map<string, Candidate[]>[] = [];
  for (const { name, language } of fixtures) {
    // Of what is judged in a later plan a part stands in AWS and not in the block.
    if (language !== "hcl" || name.startsWith("later-plans/")) continue;
    const { findings } = await reportOf(name);
    all.push(candidatesOf(findings, blocksOf(name)));
  }
  return (id) => {
    const own = all.flatMap((byPolicy) => byPolicy.get(id) ?? []);
    return {
      fail: written("fails", id) ?? clearest(own, ({ verdicts }) => verdicts.has("fail")),
      pass:
        written("passes", id) ??
        clearest(own, ({ verdicts }) => verdicts.has("pass") && !verdicts.has("fail") && !verdicts.has("unknown")),
    };
  };
}
