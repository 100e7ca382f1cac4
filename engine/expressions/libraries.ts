import type { FunctionDefinition } from "./functions/define.ts";

type Definitions = Readonly<Record<string, FunctionDefinition>>;

/** Functions that stand on a library, which costs start-up time: they are loaded when an expression first calls one. */
const groups = {
  patterns: {
    names: ["regex", "regexall", "replace"],
    load: async (): Promise<Definitions> => (await import("./functions/patterns.ts")).patternFunctions,
  },
  yaml: {
    names: ["yamldecode", "yamlencode"],
    load: async (): Promise<Definitions> => (await import("./functions/yaml.ts")).yamlFunctions,
  },
  fileSets: {
    names: ["fileset"],
    load: async (): Promise<Definitions> => (await import("./functions/file-sets.ts")).fileSetFunctions,
  },
  networks: {
    names: ["cidrhost", "cidrnetmask", "cidrsubnet", "cidrsubnets"],
    load: async (): Promise<Definitions> => (await import("./functions/cidr.ts")).cidrFunctions,
  },
};

type Group = keyof typeof groups;

const loaded = new Map<string, FunctionDefinition>();

/** What was called and is not loaded yet. */
const missing = new Set<Group>();

/** The function of that name; null where no library has it, or where its library is not loaded yet. */
export function libraryFunction(name: string): FunctionDefinition | null {
  const found = loaded.get(name) ?? null;
  const group = found === null ? groupOf(name) : null;
  if (group !== null) missing.add(group);
  return found;
}

function groupOf(name: string): Group | null {
  for (const group of ["patterns", "yaml", "fileSets", "networks"] as const) {
    if (groups[group].names.includes(name)) return group;
  }
  return null;
}

/** Does some work, and does it again once all that it lacked is loaded. */
export async function withLibraries<T>(work: () => T): Promise<T> {
  for (;;) {
    const result = work();
    if (missing.size === 0) return result;
    const wanted = [...missing];
    missing.clear();
    const definitions = await Promise.all(wanted.map((group) => groups[group].load()));
    for (const each of definitions) for (const [name, definition] of Object.entries(each)) loaded.set(name, definition);
  }
}

export function libraryNames(): string[] {
  return Object.values(groups).flatMap(({ names }) => names);
}
