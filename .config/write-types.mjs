// A step of the build: prints the types that are inferred of zod schemas, so that the types of the package need no zod.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist");
const types = join(dist, "types/engine");

print("report", "Report", join(types, "report/report.d.ts"));
rmSync(join(types, "report/report-schema.d.ts"));
print("config", "ConfigFile", join(types, "config/config-file.d.ts"));

function print(schemaName, rootName, file) {
  const { $defs = {}, ...root } = JSON.parse(readFileSync(join(dist, "schemas", `${schemaName}.schema.json`), "utf8"));
  const declarations = Object.entries({ ...$defs, [rootName]: root }).map(
    ([name, schema]) => `${comment(schema)}export type ${name} = ${typeOf(schema)};\n`,
  );
  writeFileSync(file, declarations.join("\n"));
}

function typeOf(schema) {
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.join(" | ");
  if (schema.type === "array") return `ReadonlyArray<${typeOf(schema.items)}>`;
  if (schema.type === "integer") return "number";
  if (schema.type !== "object") return schema.type ?? "unknown";
  if (schema.properties === undefined) return `Readonly<Record<string, ${typeOf(schema.additionalProperties)}>>`;
  const members = Object.entries(schema.properties).map(([name, member]) => {
    const mark = schema.required?.includes(name) ? "" : "?";
    return `${comment(member)}readonly ${name}${mark}: ${typeOf(member)};`;
  });
  return `{\n${members.join("\n").replace(/^/gm, "  ")}\n}`;
}

function comment({ description }) {
  return description === undefined ? "" : `/** ${description} */\n`;
}
