import { append } from "../lists.ts";
import type { ModuleStep } from "./address.ts";
import { expressionsIn, type NamedAttribute, resourceIn, traversalsOf } from "./configuration.ts";
import type { ConfigModule } from "./envelope.ts";
import { ownMember } from "./json.ts";

/** Who uses a name in the expressions of a module: a resource, outputs, and arguments of calls. */
export interface Uses {
  isSeen: boolean;
  readonly outputs: string[];
  readonly inputs: { readonly call: string; readonly variable: string }[];
}

/** A module of the configuration, with the names that its expressions use; `parent` is who calls it. */
export interface ModuleUses {
  /** The names of the calls that lead to it, by dots. */
  readonly path: string;
  readonly parent: { readonly module: ModuleUses; readonly call: string } | null;
  readonly calls: Map<string, ModuleUses>;
  readonly byName: Map<string, Uses>;
  readonly config: ConfigModule;
  /** The locals that outputs and arguments of calls are made of. */
  readonly passedLocals: Set<string>;
}

/** The modules of a configuration, from the root module down. */
export function usesOf(config: ConfigModule, parent: ModuleUses["parent"] = null): ModuleUses {
  const path = parent === null ? "" : `${parent.module.path === "" ? "" : `${parent.module.path}.`}${parent.call}`;
  const module: ModuleUses = { path, parent, calls: new Map(), byName: new Map(), config, passedLocals: new Set() };
  const add = (expression: unknown, use: (uses: Uses) => void) => {
    for (const name of namesIn(expression)) {
      const uses = module.byName.get(name) ?? { isSeen: false, outputs: [], inputs: [] };
      module.byName.set(name, uses);
      use(uses);
    }
  };
  const see = (uses: Uses) => {
    uses.isSeen = true;
  };
  const pass = (expression: unknown) => {
    for (const local of localsIn(expression)) module.passedLocals.add(local);
  };
  for (const { expressions, count_expression: count, for_each_expression: forEach } of config.resources ?? [])
    add([expressions, count, forEach], see);
  for (const [output, { expression }] of Object.entries(config.outputs ?? {})) {
    add(expression, ({ outputs }) => outputs.push(output));
    pass(expression);
  }
  for (const [call, { expressions, ...each }] of Object.entries(config.module_calls ?? {})) {
    add([each.count_expression, each.for_each_expression], see);
    for (const [variable, given] of Object.entries(Object(expressions))) {
      add(given, ({ inputs }) => inputs.push({ call, variable }));
      pass(given);
    }
    if (each.module !== undefined) module.calls.set(call, usesOf(each.module, { module, call }));
  }
  return module;
}

/** What an expression refers to, as names without keys: a resource with its attribute, a variable, an output. */
function namesIn(expression: unknown): Set<string> {
  const names = referredIn(expression).flatMap((all) => {
    const length = all[0] === "data" ? 4 : all[0] === "var" ? 2 : 3;
    return [all.slice(0, length).join("."), anyOf(all.slice(0, all[0] === "data" ? 3 : 2).join("."))];
  });
  return new Set(names);
}

/** The names of the locals that an expression refers to. */
export function localsIn(expression: unknown): string[] {
  return referredIn(expression).flatMap(([first, name]) => (first === "local" && name !== undefined ? [name] : []));
}

/** The steps of all references of an expression, without keys. */
function referredIn(expression: unknown): string[][] {
  return expressionsIn(expression).flatMap((part) =>
    traversalsOf(part).map(({ steps }) => steps.flatMap((step) => ("name" in step ? [step.name] : []))),
  );
}

/** Whatever attribute of a resource: Terraform lists the whole resource where it does not tell which is used. */
export function anyOf(resource: string): string {
  return `${resource}.*`;
}

export function moduleAt(root: ModuleUses, path: readonly ModuleStep[]): ModuleUses | null {
  let module: ModuleUses | null = root;
  for (const { name } of path) module = module?.calls.get(name) ?? null;
  return module;
}

/**
 * The resources that one cannot do without, itself among them, each as `identityOf` has it: what refers to these is made after
 * them. What a reference to a local leads to is not told, so that there may be more.
 */
export function dependenciesOf(first: ModuleUses, resource: string): Set<string> {
  const found = new Set<string>();
  const left: Name[] = [{ module: first, name: resource.split(".") }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { module, name } = next;
    const own = name.slice(0, name[0] === "data" || name[0] === "module" ? 3 : 2);
    const identity = identityOf(module.path, own.join("."));
    if (found.has(identity)) continue;
    found.add(identity);
    append(left, madeOf(module, own));
  }
  return found;
}

/** A resource within its module: `aws_iam_role.task`, `data.aws_subnet.first`. */
export function resourceNameOf({ mode, type, name }: Pick<NamedAttribute, "mode" | "type" | "name">): string {
  return `${mode === "data" ? "data." : ""}${type}.${name}`;
}

export function identityOf(path: string, resource: string): string {
  return `${path} ${resource}`;
}

interface Name {
  readonly module: ModuleUses;
  readonly name: readonly string[];
}

/** What a name of a module is made of: the names in its expressions, each with the module that these stand in. */
function madeOf(module: ModuleUses, [first = "", second = "", third = ""]: readonly string[]): Name[] {
  if (first === "var" && module.parent !== null) {
    const { module: caller, call } = module.parent;
    return namesOf(caller, ownMember(caller.config.module_calls?.[call]?.expressions, second));
  }
  if (first === "module") {
    const called = module.calls.get(second);
    return called === undefined ? [] : namesOf(called, called.config.outputs?.[third]?.expression);
  }
  const config =
    first === "data"
      ? resourceIn(module.config, "data", second, third)
      : resourceIn(module.config, "managed", first, second);
  if (config === null) return [];
  const { expressions, count_expression: count, for_each_expression: forEach, depends_on: orders = [] } = config;
  return [
    ...namesOf(module, [expressions, count, forEach]),
    ...orders.map((text) => ({ module, name: text.split(".") })),
  ];
}

function namesOf(module: ModuleUses, expression: unknown): Name[] {
  return referredIn(expression).map((name) => ({ module, name }));
}
