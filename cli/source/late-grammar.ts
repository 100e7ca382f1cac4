import type { Grammar } from "./grammar.ts";

/** The grammar, which has to be loaded before it is asked. */
export interface LateGrammar extends Grammar {
  readonly load: () => Promise<void>;
}

/** The grammar is loaded on demand, as it costs start-up time. */
export function lateGrammar(): LateGrammar {
  let loading: Promise<Grammar> | null = null;
  let loaded: Grammar | null = null;
  return {
    load: async () => {
      loading ??= import("./grammar.ts").then(({ loadGrammar }) => loadGrammar());
      loaded = await loading;
    },
    treeOf: (text) => {
      if (loaded === null) throw new Error("the grammar is asked before it is loaded");
      return loaded.treeOf(text);
    },
  };
}
