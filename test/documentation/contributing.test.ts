import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { links } from "../../engine/joins/links.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const page = readFileSync(join(root, ".github/CONTRIBUTING.md"), "utf8");

/** The paths that the page names, from the root. */
const paths = [...page.matchAll(/`((?:cli|engine|fixtures|policies|test)\/[^`\s]*|README\.md)`/g)].map(
  ([, path = ""]) => path,
);

it("the page for contributors names files and folders that there are", () => {
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it("its example of a join is a row of the file that it names", () => {
  const [row = "", name = ""] = /^(\w+): link\(.*\),$/m.exec(page) ?? [];
  const [, file = ""] = /here `(engine\/joins\/links\/\w+\.ts)`/.exec(page) ?? [];
  expect(readFileSync(join(root, file), "utf8")).toContain(`\n  ${row}\n`);
  expect(Object.keys(links)).toContain(name);
});
