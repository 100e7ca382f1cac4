import { isJsonObject, ownMember } from "../plan/json.ts";
import type { Plan } from "../plan/read.ts";
import type { ConfigurationSource } from "../plan/source.ts";
import { type Configuration, rootInstance } from "./modules.ts";
import { plannedValues } from "./planned.ts";
import { workOut } from "./work.ts";

/** How much work all expressions of a plan may take together. */
const mostSteps = 20_000_000;

/** The configuration of a plan, ready to be worked out; null where the source has no root module. */
export function configurationOf(
  plan: Plan,
  source: ConfigurationSource,
  workspace: Configuration["workspace"] = () => null,
): Configuration | null {
  if (source.root === null) return null;
  const { given } = plan.variables;
  const names = isJsonObject(given) ? Object.keys(given) : [];
  const configuration: Configuration = {
    source,
    root: rootInstance(source.root),
    planned: plannedValues(plan),
    given: new Map(names.map((name) => [name, ownMember(ownMember(given, name), "value") ?? null])),
    isComplete: plan.complete !== false,
    budget: { steps: mostSteps, depth: 0, risks: 0 },
    modules: new Map(),
    workspace,
    workOut: (...work) => workOut(configuration, ...work),
  };
  return configuration;
}
