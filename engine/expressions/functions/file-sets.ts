import { RE2JS } from "re2js";
import { convert, setOf } from "../convert.ts";
import { holeOf, text, type Value } from "../value.ts";
import { define, type FunctionDefinition, str, strings, texts } from "./define.ts";

/** The files of a folder whose paths fit a pattern; a hole where the pattern has a form that people do not write. */
function matching([files, pattern]: readonly Value[]): Value {
  const expression = expressionOf(str(pattern));
  if (expression === null)
    return holeOf({ kind: "set", element: "string" }, [], "a pattern of files is not understood");
  const compiled = RE2JS.compile(`^(?:${expression})$`);
  const found = texts(convert(files ?? text(""), strings)).filter((file) => compiled.matcher(file).matches());
  return setOf(found.map(text), "string");
}

/**
 * The regular expression of a pattern; null where it cannot be told. `**` alone stands for any folders.
 * Source: Terraform's documentation, "fileset Function"; bmatcuk/doublestar, version 1.
 */
function expressionOf(pattern: string): string | null {
  const steps = pattern.split("/").filter((step) => step !== ".");
  if (steps.some((step) => step === "" || step === "..")) return null;
  const parts = steps.map((step, at) => {
    const isLast = at === steps.length - 1;
    if (step === "**") return isLast ? "(?:[^/]+/)*[^/]+" : "(?:[^/]+/)*";
    const own = stepExpression(step);
    return own === null ? null : `${own}${isLast ? "" : "/"}`;
  });
  return parts.every((part) => part !== null) ? parts.join("") : null;
}

/** One character, or one construct, of a pattern. */
const token = /\\[^/]|\[\^?(?:\\.|[^\]\\[])+\]|\{[^{}[\]\\]*\}|[^\\[\]{}]/gsu;

function stepExpression(step: string): string | null {
  const found = step.match(token) ?? [];
  if (found.join("").length !== step.length) return null;
  return found.map(tokenExpression).join("");
}

function tokenExpression(written: string): string {
  if (written === "*") return "[^/]*";
  if (written === "?") return "[^/]";
  if (written.startsWith("[")) return written;
  if (!written.startsWith("{")) return RE2JS.quote(written.startsWith("\\") ? written.slice(1) : written);
  const choices = written.slice(1, -1).split(",");
  return `(?:${choices.map((choice) => stepExpression(choice) ?? "").join("|")})`;
}

/** `fileset` itself reads the folder, and hands on what stands in it. */
export const fileSetFunctions: Readonly<Record<string, FunctionDefinition>> = {
  fileset: define([strings, "string"], { kind: "set", element: "string" }, matching),
};
