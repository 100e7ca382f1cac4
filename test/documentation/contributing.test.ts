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

it("its example of a join is one of the joins", () => {
  const [, name = "", type, attribute, to] = /^(\w+): link\("(\w+)", "(\w+)", "(\w+)"\),$/m.exec(page) ?? [];
  expect([type, attribute, to]).toEqual(["aws_ecr_lifecycle_policy", "repository", "aws_ecr_repository"]);
  expect(Object.entries(links).find(([key]) => key === name)?.[1].to).toBe(to);
});
