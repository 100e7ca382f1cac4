import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

const moduleId = "plimsoll:grammar-files";

/** What tree-sitter is made of, and its grammar of Terraform's language. */
const files = {
  runtimeFile: "web-tree-sitter/web-tree-sitter.wasm",
  languageFile: "@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm",
} as const;

/** A plugin for vite: the module `plimsoll:grammar-files` names the files of WebAssembly where they are installed. */
export function grammarFiles(root: string) {
  return withModule((file) => JSON.stringify(join(root, "node_modules", file)));
}

interface PluginContext {
  emitFile(file: { type: "asset"; fileName: string; source: Uint8Array }): string;
}

/** A plugin for rolldown: the files of WebAssembly stand beside the bundle, which looks for them from where it is itself. */
export function grammarFilesBeside(root: string) {
  return {
    ...withModule((file) => `import.meta.dirname + ${JSON.stringify(`/../grammar/${basename(file)}`)}`),
    generateBundle(this: PluginContext) {
      for (const file of Object.values(files)) {
        const source = readFileSync(join(root, "node_modules", file));
        this.emitFile({ type: "asset", fileName: `grammar/${basename(file)}`, source });
      }
    },
  };
}

function withModule(placeOf: (file: string) => string) {
  const code = Object.entries(files).map(([name, file]) => `export const ${name} = ${placeOf(file)};`);
  return {
    name: "grammar-files",
    resolveId: (id: string) => (id === moduleId ? moduleId : null),
    load: (id: string) => (id === moduleId ? { code: code.join("\n"), moduleType: "js" as const } : null),
  };
}
