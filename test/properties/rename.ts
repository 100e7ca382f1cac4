import { formatKey, type InstanceKey, parseTraversal, type TraversalStep } from "../../engine/plan/address.ts";

/** What is put before the names of modules and resources, and before keys: it keeps their order, and can be taken off again. */
const nameMark = "zq_";
const keyMark = "zk_";

/** Takes the marks off again, wherever they stand. */
export function unmark(text: string): string {
  return text.replaceAll(nameMark, "").replaceAll(keyMark, "");
}

/** The keys of all instances of resources and modules of a plan. */
export function instanceKeys(plan: { resource_changes: { address: string }[] }): Set<string> {
  const keys = new Set<string>();
  for (const { address } of plan.resource_changes) {
    for (const step of parseTraversal(address) ?? [])
      if ("key" in step && typeof step.key === "string") keys.add(step.key);
  }
  return keys;
}

/**
 * The same plan with other names for its modules, resources and instances, where they are names: in addresses, in
 * references, in `name`, `index` and `module_calls`. The values of attributes stay, also those that were made from a key.
 */
export function renamePlan(plan: unknown, keys: ReadonlySet<string>): unknown {
  return renameNode(plan, "", keys);
}

const valueFields = new Set(["after", "before", "after_unknown", "after_sensitive", "before_sensitive", "variables"]);
const addressFields = new Set(["address", "previous_address", "module_address", "resource"]);
const referenceFields = new Set(["references", "depends_on"]);

function renameNode(node: unknown, field: string, keys: ReadonlySet<string>): unknown {
  if (valueFields.has(field)) return node;
  if (field === "constant_value") return typeof node === "string" ? renameTemplate(node) : node;
  if (typeof node === "string" && addressFields.has(field)) return renameTraversal(node, false, keys);
  if (Array.isArray(node)) {
    return node.map((each: unknown) =>
      referenceFields.has(field) && typeof each === "string"
        ? renameTraversal(each, true, keys)
        : renameNode(each, "", keys),
    );
  }
  if (typeof node !== "object" || node === null) return node;
  const isResource = "mode" in node && "type" in node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]): [string, unknown] => {
      if (field === "module_calls") return [`${nameMark}${name}`, renameNode(value, "", keys)];
      if (!isResource) return [name, renameNode(value, name, keys)];
      if (name === "values") return [name, value];
      if (name === "name") return [name, `${nameMark}${value}`];
      if (name === "index") return [name, typeof value === "string" ? renameKey(value, keys) : value];
      return [name, renameNode(value, name, keys)];
    }),
  );
}

function renameKey(key: InstanceKey, keys: ReadonlySet<string>): InstanceKey {
  return typeof key === "string" && keys.has(key) ? `${keyMark}${key}` : key;
}

const ownNames = new Set(["var", "local", "each", "count", "path", "self", "terraform"]);

/** `module.a["k"].data.aws_x.b["k"].attribute`: the names behind `module` and behind the type, and all keys. */
function renameTraversal(text: string, isReference: boolean, keys: ReadonlySet<string>): string {
  const steps = parseTraversal(text);
  if (steps === null) return text;
  const names = positionsOfNames(steps, isReference);
  const renamed = steps.map((step, at) => {
    if ("key" in step) return { key: renameKey(step.key, keys) };
    return { name: names.has(at) ? `${nameMark}${step.name}` : step.name };
  });
  return format(renamed);
}

function positionsOfNames(steps: readonly TraversalStep[], isReference: boolean): Set<number> {
  const positions = new Set<number>();
  let start = 0;
  while (nameAt(steps, start) === "module") {
    positions.add(start + 1);
    const next = steps[start + 2];
    start += next !== undefined && "key" in next ? 3 : 2;
    // What follows in a reference is an output.
    if (isReference) return positions;
  }
  const head = nameAt(steps, start);
  if (!ownNames.has(head)) positions.add(start + (head === "data" ? 2 : 1));
  return positions;
}

function nameAt(steps: readonly TraversalStep[], at: number): string {
  const step = steps[at];
  return step !== undefined && "name" in step ? step.name : "";
}

function format(steps: readonly TraversalStep[]): string {
  return steps.map((step, at) => ("key" in step ? formatKey(step.key) : `${at === 0 ? "" : "."}${step.name}`)).join("");
}

/** The text of an expression, which the plan keeps of a configuration in JSON syntax. */
function renameTemplate(text: string): string {
  if (!text.includes("${")) return text;
  return text.replace(/\b(module|aws_[a-z0-9_]+|terraform_data)\.(?=[A-Za-z_])/g, `$1.${nameMark}`);
}
