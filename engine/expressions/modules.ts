import { formatKey, type InstanceKey, type ModuleStep } from "../plan/address.ts";
import type { Attribute, Body, ConfigurationSource, SourceBlock, SourceModule } from "../plan/source.ts";
import { type Budget, type Context, type Environment, OverBudget, type Step } from "./context.ts";
import { convert } from "./convert.ts";
import { evaluate, pairsOf } from "./evaluate.ts";
import { fromJson } from "./json.ts";
import { toInteger } from "./number.ts";
import { absentHole, type PlannedInstance, type PlannedValues, targetOf } from "./planned.ts";
import type { Expression } from "./syntax.ts";
import { typeConstraint } from "./type-constraint.ts";
import type { Type } from "./value.ts";
import {
  compareBytes,
  EvaluationError,
  hole,
  mapping,
  marked,
  nothing,
  num,
  text,
  tuple,
  type Value,
} from "./value.ts";

/** An instance of a module: the source, the way to it, and what was worked out in it. */
export interface ModuleInstance {
  readonly path: readonly ModuleStep[];
  readonly address: string;
  readonly source: SourceModule;
  readonly parent: ModuleInstance | null;
  /** Variables, locals and outputs; null while one is being worked out. */
  readonly known: Map<string, Value | null>;
}

/** The configuration with the values that the plan gives it. */
export interface Configuration {
  readonly source: ConfigurationSource;
  readonly root: ModuleInstance;
  readonly planned: PlannedValues;
  /** The values of the root module's variables, as the plan has them. */
  readonly given: ReadonlyMap<string, unknown>;
  /** Whether the plan holds all instances, as one with `-target` does not. */
  readonly isComplete: boolean;
  readonly budget: Budget;
  readonly modules: Map<string, ModuleInstance | null>;
}

/** Of a block the instance that is looked at: what `each` and `count` mean. */
export interface Instance {
  readonly key: InstanceKey | null;
  readonly block: Body;
}

export function rootInstance(source: SourceModule): ModuleInstance {
  return { path: [], address: "", source, parent: null, known: new Map() };
}

/** The instance of a module at the end of a path; null where its source is not at hand. */
export function moduleAt(configuration: Configuration, path: readonly ModuleStep[]): ModuleInstance | null {
  let at: ModuleInstance | null = configuration.root;
  for (const step of path) at = at === null ? null : childOf(configuration, at, step);
  return at;
}

function childOf({ modules }: Configuration, parent: ModuleInstance, step: ModuleStep): ModuleInstance | null {
  const address = `${parent.address === "" ? "" : `${parent.address}.`}module.${step.name}${formatKey(step.key)}`;
  const known = modules.get(address);
  if (known !== undefined) return known;
  const source = parent.source.child(step.name);
  const path = [...parent.path, step];
  const made = source === null ? null : { path, address, source, parent, known: new Map<string, Value | null>() };
  modules.set(address, made);
  return made;
}

/** How much work one attribute may take. */
const stepsOfOne = 200_000;

/** Works out an expression on its own; an error and too much work make a hole. */
export function workOut(
  configuration: Configuration,
  expression: Expression,
  module: ModuleInstance,
  instance: Instance | null,
  names: Context["names"] = new Map(),
): Value {
  const { budget } = configuration;
  const { steps, risks } = budget;
  // What is nested belongs to the work that is under way.
  const isOutermost = budget.depth === 0;
  if (isOutermost) budget.steps = Math.min(steps, stepsOfOne);
  const from = budget.steps;
  try {
    return evaluate(expression, { environment: environmentOf(configuration, module, instance), names, item: null });
  } catch (error) {
    if (error instanceof EvaluationError) return hole("dynamic", { reason: "Terraform would find an error there" });
    if (error instanceof OverBudget && isOutermost)
      return hole("dynamic", { reason: "the expression takes more work than plimsoll does" });
    throw error;
  } finally {
    if (isOutermost) budget.steps = steps - (from - budget.steps);
    budget.risks = risks;
  }
}

function environmentOf(configuration: Configuration, module: ModuleInstance, instance: Instance | null): Environment {
  return {
    resolve: (root, steps) => resolve(configuration, module, instance, root, steps),
    template: configuration.source.template,
    file: configuration.source.file,
    budget: configuration.budget,
  };
}

type Resolved = { readonly value: Value; readonly taken: number } | null;

function resolve(
  configuration: Configuration,
  module: ModuleInstance,
  instance: Instance | null,
  root: string,
  steps: readonly Step[],
): Resolved {
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
      return { value: hole("string", { reason: "the plan does not tell the workspace" }), taken: 1 };
    case "self":
      return { value: hole("dynamic", { reason: "self is known at apply" }), taken: steps.length };
    case "ephemeral":
      return { value: ephemeral(steps), taken: steps.length };
    case "data":
      return resource(configuration, module, { mode: "data", type: name, name: nameAt(steps, 1) }, 2);
    default:
      return resource(configuration, module, { mode: "managed", type: root, name }, 1);
  }
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

/** Works out what has a name in a module once. A circle, which Terraform does not have, ends. */
function once(module: ModuleInstance, name: string, find: () => Value): Value {
  const known = module.known.get(name);
  if (known !== undefined) return known ?? hole("dynamic", { reason: `${name} refers to itself` });
  module.known.set(name, null);
  try {
    const value = find();
    module.known.set(name, value);
    return value;
  } finally {
    if (module.known.get(name) === null) module.known.delete(name);
  }
}

function local(configuration: Configuration, module: ModuleInstance, name: string): Value {
  const found = module.source.local(name);
  if (found === null) return hole("dynamic", { reason: `the source has no local.${name}` });
  return workOut(configuration, found.expression(), module, null);
}

function variable(configuration: Configuration, module: ModuleInstance, name: string): Value {
  const declared = module.source.find("variable", [name])?.body;
  if (declared === undefined) return hole("dynamic", { reason: `the source has no variable ${name}` });
  const own = (attribute: string): Value | null => {
    const found = declared.attributes.get(attribute);
    return found === undefined ? null : workOut(configuration, found.expression(), module, null);
  };
  const isTrue = (value: Value | null) => value?.kind === "bool" && value.value;
  if (isTrue(own("ephemeral"))) return hole("dynamic", { reason: `var.${name} is ephemeral`, sensitive: true });
  const constraint = declared.attributes.get("type")?.expression();
  const defaultOf = (expression: Expression) => workOut(configuration, expression, module, null);
  const type =
    constraint === undefined
      ? "dynamic"
      : typeConstraint(constraint, { defaultOf, template: configuration.source.template });
  const isNullable = own("nullable");
  const given = input(configuration, module, name);
  const isUnset = given === null || (given.kind === "null" && isNullable?.kind === "bool" && !isNullable.value);
  const value = isUnset ? (own("default") ?? nothing) : given;
  return marked(converted(value, type), isTrue(own("sensitive")));
}

function converted(value: Value, type: Type): Value {
  try {
    return convert(value, type);
  } catch (error) {
    if (error instanceof EvaluationError) return hole(type, { reason: "the value does not fit the variable's type" });
    throw error;
  }
}

/** What a variable was given; null where it was given nothing. */
function input(configuration: Configuration, module: ModuleInstance, name: string): Value | null {
  if (module.parent === null) {
    const found = configuration.given.get(name);
    return found === undefined ? null : fromJson(found);
  }
  const step = module.path.at(-1);
  const call = step === undefined ? null : module.parent.source.find("module", [step.name]);
  const argument = call?.body.attributes.get(name);
  if (call === null || step === undefined) return hole("dynamic", { reason: "the call of the module cannot be read" });
  if (argument === undefined) return null;
  return workOut(configuration, argument.expression(), module.parent, { key: step.key, block: call.body });
}

function path(module: ModuleInstance, name: string): Value {
  if (name === "module") return text(module.source.directory);
  if (name === "root") return text(".");
  return hole("string", { reason: "where Terraform runs is not in the plan" });
}

function repetition(
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
  const all = workOut(configuration, forEach.expression(), module, null);
  if (all.kind === "sequence") return marked(text(String(key)), all.sensitive);
  if (all.kind !== "mapping") return hole("dynamic", { references: all.kind === "hole" ? all.references : [] });
  return all.entries.get(String(key)) ?? hole("dynamic", { reason: "for_each has no such key" });
}

/** The keys of a block's instances: null where it has one without a key, "unknown" where they are not known. */
function keysOf(
  configuration: Configuration,
  module: ModuleInstance,
  { body }: SourceBlock,
): readonly InstanceKey[] | null | "unknown" {
  const count = body.attributes.get("count");
  const forEach = body.attributes.get("for_each");
  if (count !== undefined) {
    const value = attempt(() => convert(workOut(configuration, count.expression(), module, null), "number"));
    const number = value?.kind === "number" ? toInteger(value.value) : null;
    return number === null || number > mostInstances ? "unknown" : Array.from({ length: number }, (_, at) => at);
  }
  if (forEach === undefined) return null;
  const all = workOut(configuration, forEach.expression(), module, null);
  const keys = all.kind === "hole" ? null : attempt(() => pairsOf(all));
  if (keys === null) return "unknown";
  return keys.flatMap(({ key }) => (key.kind === "string" ? [key.value] : []));
}

const mostInstances = 10_000;

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}

function moduleValue(
  configuration: Configuration,
  module: ModuleInstance,
  name: string,
  steps: readonly Step[],
): Resolved {
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
  const values = keys.map((each) => outputsOf(each, undefined)?.value ?? nothing);
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
    return marked(workOut(configuration, value.expression(), child, null), sensitive);
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

type ResourceName = { readonly mode: "managed" | "data"; readonly type: string; readonly name: string };

/** A resource by its planned values. */
function resource(configuration: Configuration, module: ModuleInstance, name: ResourceName, taken: number): Resolved {
  const block = module.source.find(name.mode === "data" ? "data" : "resource", [name.type, name.name]);
  if (block === null) return null;
  const instances = configuration.planned.instances({ module: module.address, ...name });
  const target = targetOf(module.path, name);
  const isRepeated = block.body.attributes.has("count") || block.body.attributes.has("for_each");
  const plannedOf = ({ key, value }: PlannedInstance) =>
    derived(configuration, module, name, { key, block: block.body }, value());
  const [only] = instances;
  if (!isRepeated) {
    const isOne = instances.length === 1 && only !== undefined && only.key === null;
    return { value: isOne ? plannedOf(only) : absentHole(target), taken };
  }
  // How many there are is known when the plan is made: the plan says it.
  if (!configuration.isComplete || instances.some(({ key }) => key === null))
    return { value: absentHole(target), taken };
  const sorted = [...instances].sort((one, other) => compareKeys(one.key, other.key));
  const isCount = block.body.attributes.has("count");
  const values = sorted.map(plannedOf);
  if (isCount) return { value: tuple(values), taken };
  return {
    value: mapping(
      "object",
      sorted.map(({ key }, at) => [String(key), values[at] ?? nothing]),
    ),
    taken,
  };
}

function compareKeys(one: InstanceKey | null, other: InstanceKey | null): number {
  return typeof one === "number" && typeof other === "number" ? one - other : compareBytes(String(one), String(other));
}

/** `data.template_file` makes a text of nothing but its arguments. */
function derived(
  configuration: Configuration,
  module: ModuleInstance,
  { mode, type }: ResourceName,
  instance: Instance,
  value: Value,
): Value {
  if (mode !== "data" || type !== "template_file" || value.kind !== "mapping") return value;
  if (value.entries.get("rendered")?.kind !== "hole") return value;
  const argument = (name: string): Value => {
    const found = instance.block.attributes.get(name);
    return found === undefined ? nothing : workOut(configuration, found.expression(), module, instance);
  };
  const environment = environmentOf(configuration, module, instance);
  const rendered = renderTemplate(argument("template"), argument("vars"), environment);
  return mapping("object", [...value.entries, ["rendered", rendered]]);
}

/** As `data.template_file` does: all its variables are texts. */
function renderTemplate(template: Value, vars: Value, environment: Environment): Value {
  const names = attempt(() =>
    convert(vars.kind === "null" ? mapping("object", []) : vars, { kind: "map", element: "string" }),
  );
  if (template.kind !== "string" || names?.kind !== "mapping") return hole("string");
  const call: Expression = {
    kind: "call",
    line: 1,
    name: "templatestring",
    arguments: [
      { kind: "name", line: 1, name: "template" },
      { kind: "name", line: 1, name: "vars" },
    ],
    isExpanded: false,
  };
  const own = new Map<string, Value>([
    ["template", template],
    ["vars", names],
  ]);
  return attempt(() => evaluate(call, { environment, names: own, item: null })) ?? hole("string");
}
