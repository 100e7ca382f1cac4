import { holdsTrue } from "./plan/node.ts";
import { type Plan, withResources } from "./plan/read.ts";
import type { ConfigurationSource } from "./plan/source.ts";

/** The plan with what the source tells of its unknown values, and what people should know of it. */
export async function withSource(
  plan: Plan,
  source: ConfigurationSource | null,
): Promise<{ readonly plan: Plan; readonly warnings: readonly string[] }> {
  const isOpen = plan.resources.some(({ willExist, node }) => willExist && holdsTrue(node.unknown));
  if (!isOpen || source === null || source.root === null) return { plan, warnings: [] };
  // Loaded on demand, as it costs start-up time.
  const { withLibraries, workOutUnknown } = await import("./expressions/index.ts");
  const { resources, sensitive, warnings } = await withLibraries(() => workOutUnknown(plan, source));
  const told = withResources({ ...plan, sensitive: new Set([...plan.sensitive, ...sensitive]) }, resources);
  return { plan: told, warnings };
}
