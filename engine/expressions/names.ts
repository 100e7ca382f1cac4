import type { Resolved, Step } from "./context.ts";
import { type Configuration, type Instance, type ModuleInstance, once } from "./modules.ts";
import { moduleValue } from "./outputs.ts";
import { repetition } from "./repetition.ts";
import { resource } from "./resources.ts";
import { hole, text, type Value } from "./value.ts";
import { local, variable } from "./variables.ts";

/** What a first name means in a module, with the steps behind it. */
export function resolve(
  configuration: Configuration,
  module: ModuleInstance,
  instance: Instance | null,
  root: string,
  steps: readonly Step[],
): Resolved | null {
  const name = nameAt(steps, 0);
  switch (root) {
    case "var":
      return { value: once(module, `var.${name}`, () => variable(configuration, module, name)), taken: 1 };
    case "local":
      return { value: once(module, `local.${name}`, () => local(configuration, module, name)), taken: 1 };
    case "module":
      return moduleValue(configuration, module, name, steps);
    case "each":
    case "count":
      return { value: repetition(configuration, module, instance, `${root}.${name}`), taken: 1 };
    case "path":
      return { value: path(module, name), taken: 1 };
    case "terraform":
      return { value: workspace(configuration, name), taken: 1 };
    case "self":
      return { value: hole("dynamic", { reason: "self is known at apply" }), taken: steps.length };
    case "ephemeral":
      return { value: ephemeral(steps), taken: steps.length };
    case "data":
      return taking(2, resource(configuration, module, { mode: "data", type: name, name: nameAt(steps, 1) }));
    default:
      return taking(1, resource(configuration, module, { mode: "managed", type: root, name }));
  }
}

function taking(taken: number, value: Value | null): Resolved | null {
  return value === null ? null : { value, taken };
}

function nameAt(steps: readonly Step[], at: number): string {
  const step = steps[at];
  return step !== undefined && "name" in step ? step.name : "";
}

function ephemeral(steps: readonly Step[]): Value {
  const names = ["ephemeral", ...steps.flatMap((step) => ("name" in step ? [step.name] : []))];
  const reference = { text: names.join("."), sensitive: true, isBare: true, end: { deadEnd: "ephemeral" } } as const;
  return hole("dynamic", { references: [reference], sensitive: true });
}

/** `terraform.workspace` where nothing tells which one it is. */
export const unknownWorkspace = hole("string", {
  reason: "the plan does not show the workspace",
  isNotNull: true,
  isExact: true,
});

function workspace(configuration: Configuration, name: string): Value {
  if (name !== "workspace") return hole("dynamic", { reason: `terraform.${name} is known at apply` });
  const found = configuration.workspace();
  return found === null ? unknownWorkspace : text(found);
}

function path(module: ModuleInstance, name: string): Value {
  if (name === "module") return text(module.source.directory);
  if (name === "root") return text(".");
  return hole("string", { reason: "where Terraform runs is not in the plan" });
}
