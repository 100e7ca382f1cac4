/** Where the files of WebAssembly lie that tree-sitter is made of; see `.config/grammar-files.ts`. */
declare module "plimsoll:grammar-files" {
  export const runtimeFile: string;
  export const languageFile: string;
}
