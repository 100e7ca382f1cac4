const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** What the text between quotes says. Source: the HCL native syntax specification, "Template Literals". */
export function unescaped(text: string): string {
  if (!/[\\$%]/.test(text)) return text;
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|([$%])\4\{/gu,
    (_whole, short: string, long: string, letter: string, mark: string) => {
      if (mark !== undefined) return `${mark}{`;
      if (letter !== undefined) return escapes[letter] ?? letter;
      const code = Number.parseInt(short ?? long, 16);
      return code > 0x10ffff ? "" : String.fromCodePoint(code);
    },
  );
}
