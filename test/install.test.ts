import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { unless } from "./needs.ts";
import { isThorough } from "./thorough.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "plimsoll-install-"));
afterAll(() => rmSync(folder, { recursive: true }));

const corrected = join(root, "fixtures/shop/corrected/plan.json");
const faulty = join(root, "fixtures/shop/faulty/plan.json");

/** A program's exit code, and what it printed. */
function run(command: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return { status, stdout, stderr };
}

it("to pack a clone in which nothing is installed says what to do", () => {
  const clone = join(folder, "bare");
  mkdirSync(join(clone, ".config"), { recursive: true });
  for (const file of [".config/prepare.mjs", ".npmrc"]) cpSync(join(root, file), join(clone, file));
  const { name, version, scripts } = manifest;
  writeFileSync(join(clone, "package.json"), JSON.stringify({ name, version, scripts }));
  const { status, stdout, stderr } = run("npm", ["pack"], clone);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("What the build needs is not installed here, so there is no command to pack. Run: npm ci\n");
});

/** Each takes a minute or two: npm installs what the build needs. */
describe("from git", unless(isThorough, "take minutes: npm run test:thorough"), () => {
  const repository = join(folder, "repository");

  function commitCheckout() {
    execFileSync("git", ["clone", "--quiet", root, repository]);
  }

  it("npm builds the command, also without what the project itself has installed", () => {
    commitCheckout();
    const project = join(folder, "project");
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), '{"private":true}');
    const installed = run("npm", ["install", "--no-audit", "--no-fund", `git+file://${repository}`], project);
    expect(installed.status).toBe(0);
    expect(run("npx", ["--no", "plimsoll", "check", corrected, "--quiet"], project)).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(run("npx", ["--no", "plimsoll", "check", faulty, "--quiet"], project).status).toBe(1);
  });

  it("the steps of pre-commit for a hook in Node end in its command", () => {
    // What pre-commit 4 does: `languages/node.py`.
    const environment = join(folder, "environment");
    const clone = join(folder, "hook");
    execFileSync("git", ["clone", "--quiet", root, clone]);
    const options = ["--include=dev", "--include=prod", "--ignore-prepublish", "--no-progress", "--no-save"];
    expect(run("npm", ["install", ...options], clone).status).toBe(0);
    const { stdout } = run("npm", ["pack"], clone);
    expect(stdout).toBe(`plimsoll-${manifest.version}.tgz\n`);
    const tarball = join(clone, stdout.trim());
    expect(run("npm", ["install", "--global", "--prefix", environment, tarball], folder).status).toBe(0);
    const command = join(environment, "bin/plimsoll");
    expect(run(command, ["check", "--", corrected], folder).status).toBe(0);
    expect(run(command, ["check", "--", faulty], folder).status).toBe(1);
  });

  it("the command in one file judges several plans, reads a source and starts threads, where nothing else lies", () => {
    expect(run("npm", ["run", "--silent", "single-file"], root).status).toBe(0);
    const file = join(folder, "alone/plimsoll.cjs");
    cpSync(join(root, "dist/single/plimsoll.cjs"), file);
    expect(run(process.execPath, [file, "check", corrected, faulty, "--quiet"], folder).status).toBe(1);
    const source = join(root, "fixtures/source-map");
    const args = ["check", join(source, "plan.json"), "--source", source, "--select", "ECS-005"];
    expect(run(process.execPath, [file, ...args], folder).stdout).toContain(
      "ecs.tf:23: aws_ecs_task_definition.app#web",
    );
  });
});
