import { nearest } from "../files/nearest.ts";
import { unknownName } from "../files/unknown-name.ts";
import type { FactType } from "../subjects/kinds/fact-schemas.ts";
import { factTypes } from "../subjects/kinds.ts";
import { parseAttributePath } from "../subjects/resource/attribute-path.ts";

/** The facts that the policies of one kind of subject may name. */
export interface FactScope {
  /** The type of a fact; null where it has none that is known; what is wrong where there is no such fact. */
  readonly find: (name: string) => FactType | null | { readonly mistake: string };
}

/** The facts of a kind of subject, and of related resources. */
export function factScope(kind: unknown, related: readonly string[] = []): FactScope {
  const own = ownScope(kind);
  return { find: (name) => findRelated(name, related) ?? own.find(name) };
}

/** The facts of related resources; undefined where a name is not of them. */
function findRelated(name: string, related: readonly string[]): FactType | { mistake: string } | undefined {
  const relation = related.find((each) => name === each || name.startsWith(`${each}.`));
  if (relation === undefined) return undefined;
  if (name === relation) return "boolean";
  const rest = name.slice(relation.length + 1);
  if (rest === "#") return "number";
  if (rest.startsWith("*.") && parseAttributePath(rest.slice(2)) !== null) return "list";
  return {
    mistake: `"${name}" is no fact of related resources; write ${relation}, ${relation}.# or ${relation}.*.name`,
  };
}

/** An unknown kind accepts any fact name: the kind itself is reported already. */
function ownScope(kind: unknown): FactScope {
  if (kind === "resource") return { find: findAttribute };
  const types = typeof kind === "string" ? factTypes(kind) : null;
  if (types === null) return { find: () => null };
  return {
    find: (name) => {
      const found = types.get(name);
      if (found !== undefined) return found.type;
      const names = [...types.keys()];
      return nearest(name, names) === null
        ? { mistake: `unknown fact "${name}"; facts of ${String(kind)}: ${names.join(", ")}` }
        : { mistake: unknownName("fact", name, names) };
    },
  };
}

/** Facts of where a resource stands; no attribute is called so. */
const places = ["@address", "@module"];

function findAttribute(name: string): FactType | null | { mistake: string } {
  if (places.includes(name)) return "string";
  if (parseAttributePath(name) !== null) return null;
  return {
    mistake: `"${name}" is no attribute path; write versioning.0.enabled, ingress.*.cidr_blocks, ingress.# or tags["key"]`,
  };
}
