import { readdirSync } from "node:fs";
import { join } from "node:path";

const moduleId = "plimsoll:resource-types";

/**
 * A plugin for rolldown and vite alike: makes the module `plimsoll:resource-types` of the folders of `@cdktf/provider-aws`,
 * one for each resource type and data source of the AWS provider: `s3-bucket`, `data-aws-s3-bucket`.
 */
export function resourceTypes(root: string) {
  const folder = join(root, "node_modules/@cdktf/provider-aws/lib");
  // The id lies in the package's folder, so that the package's licence is shipped with what is made of it.
  const file = join(folder, "resource-types.js");
  return {
    name: "resource-types",
    resolveId: (id: string) => (id === moduleId ? file : null),
    load: (id: string) =>
      id === file ? { code: `export default ${JSON.stringify(namesIn(folder))};`, moduleType: "js" as const } : null,
  };
}

/** Without `aws_`, in one text. */
function namesIn(folder: string): string {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => name !== "provider" && !name.startsWith("data-aws-"));
  return names
    .map((name) => name.replaceAll("-", "_"))
    .sort()
    .join(" ");
}
