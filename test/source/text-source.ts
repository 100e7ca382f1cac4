import { posix } from "node:path";
import { configurationName } from "../../cli/source/file-names.ts";
import { loadGrammar } from "../../cli/source/grammar.ts";
import { readHcl, readTemplateText } from "../../cli/source/hcl.ts";
import { readJson } from "../../cli/source/json.ts";
import { moduleOf } from "../../cli/source/module.ts";
import { once } from "../../cli/source/once.ts";
import { type ReadSource, sourceOf } from "../../cli/source/source.ts";

const grammar = await loadGrammar();

/** A source made of texts, by file; `installed` names folders by the calls that lead to them. */
export function textSource(
  texts: Readonly<Record<string, string>>,
  installed: Readonly<Record<string, string>> = {},
): ReadSource {
  return sourceOf({
    moduleIn: (directory) => {
      const files = Object.keys(texts)
        .filter((file) => posix.dirname(file) === directory)
        .sort();
      if (files.length === 0) return null;
      return moduleOf(
        directory,
        files.flatMap((file) => {
          const name = configurationName(posix.basename(file));
          if (name === null) return [];
          const read = name.syntax === "hcl" ? readHcl : readJson;
          const text = texts[file] ?? "";
          return [
            {
              file,
              isOverride: name.isOverride,
              text,
              configuration: once(() => read(grammar, file, text).configuration),
            },
          ];
        }),
      );
    },
    speaks: true,
    installed: new Map(Object.entries(installed)),
    file: (path) => texts[posix.normalize(path)] ?? null,
    filesIn: (path) => filesBelow(Object.keys(texts), posix.normalize(path)),
    template: (text, line) => readTemplateText(grammar, text, line),
  });
}

function filesBelow(files: readonly string[], directory: string): readonly string[] {
  return files.filter((file) => file.startsWith(`${directory}/`)).map((file) => file.slice(directory.length + 1));
}

/** Where something stands: `main.tf:3 attribute`. */
export function placeIn({ source }: ReadSource, address: string, path: string | null = null): string | null {
  const location = source.locate(address, path);
  return location === null ? null : `${location.file}:${location.line} ${location.of}`;
}
