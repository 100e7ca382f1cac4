interface PluginContext {
  getModuleInfo(id: string): { readonly importedIds: readonly string[]; readonly isEntry: boolean } | null;
  getModuleIds(): Iterable<string>;
}

/** What `engine/index.ts` exports for those who read the files of teams, which the command does on demand. */
const onDemand =
  /\/engine\/(?:config\/(?!empty-config)|files\/|policy\/(?:conditions|fact-scope|load|policy-file|source)\.|test-policy\.|evaluate\/examples\.|subjects\/fact-descriptions\.)/;

/** A rolldown plugin that knows which modules the entry imports at once, by whatever way. */
export function staticModules() {
  const found = new Set<string>();
  return {
    has: (id: string) => found.has(id) && !onDemand.test(id),
    plugin: {
      name: "static-modules",
      buildEnd(this: PluginContext) {
        const queue = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry === true);
        for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
          if (found.has(id)) continue;
          found.add(id);
          queue.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
      },
    },
  };
}
