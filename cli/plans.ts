import { statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "./exit-codes.ts";
import { plansBelow, standardInput } from "./input.ts";
import type { Io } from "./io.ts";

/**
 * The plans that the user named, each once, in the order of the names; directories stand for all plans below them. What is
 * no file and no directory with plans stays as it is: reading it says what is wrong.
 */
export function findPlans(names: readonly string[], io: Io): string[] {
  if (names.filter((name) => name === standardInput).length > 1) {
    throw new UsageError("standard input (-) holds one plan; name it once");
  }
  const plans = (names.length === 0 ? ["."] : names).flatMap((name) => plansOf(name, io));
  const paths = plans.map((plan) => resolve(io.cwd, plan));
  return plans.filter((_, at) => paths.indexOf(paths[at] ?? "") === at);
}

function plansOf(name: string, io: Io): string[] {
  if (name === standardInput) return [name];
  const path = resolve(io.cwd, name);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [name];
  const plans = plansBelow(path, name);
  return plans.length === 0 ? [name] : plans;
}
