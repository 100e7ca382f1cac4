/** What the name of a configuration file says. */
export interface FileName {
  /** The name without its extension. */
  readonly base: string;
  readonly language: "terraform" | "opentofu";
  readonly syntax: "hcl" | "json";
  readonly isOverride: boolean;
}

const extensions = [
  { extension: ".tf.json", language: "terraform", syntax: "json" },
  { extension: ".tf", language: "terraform", syntax: "hcl" },
  { extension: ".tofu.json", language: "opentofu", syntax: "json" },
  { extension: ".tofu", language: "opentofu", syntax: "hcl" },
] as const;

/**
 * Null for what is no configuration file, and for what editors leave behind.
 * Source: Terraform's documentation, "Files and Configuration Structure" and "Override Files".
 */
export function configurationName(name: string): FileName | null {
  if (name.startsWith(".") || name.endsWith("~") || (name.startsWith("#") && name.endsWith("#"))) return null;
  const found = extensions.find(({ extension }) => name.endsWith(extension));
  if (found === undefined) return null;
  const base = name.slice(0, -found.extension.length);
  const { language, syntax } = found;
  return { base, language, syntax, isOverride: base === "override" || base.endsWith("_override") };
}
