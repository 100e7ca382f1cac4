import { type Severity, severities } from "../policy/policy.ts";
import type { Block } from "./finding.ts";
import type { Finding } from "./report.ts";

/**
 * What a plan neither introduces nor makes worse blocks only where that is asked for.
 * @param blockAlways the mildest severity that blocks even so; null where none does
 */
export function withGate(finding: Finding, block: Block, blockAlways: Severity | null): Finding {
  if (block === "all" || (finding.change !== "existing" && finding.change !== "undetermined")) return finding;
  const isAlways = blockAlways !== null && severities.indexOf(finding.severity) <= severities.indexOf(blockAlways);
  return isAlways ? finding : { ...finding, blocking: false };
}
