import type { PlanDocument } from "./envelope.ts";
import { isJsonObject } from "./json.ts";

/**
 * Tells which provider configuration a key means. A module that is given no provider uses that of the module that calls it;
 * Terraform follows that over one module only and else leaves the key of the inner one, with an entry that says nothing.
 * A module that is given one has an entry of its own. Source: `marshalProviderConfigs` in Terraform's jsonconfig.
 */
export function providerKeys({ configuration }: PlanDocument): (key: string | undefined) => string | null {
  const entries = new Map(Object.entries(configuration?.provider_config ?? {}));
  const saysSomething = (key: string) => {
    const expressions = entries.get(key)?.expressions;
    return isJsonObject(expressions) && Object.keys(expressions).length > 0;
  };
  return (key) => {
    if (key === undefined) return null;
    const colon = key.lastIndexOf(":");
    const name = key.slice(colon + 1);
    if (colon === -1 || saysSomething(key)) return key;
    // Of a module that the root module calls Terraform follows it: what is left there is another provider.
    const path = key
      .slice(0, colon)
      .replace(/^module\./, "")
      .split(".module.");
    for (let depth = path.length - 1; depth >= 0 && path.length > 1; depth -= 1) {
      const outer = depth === 0 ? name : `module.${path.slice(0, depth).join(".module.")}:${name}`;
      if (entries.has(outer)) return depth === 0 || saysSomething(outer) ? outer : key;
    }
    return key;
  };
}
