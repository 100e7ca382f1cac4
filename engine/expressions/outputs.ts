import type { InstanceKey } from "../plan/address.ts";
import type { Attribute } from "../plan/source.ts";
import type { Resolved, Step } from "./context.ts";
import { type Configuration, childOf, type ModuleInstance, once } from "./modules.ts";
import { toInteger } from "./number.ts";
import { keysOf } from "./repetition.ts";
import { hole, mapping, marked, nothing, tuple, type Value } from "./value.ts";

/** The outputs of a module, as far as the steps say which; null where the source has no such call. */
export function moduleValue(
  configuration: Configuration,
  module: ModuleInstance,
  name: string,
  steps: readonly Step[],
): Resolved | null {
  const call = module.source.find("module", [name]);
  if (call === null) return null;
  const outputsOf = (key: InstanceKey | null, output: Step | undefined): Resolved => {
    const child = childOf(configuration, module, { name, key });
    const taken = key === null ? 2 : 3;
    if (child === null) return { value: withoutSource(name), taken: steps.length };
    if (output !== undefined && "name" in output) return { value: outputOf(configuration, child, output.name), taken };
    return { value: allOutputs(configuration, child), taken: taken - 1 };
  };
  const keys = keysOf(configuration, module, call);
  if (keys === null) return outputsOf(null, steps[1]);
  const second = steps[1];
  const key = second !== undefined && "key" in second ? instanceKey(second.key, keys) : null;
  if (key !== null) return outputsOf(key, steps[2]);
  if (keys === "unknown") return { value: withoutSource(name), taken: steps.length };
  const values = keys.map((each) => outputsOf(each, undefined).value);
  return { value: collected(keys, values), taken: 1 };
}

function withoutSource(name: string): Value {
  const reference = {
    text: `module.${name}`,
    sensitive: false,
    isBare: true,
    end: { deadEnd: "module-output" },
  } as const;
  return hole("dynamic", { references: [reference], reason: `the source of module.${name} is not at hand` });
}

/** The key of an instance that an index names. */
function instanceKey(index: Value, keys: readonly InstanceKey[] | "unknown"): InstanceKey | null {
  const own = index.kind === "number" ? toInteger(index.value) : index.kind === "string" ? index.value : null;
  if (own === null) return null;
  return keys === "unknown" || keys.includes(own) ? own : null;
}

/** Instances under `count` are a tuple, those under `for_each` an object. */
function collected(keys: readonly InstanceKey[], values: readonly Value[]): Value {
  if (keys.some((key) => typeof key === "string"))
    return mapping(
      "object",
      keys.map((key, at): [string, Value] => [String(key), values[at] ?? nothing]),
    );
  return tuple(values);
}

function outputOf(configuration: Configuration, child: ModuleInstance, name: string): Value {
  return once(child, `output.${name}`, () => {
    const output = child.source.find("output", [name])?.body.attributes;
    const value = output?.get("value");
    if (value === undefined) return hole("dynamic", { reason: `the source has no output ${name}` });
    const sensitive = flag(output?.get("sensitive"));
    return marked(configuration.workOut(value.expression(), child, null), sensitive);
  });
}

function flag(attribute: Attribute | undefined): boolean {
  const expression = attribute?.expression();
  return expression?.kind === "bool" && expression.value;
}

function allOutputs(configuration: Configuration, child: ModuleInstance): Value {
  const names = child.source.outputs();
  if (names === null) return hole("dynamic", { reason: "a file of the module cannot be read" });
  return mapping(
    "object",
    names.map((name): [string, Value] => [name, outputOf(configuration, child, name)]),
  );
}
