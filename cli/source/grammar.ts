import { language as languageBytes, runtime } from "plimsoll:grammar-files";
import { Language, Parser, type Tree } from "web-tree-sitter";

/** Reads texts by HCL's grammar. */
export interface Grammar {
  /** The syntax tree of a text, with the mistakes that the grammar finds; null where the text takes too much work. */
  readonly treeOf: (text: string) => Tree | null;
}

/** How often the parser asks whether to go on: about once for a hundred steps. A text of words takes three steps a character. */
const mostAsked = (length: number): number => 1_000 + length / 4;

/** Loads the grammar of tree-sitter, which is WebAssembly. */
export async function loadGrammar(): Promise<Grammar> {
  await Parser.init({ wasmBinary: runtime() });
  const language = await Language.load(languageBytes());
  const parser = new Parser();
  parser.setLanguage(language);
  return { treeOf: (text) => parsed(parser, text) };
}

function parsed(parser: Parser, text: string): Tree | null {
  let asked = 0;
  const progressCallback = () => {
    asked += 1;
    return asked > mostAsked(text.length);
  };
  const tree = parser.parse(text, null, { progressCallback });
  parser.reset();
  return tree;
}
