import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import manifest from "../../package.json" with { type: "json" };

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const filesIn = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);

describe("the pages of the project", () => {
  const pages = ["README.md", ...filesIn(".github").filter((file) => file.endsWith(".md"))];

  it.each(pages)("%s links to files that there are", (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  it("type no name of a package without a version: somebody else may have it", () => {
    const everywhere = [...pages, ...filesIn("policies").filter((file) => file.endsWith(".md"))];
    const bare = everywhere.flatMap((page) =>
      [
        ...read(page).matchAll(/\bnpx (?:--yes )?plimsoll(?!@\d)|npm (?:install|i|exec) (?:-\S+ )*plimsoll(?!@\d)/g),
      ].map(([text]) => `${page}: ${text}`),
    );
    expect(bare).toEqual([]);
  });

  it("the change log begins with the version of the package", () => {
    expect(/^## (\S+?),? /m.exec(read(".github/CHANGELOG.md"))?.[1]).toBe(manifest.version);
  });
});

describe("the workflows", () => {
  it.each(filesIn(".github/workflows"))("%s names actions by commit, and may only read unless it says more", (file) => {
    const text = read(file);
    const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, name = ""]) => name);
    expect(uses.filter((name) => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(name))).toEqual([]);
    expect(z.looseObject({ permissions: z.unknown() }).parse(parse(text)).permissions).toEqual({ contents: "read" });
  });

  it("test on the oldest Node that the package runs on, and on those that have long support", () => {
    expect(read(".github/workflows/ci.yml")).toContain('node: ["20.19", "22", "24"]');
    expect(manifest.engines.node).toBe(">=20.19");
  });
});

const form = z.object({
  name: z.string(),
  description: z.string(),
  body: z.array(
    z.object({
      type: z.enum(["markdown", "input", "textarea", "dropdown"]),
      id: z.string().optional(),
      attributes: z.object({ label: z.string().optional(), value: z.string().optional() }),
    }),
  ),
});

it.each(filesIn(".github/ISSUE_TEMPLATE").filter((file) => !file.endsWith("config.yml")))(
  "%s is a form of GitHub",
  (file) => {
    const { body } = form.parse(parse(read(file)));
    const asked = body.filter(({ type }) => type !== "markdown");
    expect(asked.every(({ id, attributes }) => id !== undefined && attributes.label !== undefined)).toBe(true);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
  },
);

it("the image is of this version, by digest, and does not run as root", () => {
  const lines = read(".docker/Dockerfile").split("\n");
  const images = lines.filter((line) => line.startsWith("FROM "));
  expect(images.filter((line) => !/@sha256:[0-9a-f]{64}/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes(`plimsoll-${manifest.version}.tgz`)).length).toBe(2);
  expect(lines).toContain("USER 1000:1000");
});
