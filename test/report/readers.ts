// How the readers of formats read them, after their own descriptions.

/** The logging commands that an Azure Pipelines agent finds, which looks for their beginning anywhere in a line. */
export function azureCommands(text: string): { name: string; properties: Record<string, string>; message: string }[] {
  return text.split("\n").flatMap((line) => {
    const at = line.indexOf("##vso[");
    if (at === -1) return [];
    const end = line.indexOf("]", at);
    const [name = "", ...rest] = line.slice(at + "##vso[".length, end).split(" ");
    const properties = rest
      .join(" ")
      .split(";")
      .map((pair) => [pair.slice(0, pair.indexOf("=")), azureText(pair.slice(pair.indexOf("=") + 1))] as const);
    return [{ name, properties: Object.fromEntries(properties), message: azureText(line.slice(end + 1)) }];
  });
}

const azureEscapes: Readonly<Record<string, string>> = {
  "%AZP25": "%",
  "%0D": "\r",
  "%0A": "\n",
  "%3B": ";",
  "%5D": "]",
};

function azureText(escaped: string): string {
  return escaped.replace(/%AZP25|%0D|%0A|%3B|%5D/g, (code) => azureEscapes[code] ?? code);
}

/** The service messages that TeamCity finds; what begins as one and is none is told as `broken`. */
export function teamcityMessages(text: string): { name: string; attributes: Record<string, string> }[] {
  return text.split("\n").flatMap((line) => {
    if (!line.includes("##teamcity[")) return [];
    const value = "(?:[^|'[\\]\\n]|\\|(?:[|'nrxlp[\\]]|0x[0-9a-f]{4}))*";
    const whole = new RegExp(`^##teamcity\\[([A-Za-z][\\w-]*)((?: [A-Za-z]\\w*='${value}')+)\\]$`);
    const [, name, list = ""] = whole.exec(line) ?? [];
    if (name === undefined) return [{ name: "broken", attributes: { line } }];
    const attributes = [...list.matchAll(new RegExp(` ([A-Za-z]\\w*)='(${value})'`, "g"))].map(
      ([, key = "", escaped = ""]) => [key, teamcityText(escaped)] as const,
    );
    return [{ name, attributes: Object.fromEntries(attributes) }];
  });
}

function teamcityText(escaped: string): string {
  return escaped.replace(/\|(0x([0-9a-f]{4})|.)/g, (_, one: string, digits?: string) => {
    if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
    return one === "n" ? "\n" : one === "r" ? "\r" : one;
  });
}

/** The records of a text that is as RFC 4180 has it; null where it is not. */
export function csvRecords(text: string): string[][] | null {
  const records: string[][] = [];
  let fields: string[] = [];
  let at = 0;
  while (at < text.length) {
    const field = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
    field.lastIndex = at;
    const [whole = "", quoted] = field.exec(text) ?? [];
    fields.push(quoted === undefined ? whole : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (text.startsWith("\r\n", at)) {
      records.push(fields);
      fields = [];
      at += 2;
    } else if (text[at] === ",") at += 1;
    else return null;
  }
  return fields.length === 0 ? records : null;
}
