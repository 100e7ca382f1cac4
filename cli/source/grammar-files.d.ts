/** The files of WebAssembly that tree-sitter is made of; see `.config/grammar-files.ts`. */
declare module "plimsoll:grammar-files" {
  export const runtime: () => Uint8Array;
  export const language: () => Uint8Array;
}
