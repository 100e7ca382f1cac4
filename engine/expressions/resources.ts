import type { InstanceKey } from "../plan/address.ts";
import { convert } from "./convert.ts";
import { type Configuration, type Instance, type ModuleInstance, once } from "./modules.ts";
import { absentHole, type PlannedInstance, targetOf } from "./planned.ts";
import { attempt } from "./repetition.ts";
import type { Expression } from "./syntax.ts";
import { compareBytes, hole, mapping, nothing, tuple, type Value } from "./value.ts";

type ResourceName = { readonly mode: "managed" | "data"; readonly type: string; readonly name: string };

/** A resource by its planned values; null where the source has none of that name. */
export function resource(configuration: Configuration, module: ModuleInstance, name: ResourceName): Value | null {
  const block = module.source.find(name.mode === "data" ? "data" : "resource", [name.type, name.name])?.body;
  if (block === undefined) return null;
  return once(module, `${name.mode} ${name.type}.${name.name}`, () => {
    const instances = configuration.planned.instances({ module: module.address, ...name });
    const plannedOf = ({ key, value }: PlannedInstance) =>
      derived(configuration, module, name, { key, block }, value());
    const absent = absentHole(targetOf(module.path, name));
    const [only] = instances;
    if (!block.attributes.has("count") && !block.attributes.has("for_each"))
      return instances.length === 1 && only !== undefined && only.key === null ? plannedOf(only) : absent;
    // How many there are is known when the plan is made: the plan says it.
    if (!configuration.isComplete || instances.some(({ key }) => key === null)) return absent;
    const sorted = [...instances].sort((one, other) => compareKeys(one.key, other.key));
    if (block.attributes.has("count")) return tuple(sorted.map(plannedOf));
    return mapping(
      "object",
      sorted.map((each) => [String(each.key), plannedOf(each)]),
    );
  });
}

function compareKeys(one: InstanceKey | null, other: InstanceKey | null): number {
  return typeof one === "number" && typeof other === "number" ? one - other : compareBytes(String(one), String(other));
}

/** `data.template_file` makes a text of nothing but its arguments. */
function derived(
  { workOut }: Configuration,
  module: ModuleInstance,
  { mode, type }: ResourceName,
  instance: Instance,
  value: Value,
): Value {
  if (mode !== "data" || type !== "template_file" || value.kind !== "mapping") return value;
  if (value.entries.get("rendered")?.kind !== "hole") return value;
  const argument = (name: string): Value => {
    const found = instance.block.attributes.get(name);
    return found === undefined ? nothing : workOut(found.expression(), module, instance);
  };
  const names = templateNames(argument("template"), argument("vars"));
  const rendered = names === null ? hole("string") : workOut(renderedTemplate, module, instance, names);
  return mapping("object", [...value.entries, ["rendered", rendered]]);
}

/** All variables of a `data.template_file` are texts. */
function templateNames(template: Value, vars: Value): ReadonlyMap<string, Value> | null {
  const names = attempt(() =>
    convert(vars.kind === "null" ? mapping("object", []) : vars, { kind: "map", element: "string" }),
  );
  return template.kind === "string" && names?.kind === "mapping"
    ? new Map<string, Value>([
        ["template", template],
        ["vars", names],
      ])
    : null;
}

const renderedTemplate: Expression = {
  kind: "call",
  line: 1,
  name: "templatestring",
  arguments: [
    { kind: "name", line: 1, name: "template" },
    { kind: "name", line: 1, name: "vars" },
  ],
  isExpanded: false,
};
