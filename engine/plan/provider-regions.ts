import { constantOf } from "./configuration.ts";
import type { PlanDocument } from "./envelope.ts";
import { ownMember } from "./json.ts";

/** The region of each provider configuration: a literal, or a root variable with a known value. */
export function providerRegions(document: PlanDocument): Map<string, string> {
  const regions = new Map<string, string>();
  for (const [key, provider] of Object.entries(document.configuration?.provider_config ?? {})) {
    const expression = ownMember(provider.expressions, "region");
    const references = ownMember(expression, "references");
    const variable =
      Array.isArray(references) && references.length === 1
        ? /^var\.(\w+)$/.exec(String(references[0]))?.[1]
        : undefined;
    const region =
      variable === undefined ? constantOf(expression) : ownMember(ownMember(document.variables, variable), "value");
    if (typeof region === "string") regions.set(key, region);
  }
  return regions;
}
