/** How all bundles are made, whatever their files: of which modules others take the place. */
export function bundling(root: string, format: "esm" | "cjs") {
  return {
    platform: "node" as const,
    // Only yargs' `extends` needs more of it than CommonJS has, and only libraries of tree-sitter that run in a page need
    // what it evaluates: we use neither.
    // How long each part of the build takes depends on the machine, and is no fault.
    checks: { emptyImportMeta: false, eval: false, bundlerTimings: false },
    resolve: {
      alias: {
        clone: `${root}/.config/plain-clone.ts`,
        eventemitter2: `${root}/.config/no-events.ts`,
        "jsonpath-plus": `${root}/.config/no-jsonpath.ts`,
        // Only tests of a web server without sockets use it.
        "light-my-request": `${root}/.config/no-injection.ts`,
        assert: `${root}/.config/strict-equal.ts`,
        // Only CommonJS has a require of its own; of a module it is made.
        ...(format === "cjs" ? { "node:module": `${root}/.config/own-require.ts` } : {}),
        "string-width": `${root}/.config/ascii-width.ts`,
        // Its form as a module asks for its own place, which a bundle in CommonJS does not know.
        "web-tree-sitter": `${root}/node_modules/web-tree-sitter/web-tree-sitter.cjs`,
        // Its CommonJS form loads its own files by names that no bundler sees.
        "jsonc-parser": `${root}/node_modules/jsonc-parser/lib/esm/main.js`,
      },
    },
  };
}
