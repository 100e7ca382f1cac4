import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Bundler, inCode, type LongTexts } from "./long-texts.ts";

const moduleId = "plimsoll:managed-policies";

/** The table with its header: where it is from, and the licence. */
function parts(root: string): { readonly header: string; readonly table: string } {
  const text = readFileSync(join(root, "engine/iam/managed-policies.txt"), "utf8");
  const end = text.indexOf("\n\n");
  return { header: text.slice(0, end), table: text.slice(end + 2) };
}

/** A plugin for rolldown and vite alike: makes the module `plimsoll:managed-policies` of the table that is committed. */
export function managedPolicies(root: string, texts: LongTexts = inCode) {
  return {
    name: "managed-policies",
    resolveId: (id: string) => (id === moduleId ? moduleId : null),
    load(this: Bundler, id: string) {
      if (id !== moduleId) return null;
      const text = texts.expression("managed-policies.txt", parts(root).table, this);
      return { code: `${texts.imports}\nexport default ${text};`, moduleType: "js" as const };
    },
  };
}

/** The header without its marks, for the licences that are shipped. */
export function managedPoliciesNotice(root: string): string {
  return parts(root).header.replaceAll(/^# ?/gm, "");
}
