import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const page = readFileSync(join(root, ".github/THREAT-MODEL.md"), "utf8");
// The formatter pads the cells of a table.
const lines = page.split("\n").map((line) => line.replace(/ +\|/g, " |"));
const rows = lines.filter((line) => /^\| (?!attack|---|who)/.test(line) && line.split(" | ").length === 3);

it("every attack has a test that holds it, and every test that is named exists", () => {
  const attacks = rows.slice(rows.findIndex((row) => row.includes("plimsoll:waive")));
  expect(attacks.length).toBeGreaterThan(25);
  const missing = attacks.filter((row) => {
    const [, file, title] = /`(test\/[^`]+\.test\.ts)` › `([^`]+)` \|$/.exec(row) ?? [];
    if (file === undefined || title === undefined || !existsSync(join(root, file))) return true;
    return !readFileSync(join(root, file), "utf8").includes(title);
  });
  expect(missing).toEqual([]);
});
