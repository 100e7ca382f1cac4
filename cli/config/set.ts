import { type ConfigSource, globalParameterType, type Policy, parseConfigFile } from "../../engine/index.ts";
import { UsageError } from "../exit-codes.ts";

/**
 * The parameters of `--set name=value`, as a configuration that counts before all others: `account_ids=1111,2222` for all
 * policies, `ECR-005.max_images=50` for one.
 * @throws UsageError where a word has another form
 */
export async function configOfSet(words: readonly string[], policies: readonly Policy[]): Promise<ConfigSource> {
  const parameters: Record<string, unknown> = {};
  for (const word of words) {
    const { id, name, text } = parts(word);
    const value = typedValue(text, typeOf(id, name, policies));
    const own = id === null ? undefined : parameters[id];
    if (id === null) parameters[name] = value;
    else parameters[id] = { ...(typeof own === "object" ? own : {}), [name]: value };
  }
  return parseConfigFile({ file: "--set", text: JSON.stringify({ parameters }) });
}

function parts(word: string) {
  const [, id = null, name, text] = /^(?:([A-Z][A-Z0-9]*-[0-9]+)\.)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(word) ?? [];
  if (name === undefined || text === undefined) {
    throw new UsageError(
      `--set ${word}: is not of the form name=value; write account_ids=111122223333, or ECR-005.max_images=50 for one policy`,
    );
  }
  return { id, name, text };
}

/** The type in which a policy has the parameter; a text where none has it, of which the check of the configuration tells. */
function typeOf(id: string | null, name: string, policies: readonly Policy[]): string {
  const owners = id === null ? policies : policies.filter((policy) => policy.id === id);
  const own = owners.flatMap(({ parameters }) => (Object.hasOwn(parameters, name) ? [parameters[name]?.type] : []))[0];
  return globalParameterType(name) ?? own ?? "string";
}

/** Of a list the elements, which commas part; what is no number stays a text, so that it is refused as one. */
function typedValue(text: string, type: string): unknown {
  if (type === "list")
    return text
      .split(",")
      .map((element) => element.trim())
      .filter((element) => element !== "");
  if (type === "boolean" && /^(?:true|false)$/.test(text)) return text === "true";
  return type === "number" && /^-?[0-9]+(?:\.[0-9]+)?$/.test(text) ? Number(text) : text;
}
