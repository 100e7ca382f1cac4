import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { command } from "../cli/command.ts";

const file = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "README.md");
const readme = readFileSync(file, "utf8");

it("the outputs in the README are what the commands print", async () => {
  let current = readme;
  for (const [block, line = ""] of readme.matchAll(/```console\n\$ plimsoll (.*)\n[\s\S]*?```/g)) {
    const { out } = await command(line.split(" "));
    current = current.replace(block, () => `\`\`\`console\n$ plimsoll ${line}\n${out}\`\`\``);
  }
  // `npm run documentation` writes them.
  if (process.env["PLIMSOLL_WRITE_DOCUMENTATION"] !== undefined) writeFileSync(file, current);
  else expect(readme).toBe(current);
});
