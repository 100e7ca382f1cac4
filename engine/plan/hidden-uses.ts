import { append } from "../lists.ts";
import { type ModuleStep, parseModule, parseTraversal, type TraversalStep } from "./address.ts";
import { expressionsIn, type NamedAttribute, resourceIn, traversalsOf } from "./configuration.ts";
import type { ConfigModule, PlanDocument } from "./envelope.ts";
import { isJsonObject, ownMember } from "./json.ts";

/**
 * Where something uses a value that is decided at apply and no expression of the plan shows it.
 *
 * `dynamic` blocks are not in the configuration of a plan. Of one over a list that is decided at apply nothing is in the
 * planned values either, where the provider computes such blocks: `setting` of a cluster is unknown with and without it.
 * But `relevant_attributes` lists what resources are made of, dynamic blocks and locals included. An attribute that
 * stands there, is unknown, and that no expression of its module, of modules that are given it, or of those that get it
 * as an output shows, is used by something hidden. Where a local is used, or a dynamic block has made something that is
 * known, that is taken for it: most modules have these, and next to none a block over a list that is decided at apply.
 * Source: Terraform's globalref, ContributingResourceReferences.
 */
export type HiddenUses = (module: readonly ModuleStep[]) => boolean;

/** Who uses a name in the expressions of a module: a resource, outputs, and arguments of calls. */
interface Uses {
  isSeen: boolean;
  readonly outputs: string[];
  readonly inputs: { readonly call: string; readonly variable: string }[];
}

/** A module of the configuration, with the names that its expressions use; `parent` is who calls it. */
interface ModuleUses {
  /** The names of the calls that lead to it, by dots. */
  readonly path: string;
  readonly parent: { readonly module: ModuleUses; readonly call: string } | null;
  readonly calls: Map<string, ModuleUses>;
  readonly byName: Map<string, Uses>;
  /** Whether it has a local or a dynamic block that is seen, through which anything may be used. */
  hasOther: boolean;
}

export function hiddenUses(document: PlanDocument, isKnown: (named: NamedAttribute) => boolean): HiddenUses {
  const relevant = document.relevant_attributes ?? [];
  const rootModule = document.configuration?.root_module;
  if (relevant.length === 0 || rootModule === undefined) return () => false;
  let found: ReadonlySet<string> | null = null;
  return (module) => {
    found ??= modulesWithHidden(relevant, usesOf(rootModule, null, seenDynamics(document)), isKnown);
    return found.has(module.map(({ name }) => name).join("."));
  };
}

function modulesWithHidden(
  relevant: NonNullable<PlanDocument["relevant_attributes"]>,
  root: ModuleUses,
  isKnown: (named: NamedAttribute) => boolean,
): Set<string> {
  const hidden = new Set<string>();
  const seen = new Set<string>();
  for (const {
    resource,
    attribute: [attribute],
  } of relevant) {
    const named = namedBy(resource, typeof attribute === "string" ? attribute : "");
    if (named === null || isKnown(named)) continue;
    const module = moduleAt(root, named.module);
    const name = nameOf(named);
    const identity = `${module?.path} ${name}`;
    if (module === null || seen.has(identity)) continue;
    seen.add(identity);
    for (const path of hidingModules(module, name)) hidden.add(path);
  }
  return hidden;
}

interface Named {
  readonly module: ModuleUses;
  readonly name: string;
}

/** The modules that may use a name where nothing shows it; none where that may be shown somewhere. */
function hidingModules(first: ModuleUses, name: string): string[] {
  const passed = new Set<string>();
  const paths: string[] = [];
  const left: Named[] = [{ module: first, name }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const identity = `${next.module.path} ${next.name}`;
    if (passed.has(identity)) continue;
    passed.add(identity);
    const uses = usesUnder(next);
    // Terraform lists what all outputs of a module are made of where one of them is used.
    const isUnusedOutput = uses.length === 0 && next.name.startsWith("module.");
    const { module } = next;
    if (module.hasOther || isUnusedOutput || uses.some((each) => isShown(each, module))) return [];
    paths.push(module.path);
    append(
      left,
      uses.flatMap((each) => passedOn(each, module)),
    );
  }
  return paths;
}

/** Outputs of the root module are for people. */
function isShown({ isSeen, outputs }: Uses, { parent }: ModuleUses): boolean {
  return isSeen || (outputs.length > 0 && parent === null);
}

/** What a module calls the name that it gives to others. */
function passedOn({ outputs, inputs }: Uses, { parent, calls }: ModuleUses): Named[] {
  const given = inputs.flatMap(({ call, variable }) => {
    const module = calls.get(call);
    return module === undefined ? [] : [{ module, name: `var.${variable}` }];
  });
  if (parent === null) return given;
  return [...given, ...outputs.map((output) => ({ module: parent.module, name: `module.${parent.call}.${output}` }))];
}

/** The uses of a name, and of what it is a part of where an index has hidden the part: `aws_x.y[each.key].arn` is `aws_x.y`. */
function usesUnder({ module, name }: Named): Uses[] {
  const whole = name
    .split(".")
    .slice(0, name.startsWith("data.") ? 3 : 2)
    .join(".");
  return [name, whole].flatMap((each) => module.byName.get(each) ?? []);
}

function usesOf(config: ConfigModule, parent: ModuleUses["parent"], dynamics: ReadonlySet<string>): ModuleUses {
  const path = parent === null ? "" : `${parent.module.path === "" ? "" : `${parent.module.path}.`}${parent.call}`;
  const module: ModuleUses = { path, parent, calls: new Map(), byName: new Map(), hasOther: dynamics.has(path) };
  const add = (expression: unknown, use: (uses: Uses) => void) => {
    for (const name of namesIn(expression)) {
      if (name.startsWith("local.")) module.hasOther = true;
      const uses = module.byName.get(name) ?? { isSeen: false, outputs: [], inputs: [] };
      module.byName.set(name, uses);
      use(uses);
    }
  };
  const see = (uses: Uses) => {
    uses.isSeen = true;
  };
  for (const { expressions, count_expression: count, for_each_expression: forEach } of config.resources ?? [])
    add([expressions, count, forEach], see);
  for (const [output, { expression }] of Object.entries(config.outputs ?? {}))
    add(expression, ({ outputs }) => outputs.push(output));
  for (const [call, { expressions, ...each }] of Object.entries(config.module_calls ?? {})) {
    add([each.count_expression, each.for_each_expression], see);
    for (const [variable, given] of Object.entries(Object(expressions)))
      add(given, ({ inputs }) => inputs.push({ call, variable }));
    if (each.module !== undefined) module.calls.set(call, usesOf(each.module, { module, call }, dynamics));
  }
  return module;
}

/** What an expression refers to, as names without keys: a resource with its attribute, a variable, an output. */
function namesIn(expression: unknown): Set<string> {
  const names = expressionsIn(expression).flatMap((part) =>
    traversalsOf(part).flatMap(({ steps }) => {
      const all = namesOnly(steps);
      const length = all[0] === "data" ? 4 : all[0] === "var" ? 2 : 3;
      return [all.slice(0, length).join("."), anyOf(all.slice(0, all[0] === "data" ? 3 : 2).join("."))];
    }),
  );
  return new Set(names);
}

function namesOnly(steps: readonly TraversalStep[]): string[] {
  return steps.flatMap((step) => ("name" in step ? [step.name] : []));
}

function nameOf({ mode, type, name, attribute }: NamedAttribute): string {
  const own = `${mode === "data" ? "data." : ""}${type}.${name}`;
  return attribute === "" ? anyOf(own) : `${own}.${attribute}`;
}

/** Whatever attribute of a resource: Terraform lists the whole resource where it does not tell which is used. */
function anyOf(resource: string): string {
  return `${resource}.*`;
}

function moduleAt(root: ModuleUses, path: readonly ModuleStep[]): ModuleUses | null {
  let module: ModuleUses | null = root;
  for (const { name } of path) module = module?.calls.get(name) ?? null;
  return module;
}

/** `module.m["k"].aws_x.y`, or with the key of an instance. */
function namedBy(resource: string, attribute: string): NamedAttribute | null {
  const steps = parseTraversal(resource) ?? [];
  const module: { name: string; key: string | number | null }[] = [];
  let at = 0;
  const nameAt = (index: number) => {
    const step = steps[index];
    return step !== undefined && "name" in step ? step.name : null;
  };
  while (nameAt(at) === "module") {
    const name = nameAt(at + 1);
    if (name === null) return null;
    const key = steps[at + 2];
    const hasKey = key !== undefined && "key" in key;
    module.push({ name, key: hasKey ? key.key : null });
    at += hasKey ? 3 : 2;
  }
  const mode = nameAt(at) === "data" ? "data" : "managed";
  if (mode === "data") at += 1;
  const [type, name] = [nameAt(at), nameAt(at + 1)];
  if (type === null || name === null) return null;
  const last = steps[at + 2];
  return { module, mode, type, name, key: last !== undefined && "key" in last ? last.key : null, attribute };
}

/** The modules with a resource that has a block of which the configuration shows none, so that a dynamic one made it. */
function seenDynamics({ resource_changes: changes = [], configuration }: PlanDocument): Set<string> {
  const modules = new Set<string>();
  for (const { module_address: address = "", mode, type, name, change } of changes) {
    const path = (parseModule(address) ?? []).map((step) => step.name);
    if (modules.has(path.join("."))) continue;
    let module = configuration?.root_module;
    for (const step of path) module = module?.module_calls?.[step]?.module;
    const config = module === undefined ? null : resourceIn(module, mode, type, name);
    if (config !== null && hasUnwrittenBlock(change.after, config.expressions)) modules.add(path.join("."));
  }
  return modules;
}

function hasUnwrittenBlock(after: unknown, expressions: unknown): boolean {
  return Object.entries(isJsonObject(after) ? after : {}).some(
    ([key, value]) => Array.isArray(value) && value.some(isJsonObject) && ownMember(expressions, key) === undefined,
  );
}
