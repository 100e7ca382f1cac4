import type { ReportEvidence, ShownValue } from "./report.ts";

const hidden = "…";
const longest = 140;
const tokens = /"(?:[^"\\]|\\.)*(?:"|$)|#.*|\/\/.*|\/\*.*|[0-9]{6,}|[^"#/0-9]+|[0-9]+|\//g;

/**
 * A line of the source as a report may show it; null where nothing of it is left that says something. The source holds secrets of which the plan
 * knows nothing: a text in quotes is shown only as a key, or where the evidence shows already all that is written in it, and a
 * long number only where the evidence shows it. Comments are left out.
 * @param line as it stands in the file
 */
export function snippetOf(line: string, evidence: readonly ReportEvidence[]): string | null {
  const shown = evidence.flatMap(({ actual }) => textsIn(actual));
  const isShown = (literal: string) => literal === "" || shown.some((text) => text.includes(literal));
  let snippet = "";
  for (const { 0: token, index } of line.matchAll(tokens)) {
    if (/^(?:#|\/[/*])/.test(token)) break;
    if (token.startsWith('"')) {
      // A text within a template of a text: where each ends, this look at one line does not tell.
      if (/[$%]\{[^}]*$/.test(token)) return null;
      snippet += isKey(snippet, line.slice(index + token.length)) ? token : withoutLiterals(token, isShown);
    } else snippet += /^[0-9]{6,}$/.test(token) && !isShown(token) ? hidden : token;
  }
  const characters = [...snippet.trim()];
  // A brace says nothing, nor does an attribute of which nothing may be shown.
  if (!/[\p{L}\p{N}]/u.test(snippet) || /^\S+\s*[=:]\s*"[^"]*…[^"]*",?$/.test(snippet.trim())) return null;
  return characters.length > longest ? `${characters.slice(0, longest).join("")}${hidden}` : characters.join("");
}

/** Whether a text in quotes is the key of an object, and not a branch of a conditional. */
function isKey(before: string, behind: string): boolean {
  return /^[ \t]*[=:]/.test(behind) && /(?:^|[{,])\s*$/.test(before);
}

/** A text in quotes without what is written in it itself and not shown; what its templates name stays. */
function withoutLiterals(token: string, isShown: (literal: string) => boolean): string {
  const inner = token.slice(1).replace(/"$/, "");
  const parts = inner.split(/([$%]\{[^}"]*\})/);
  return `"${parts.map((part, at) => (at % 2 === 1 || isShown(part) ? part : hidden)).join("")}"`;
}

function textsIn(value: ShownValue): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return Array.isArray(value) ? value.flatMap(textsIn) : [];
}
