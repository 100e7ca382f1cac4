import type { InstanceKey } from "../plan/address.ts";
import type { Attribute, SourceBlock } from "../plan/source.ts";
import { convert } from "./convert.ts";
import { pairsOf } from "./for-pairs.ts";
import { type Configuration, type Instance, type ModuleInstance, once } from "./modules.ts";
import { toInteger } from "./number.ts";
import { EvaluationError, hole, marked, num, text, type Value } from "./value.ts";

/** What `each` and `count` mean in an instance of a block. */
export function repetition(
  configuration: Configuration,
  module: ModuleInstance,
  instance: Instance | null,
  name: string,
): Value {
  const key = instance?.key ?? null;
  if (instance === null || key === null) return hole("dynamic", { reason: `${name} means nothing there` });
  if (name === "each.key" || name === "count.index") return typeof key === "number" ? num(key) : text(key);
  const forEach = instance.block.attributes.get("for_each");
  if (name !== "each.value" || forEach === undefined) return hole("dynamic", { reason: `${name} means nothing there` });
  const all = repeatedOver(configuration, module, forEach);
  if (all.kind === "sequence") return marked(text(String(key)), all.sensitive);
  if (all.kind !== "mapping") return hole("dynamic", { references: all.kind === "hole" ? all.references : [] });
  return all.entries.get(String(key)) ?? hole("dynamic", { reason: "for_each has no such key" });
}

/** All instances of a block are repeated over one value. */
function repeatedOver(
  { workOut }: Configuration,
  module: ModuleInstance,
  { file, line, expression }: Attribute,
): Value {
  return once(module, `${file}:${line}`, () => workOut(expression(), module, null));
}

/** The keys of a block's instances: null where it has one without a key, "unknown" where they are not known. */
export function keysOf(
  configuration: Configuration,
  module: ModuleInstance,
  { body }: SourceBlock,
): readonly InstanceKey[] | null | "unknown" {
  const count = body.attributes.get("count");
  const forEach = body.attributes.get("for_each");
  if (count !== undefined) {
    const value = attempt(() => convert(repeatedOver(configuration, module, count), "number"));
    const number = value?.kind === "number" ? toInteger(value.value) : null;
    return number === null || number > mostInstances ? "unknown" : Array.from({ length: number }, (_, at) => at);
  }
  if (forEach === undefined) return null;
  const all = repeatedOver(configuration, module, forEach);
  const keys = all.kind === "hole" ? null : attempt(() => pairsOf(all));
  if (keys === null) return "unknown";
  return keys.flatMap(({ key }) => (key.kind === "string" ? [key.value] : []));
}

const mostInstances = 10_000;

/** Null where Terraform has an error. */
export function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}
