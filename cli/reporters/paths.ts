import { toUSVString } from "node:util";
import type { PlanFinding } from "./findings.ts";

/** Where a finding is shown: its place in the source, or the plan where that is not known. */
export function placeOf({ file, finding }: PlanFinding, cwd: string): { readonly path: string; readonly line: number } {
  const { location } = finding;
  return location === null
    ? { path: relativePath(file, cwd), line: 1 }
    : { path: relativePath(location.file, cwd), line: Math.max(1, location.line) };
}

/**
 * A path below the working directory, with `/`: code hosts know no other. What lies outside of it keeps its last part.
 */
export function relativePath(file: string, cwd: string): string {
  const slashes = (path: string) => path.replaceAll("\\", "/");
  const root = slashes(cwd).replace(/\/?$/, "/");
  const path = slashes(file);
  const below = path.startsWith(root) ? path.slice(root.length) : path;
  const segments: string[] = [];
  let isOutside = /^(?:\/|[A-Za-z]:\/)/.test(below);
  for (const segment of below.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) isOutside = true;
  }
  return (isOutside ? segments.slice(-1) : segments).join("/");
}

/** A relative path as a URI reference. */
export function relativeUri(path: string): string {
  const segments = path.split("/").map((segment) => encodeURIComponent(toUSVString(segment)));
  return segments.join("/");
}
