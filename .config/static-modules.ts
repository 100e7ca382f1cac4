interface PluginContext {
  getModuleInfo(id: string): { readonly importedIds: readonly string[]; readonly isEntry: boolean } | null;
  getModuleIds(): Iterable<string>;
}

/** What barrels export for those who ask for more than a check does, which the command does on demand. */
const onDemand = [
  // The files of teams.
  /\/engine\/(?:config\/(?!empty-config)|files\/(?!nearest)|policy\/(?:conditions|fact-scope|load|policy-file|source)\.|test-policy\.|evaluate\/examples\.|subjects\/fact-descriptions\.)/,
  // JSON Schema, and the messages for those who write those files.
  /\/zod\/v4\/(?:locales\/|core\/(?:json-schema-processors|to-json-schema|memoizer)\.)/,
];

/** What the bundler itself adds, which every file uses. */
const runtime = "\0rolldown/runtime.js";

/** A rolldown plugin that knows which modules the entry imports at once, by whatever way but through those. */
export function staticModules() {
  const found = new Set<string>();
  return {
    has: (id: string) => found.has(id) || id === runtime,
    plugin: {
      name: "static-modules",
      buildEnd(this: PluginContext) {
        const queue = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry === true);
        for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
          if (found.has(id) || onDemand.some((pattern) => pattern.test(id))) continue;
          found.add(id);
          queue.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
      },
    },
  };
}
