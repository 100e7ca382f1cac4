import { resolve } from "node:path";
import { entryAt } from "./entry.ts";
import { InputError, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { type FoundPlans, searchPlans } from "./search.ts";
import { planNamed, standardInput } from "./standard-input.ts";
import { tell } from "./tell.ts";

/**
 * The plans that the user named, each once, in the order of the names; directories stand for all plans below them. What is
 * no file and no directory with plans stays as it is: reading it says what is wrong.
 * @param opensSaved whether saved plans that are only found are opened
 */
export function findPlans(words: readonly string[], opensSaved: boolean, io: Io): FoundPlans {
  const names = (words.length === 0 ? ["."] : words).map(planNamed);
  if (names.filter((name) => name === standardInput).length > 1) {
    throw new UsageError("standard input (-) holds one plan; name it once");
  }
  const found = names.map((name) => plansOf(name, opensSaved, io));
  const plans = new Map<string, string>();
  for (const plan of found.flatMap((each) => each.plans)) {
    const path = plan === standardInput ? plan : resolve(io.cwd, plan);
    if (!plans.has(path)) plans.set(path, plan);
  }
  // Who names a plan wants it read, whatever a folder beside it is searched for.
  const named = new Set(names.map((name) => resolve(io.cwd, name)));
  const refused = found.flatMap((each) => [...each.refused]).filter(([plan]) => !named.has(resolve(io.cwd, plan)));
  return {
    plans: [...plans.values()],
    refused: new Map(refused),
    notes: [...new Set(found.flatMap(({ notes }) => notes))],
  };
}

function plansOf(name: string, opensSaved: boolean, io: Io): FoundPlans {
  const named = { plans: [name], refused: new Map<string, string>(), notes: [] };
  const path = resolve(io.cwd, name);
  if (name === standardInput || entryAt(path).is !== "folder") return named;
  const found = searchPlans(path, name, opensSaved);
  return found.plans.length === 0 ? { ...named, notes: found.notes } : found;
}

/** The one plan that the user named, or that lies below the directory. */
export function onePlan(word: string, io: Io): string {
  const { plans, refused, notes } = findPlans([word], false, io);
  tell(io, ...notes.map((note) => `warning: ${note}`));
  const [plan = word, ...others] = plans;
  if (others.length > 0)
    throw new UsageError(`${word}: a directory with ${plans.length} plans (${plans.join(", ")}); name one of them`);
  const reason = refused.get(plan);
  if (reason !== undefined) throw new InputError(`${plan}: ${reason}`);
  return plan;
}
