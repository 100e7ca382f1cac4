/** What a plugin may ask the bundler for. */
export interface Bundler {
  emitFile(file: { type: "asset"; fileName: string; source: string }): string;
}

/** How the code of a module gets at long texts. */
export interface LongTexts {
  /** What the code begins with. */
  readonly imports: string;
  /** The expression for a text in ASCII; `file` is a name of its own. */
  readonly expression: (file: string, text: string, bundler: Bundler) => string;
}

/** A library has its texts in its code. */
export const inCode: LongTexts = { imports: "", expression: (_, text) => JSON.stringify(text) };

/**
 * The command reads its texts from files: what stands in a script is read by V8's parser and copied into the code cache,
 * which costs start-up time.
 * @param folder where the code will be, within `dist`; the texts are beside it
 */
export function inFiles(folder: "" | "on-demand/"): LongTexts {
  return {
    imports: 'import { readFileSync } from "node:fs";',
    expression: (file, text, bundler) => {
      if (/[^\0-\x7f]/.test(text)) throw new Error(`${file} is read as ASCII`);
      bundler.emitFile({ type: "asset", fileName: `${folder}${file}`, source: text });
      return `readFileSync(import.meta.dirname + "/${file}", "latin1")`;
    },
  };
}
