import type { RunCondition } from "./run.ts";

const comparison =
  /^\s*(?:\[\[?|test)\s+["']?\$\{?CODEBUILD_BUILD_SUCCEEDING\}?["']?\s+(=|==|-eq|!=|-ne)\s+["']?([01])["']?\s*(?:\]\]?)?\s*;?\s*$/;

/**
 * Whether a test holds just while the build is succeeding (true), just when it has failed (false), or neither is told (null).
 * Source: CodeBuild User Guide, "Environment variables in build environments": 1 while it is succeeding, 0 otherwise.
 */
export function testsSuccess(text: string): boolean | null {
  const found = comparison.exec(text);
  if (found === null) return null;
  const isEqual = found[1] !== "!=" && found[1] !== "-ne";
  return isEqual === (found[2] === "1");
}

/**
 * The condition that a test makes for what runs only where it has the `wanted` outcome. A variable that commands of the
 * buildspec set is not one that whoever starts a build can set.
 */
export function conditionOf(text: string, wanted: boolean, setByCommands: ReadonlySet<string>): RunCondition {
  const success = testsSuccess(text);
  if (success !== null) return { kind: success === wanted ? "succeeding" : "other" };
  if (text.includes("CODEBUILD_BUILD_SUCCEEDING")) return { kind: "maybe-succeeding" };
  const names = [...text.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name = ""]) => name);
  const isOpen = names.some((name) => !name.startsWith("CODEBUILD_") && !setByCommands.has(name));
  return { kind: isOpen ? "variable" : "other" };
}
