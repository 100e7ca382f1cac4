/** What the shell puts in later, a variable or the output of a command, within a word. */
export const later = "\u0000";

/** The words of the commands of a shell text, unquoted; the texts of its substitutions are commands too. */
export function shellCommands(text: string): string[][] {
  const commands: string[][] = [];
  // A list that grows while it is read: substitutions hold texts of their own.
  const texts = [text];
  for (const each of texts.slice(0, 1)) readText(each, commands, texts);
  for (let at = 1; at < texts.length && at < mostTexts; at += 1) readText(texts[at] ?? "", commands, texts);
  return commands;
}

/** A text with more substitutions than people write would take time out of proportion. */
const mostTexts = 200;

interface Reading {
  readonly text: string;
  at: number;
}

/** What a command ends with. */
const endings = new Set(";&|()\n");

function readText(text: string, commands: string[][], texts: string[]): void {
  const reading: Reading = { text, at: 0 };
  let words: string[] = [];
  let word: string | null = null;
  const endWord = () => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  while (reading.at < text.length) {
    const character = text.charAt(reading.at);
    if (endings.has(character)) {
      endCommand();
      reading.at += 1;
    } else if (character.trim() === "") {
      endWord();
      reading.at += 1;
    } else if (character === "#" && word === null) {
      const end = text.indexOf("\n", reading.at);
      reading.at = end === -1 ? text.length : end;
    } else word = (word ?? "") + readPart(reading, character, texts);
  }
  endCommand();
}

/** A quoted text, an expansion, an escaped character or a plain one. */
function readPart(reading: Reading, character: string, texts: string[]): string {
  switch (character) {
    case "'": {
      const end = reading.text.indexOf("'", reading.at + 1);
      const content = reading.text.slice(reading.at + 1, end === -1 ? undefined : end);
      reading.at = end === -1 ? reading.text.length : end + 1;
      return content;
    }
    case '"':
      return readDoubleQuoted(reading, texts);
    case "$":
    case "`":
      return readExpansion(reading, texts);
    case "\\": {
      const escaped = reading.text.charAt(reading.at + 1);
      reading.at += 2;
      return escaped === "\n" ? "" : escaped;
    }
    default:
      reading.at += 1;
      return character;
  }
}

function readDoubleQuoted(reading: Reading, texts: string[]): string {
  let content = "";
  reading.at += 1;
  while (reading.at < reading.text.length) {
    const character = reading.text.charAt(reading.at);
    if (character === '"') {
      reading.at += 1;
      break;
    }
    if (character === "'") {
      content += character;
      reading.at += 1;
    } else content += readPart(reading, character, texts);
  }
  return content;
}

/** `$NAME`, `${…}`, `$(…)`, `` `…` ``; a `$` before anything else stands for itself. */
function readExpansion(reading: Reading, texts: string[]): string {
  const { text, at } = reading;
  const closing = { "${": "}", "$(": ")" }[text.slice(at, at + 2)] ?? (text.charAt(at) === "`" ? "`" : null);
  if (closing === null) {
    const name = /^\$(?:[A-Za-z_]\w{0,200}|[0-9@*#?$!-])/.exec(text.slice(at, at + 202))?.[0];
    reading.at += name?.length ?? 1;
    return name === undefined ? "$" : later;
  }
  const start = at + (closing === "`" ? 1 : 2);
  const end = closingAt(text, start, closing);
  if (closing !== "}") texts.push(text.slice(start, end));
  reading.at = end + 1;
  return later;
}

/** Where the bracket that is open ends; a text that does not close it ends there. */
function closingAt(text: string, start: number, closing: string): number {
  if (closing === "`") return indexOrEnd(text, "`", start);
  const opening = closing === "}" ? "{" : "(";
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === opening) depth += 1;
    else if (character === closing) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

function indexOrEnd(text: string, part: string, start: number): number {
  const found = text.indexOf(part, start);
  return found === -1 ? text.length : found;
}
