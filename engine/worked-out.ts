import { parseTraversal } from "./plan/address.ts";
import { expressionsIn } from "./plan/configuration.ts";
import { ownMember } from "./plan/json.ts";
import { holdsTrue } from "./plan/node.ts";
import { type Plan, type PlanResource, withResources } from "./plan/read.ts";
import type { ConfigurationSource } from "./plan/source.ts";

/**
 * The plan with what the source tells of its unknown values, and what people should know of it. Without a source a
 * configuration in JSON syntax, of which the plan keeps the text, tells of itself.
 */
export async function withSource(
  plan: Plan,
  source: ConfigurationSource | null,
): Promise<{ readonly plan: Plan; readonly warnings: readonly string[] }> {
  const open = plan.resources.filter(({ willExist, node }) => willExist && holdsTrue(node.unknown));
  const holdsText = open.some(holdsTemplate);
  if (open.length === 0 || ((source?.root ?? null) === null && !holdsText)) return { plan, warnings: [] };
  // Loaded on demand, as it costs start-up time.
  const { planSource, withLibraries, workOutUnknown } = await import("./expressions/index.ts");
  const sources = [
    ...(source === null ? [] : [source]),
    ...(holdsText ? [planSource(plan.variables.root.module)] : []),
  ];
  let told = plan;
  const warnings: string[] = [];
  for (const each of sources) {
    const before = told;
    const found = await withLibraries(() => workOutUnknown(before, each));
    told = withResources({ ...before, sensitive: new Set([...before.sensitive, ...found.sensitive]) }, found.resources);
    warnings.push(...found.warnings);
  }
  return { plan: told, warnings };
}

/** Whether the plan keeps the text of an expression that says more than its references: beside them, in JSON syntax. */
function holdsTemplate({ node }: PlanResource): boolean {
  return expressionsIn(node.expressions ?? []).some((expression) => {
    const text = ownMember(expression, "constant_value");
    if (text === undefined || ownMember(expression, "references") === undefined) return false;
    const [, traversal] = typeof text === "string" ? (/^\$\{(.*)\}$/s.exec(text) ?? []) : [];
    return traversal === undefined || parseTraversal(traversal) === null;
  });
}
