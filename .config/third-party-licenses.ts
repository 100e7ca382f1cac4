import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface PluginContext {
  getModuleIds(): Iterable<string>;
  emitFile(file: { type: "asset"; fileName: string; source: string }): string;
}

/** A rolldown plugin that ships the licences of all packages that a bundle contains, and of what else is in it. */
export function thirdPartyLicenses(fileName: string, others: readonly string[]) {
  return {
    name: "third-party-licenses",
    generateBundle(this: PluginContext) {
      const packages = new Set([...this.getModuleIds()].flatMap((id) => packageFolder(id) ?? []));
      const source = [...[...packages].sort().map(licenseOf), ...others].join("\n\n");
      this.emitFile({ type: "asset", fileName, source });
    },
  };
}

/** `…/node_modules/zod` or `…/node_modules/@scope/name`, the innermost. */
function packageFolder(id: string): string | null {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0] ?? null;
}

function licenseOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder);
  const file = files.find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined && !files.some((name) => /^readme/i.test(name)))
    throw new Error(`${folder} has no licence text`);
  const text = file === undefined ? `Licence: ${manifest.license}` : readFileSync(join(folder, file), "utf8").trim();
  return `${manifest.name} ${manifest.version}\n\n${text}`;
}
