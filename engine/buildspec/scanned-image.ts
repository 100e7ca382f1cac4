import { hasFlag, plainWords } from "./flags.ts";
import type { Word } from "./words.ts";

/** What stands before the image in the command line of each scanner. */
const subcommands: Readonly<Record<string, readonly (readonly string[])[]>> = {
  trivy: [["image"], ["i"]],
  grype: [[]],
  dockle: [[]],
  snyk: [["container", "test"]],
  docker: [["scout", "cves"]],
};

/**
 * The image that a scanner is given; null where the command scans something else, or names none. It is the last word that
 * may not be the value of a flag, else the last that looks like an image.
 */
export function scannedImage(program: string, words: readonly Word[]): Word | null {
  const first = plainWords(words);
  const forms = Object.hasOwn(subcommands, program) ? (subcommands[program] ?? []) : [];
  const form = forms.find((names) => names.every((name, at) => first[at] === name));
  if (form === undefined || hasFlag(words, ["--input"]) !== false) return null;
  const plain = words.map((word, at) => ({ word, before: words[at - 1]?.text ?? "" }));
  const candidates = plain.filter(({ word: { text } }) => !text.startsWith("-") && !form.includes(text));
  const alone = candidates.filter(({ before }) => !before.startsWith("-") || before.includes("="));
  const found = alone.at(-1) ?? candidates.filter(({ word }) => looksLikeImage(word)).at(-1);
  return found === undefined || isNoImage.test(found.word.text) ? null : found.word;
}

/** Files, folders, lists of parts, and places to write to. */
const isNoImage = /^(?:[./@]|(?:dir|file|sbom|purl|pkg|oci-dir|oci-archive|docker-archive|singularity):)|:\/\//;

function looksLikeImage({ text }: Word): boolean {
  return /[$:/]/.test(text) && !isNoImage.test(text);
}
