import { isJsonObject, ownMember } from "./plan/json.ts";
import { holdsTrue } from "./plan/node.ts";
import { type Plan, type PlanResource, withResources } from "./plan/read.ts";
import type { Source } from "./report/source.ts";

/** The plan with what the source tells of its unknown values, and what people should know of it. */
export async function withSource(
  plan: Plan,
  source: Source | null,
): Promise<{ readonly plan: Plan; readonly warnings: readonly string[] }> {
  const configuration = source?.configuration;
  if (configuration === undefined || configuration.root === null || !plan.resources.some(hidesWritten))
    return { plan, warnings: [] };
  // Loaded on demand, as it costs start-up time.
  const [{ withLibraries, workOutUnknown }] = await Promise.all([import("./expressions/index.ts"), source?.load?.()]);
  const { resources, sensitive, warnings } = await withLibraries(() => workOutUnknown(plan, configuration));
  const told = withResources({ ...plan, sensitive: new Set([...plan.sensitive, ...sensitive]) }, resources);
  return { plan: told, warnings };
}

/** Whether a resource has an attribute that is written and not known; without configuration any may be written. */
function hidesWritten({ willExist, node: { unknown, expressions } }: PlanResource): boolean {
  if (!willExist || !holdsTrue(unknown)) return false;
  if (expressions === null || !isJsonObject(unknown)) return true;
  return Object.keys(unknown).some(
    (name) => holdsTrue(unknown[name]) && expressions.some((expression) => ownMember(expression, name) !== undefined),
  );
}
