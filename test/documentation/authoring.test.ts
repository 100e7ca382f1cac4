import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { authoringGuide } from "../../.config/authoring-guide.ts";
import { planFile } from "../../fixtures/fixtures.ts";
import { command } from "../cli/command.ts";

const file = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "policies", "AUTHORING.md");
const folder = mkdtempSync(join(tmpdir(), "plimsoll-authoring-"));
afterAll(() => rmSync(folder, { recursive: true }));

const block = /```(yaml file=(\S+)|console)\n([\s\S]*?)```\n/g;

/** Does what the guide says, word for word: writes its files, runs its commands, and puts what they print into it. */
async function follow(guide: string): Promise<string> {
  cpSync(planFile("first-plan"), join(folder, "plan.json"));
  const pieces: string[] = [];
  let end = 0;
  for (const match of guide.matchAll(block)) {
    const [whole, , name, text = ""] = match;
    pieces.push(guide.slice(end, match.index));
    end = match.index + whole.length;
    if (name !== undefined) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
      pieces.push(whole);
      continue;
    }
    const line = /^\$ plimsoll (.*)$/m.exec(text)?.[1] ?? "";
    const { out, error, code } = await command(wordsOf(line), { cwd: folder });
    pieces.push(`\`\`\`console\n$ plimsoll ${line}\n${out}${error}$ echo $?\n${code}\n\`\`\`\n`);
  }
  return [...pieces, guide.slice(end)].join("");
}

/** The words of a command line, quoted ones whole. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

// `npm run documentation` writes the page.
it("the guide for policy authors says what the code says, and its commands do what it says", async () => {
  const guide = readFileSync(file, "utf8");
  const current = authoringGuide(await follow(guide));
  if (process.env["PLIMSOLL_WRITE_DOCUMENTATION"] !== undefined) writeFileSync(file, current);
  else expect(guide).toBe(current);
});
