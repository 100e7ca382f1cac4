import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

const moduleId = "plimsoll:grammar-files";

/** What tree-sitter is made of, and its grammar of Terraform's language. */
const files = {
  runtime: "web-tree-sitter/web-tree-sitter.wasm",
  language: "@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm",
} as const;

/** A plugin for vite: the module `plimsoll:grammar-files` reads the files of WebAssembly where they are installed. */
export function grammarFiles(root: string) {
  return withModule((file) => `readFileSync(${JSON.stringify(join(root, "node_modules", file))})`);
}

/** A plugin for rolldown: the files of WebAssembly stand in the code, for a command of one file. */
export function grammarFilesWithin(root: string) {
  const text = (file: string) => readFileSync(join(root, "node_modules", file)).toString("base64");
  return withModule((file) => `Buffer.from(${JSON.stringify(text(file))}, "base64")`);
}

interface PluginContext {
  emitFile(file: { type: "asset"; fileName: string; source: Uint8Array }): string;
}

/** A plugin for rolldown: the files of WebAssembly stand beside the bundle, which looks for them from where it is itself. */
export function grammarFilesBeside(root: string) {
  return {
    ...withModule((file) => `readFileSync(import.meta.dirname + ${JSON.stringify(`/../grammar/${basename(file)}`)})`),
    generateBundle(this: PluginContext) {
      for (const file of Object.values(files)) {
        const source = readFileSync(join(root, "node_modules", file));
        this.emitFile({ type: "asset", fileName: `grammar/${basename(file)}`, source });
      }
    },
  };
}

/** @param bytesOf the expression for the bytes of a file */
function withModule(bytesOf: (file: string) => string) {
  const code = [
    'import { readFileSync } from "node:fs";',
    ...Object.entries(files).map(([name, file]) => `export const ${name} = () => ${bytesOf(file)};`),
  ];
  return {
    name: "grammar-files",
    resolveId: (id: string) => (id === moduleId ? moduleId : null),
    load: (id: string) => (id === moduleId ? { code: code.join("\n"), moduleType: "js" as const } : null),
  };
}
