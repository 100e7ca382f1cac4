import { formatKey, formatModule, type InstanceKey, type ModuleStep, type TraversalStep } from "./address.ts";
import {
  childScope,
  configResource,
  constantOf,
  expressionsIn,
  type Repetition,
  type Scope,
  type Traversal,
  traversalsOf,
} from "./configuration.ts";
import { ownMember } from "./json.ts";

/** Why a reference leads nowhere in the plan. */
type DeadEnd =
  /** Locals are not in the plan. */
  | "local"
  /** `module.m` with a computed key: which output was meant is not in the plan. */
  | "module-output"
  /** Ephemeral resources are not in the plan. */
  | "ephemeral"
  /** The configuration has nothing under that name. */
  | "undeclared"
  /** The chain of references is longer than any that people write, or comes back to where it began. */
  | "too-long";

/** A variable whose value no resource gives: one of the root module, or one of a child module with a default or a literal. */
export interface VariableEnd {
  readonly deadEnd: "variable";
  readonly module: readonly ModuleStep[];
  readonly name: string;
  /** Whether the call of its module gives it a literal, which is not null then. */
  readonly isLiteral: boolean;
}

/** The attribute of a resource that an expression refers to. */
export interface Target {
  readonly module: readonly ModuleStep[];
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** The instance key that the expression names; null where it names none. */
  readonly key: InstanceKey | null;
  /**
   * The key that a collection was indexed with on the way (`each.key`, `count.index`, a literal), where the plan keeps
   * it apart from the resource: instances then pair by equal key, which is an inference.
   */
  readonly pairKey: InstanceKey | null;
  /** The attribute's path, empty where the plan does not tell it. */
  readonly attribute: string;
}

/** One thing that an expression refers to, followed through module inputs, outputs and `each.value`. */
export interface Reference {
  /** As the expression itself says it, `var.image` for instance. */
  readonly text: string;
  /** Whether a variable or an output on the way is declared sensitive. */
  readonly sensitive: boolean;
  readonly end: { readonly target: Target } | { readonly deadEnd: DeadEnd } | VariableEnd;
}

/** The address that a target names, with its attribute. */
export function formatTarget(target: Target): string {
  const data = target.mode === "data" ? "data." : "";
  const module = target.module.length === 0 ? "" : `${formatModule(target.module)}.`;
  const attribute = target.attribute === "" ? "" : `.${target.attribute}`;
  return `${module}${data}${target.type}.${target.name}${formatKey(target.key)}${attribute}`;
}

export function isVariable(end: Reference["end"]): end is VariableEnd {
  return "deadEnd" in end && end.deadEnd === "variable";
}

/** The references that may be unknown. Variables are known when the plan is made: nothing waits on them. */
export function openReferences(references: readonly Reference[]): Reference[] {
  return references.filter(({ end }) => !isVariable(end));
}

/** The resources that unknown values wait on, for evidence: `module.a.aws_x.y.attribute`. */
export function waitsOn(references: readonly Reference[]): string[] {
  const texts = openReferences(references).map(({ text, end }) => ("target" in end ? formatTarget(end.target) : text));
  return [...new Set(texts)];
}

/** Each module on the way makes two steps, one through an output and one through a variable. */
export const longestChain = 400;

/** Resolves all that an expression refers to, in the order of the source, each once. */
export function resolveExpression(expression: unknown, scope: Scope, repetition: Repetition): Reference[] {
  const found = new Map<string, Reference>();
  const walk: Walk = { known: new Map(), depth: 0 };
  const traversals = traversalsOf(expression);
  const pairKey = ownKey(traversals, repetition);
  for (const traversal of traversals) {
    for (const step of follow(traversal, { scope, repetition, pairKey }, walk)) {
      const identity = "target" in step.end ? identityOf(step) : `${traversal.text}: ${step.end.deadEnd}`;
      if (!found.has(identity)) found.set(identity, { text: traversal.text, ...step });
    }
  }
  return [...found.values()];
}

/** The own key where the expression mentions it: `x[each.key]` was written, and Terraform lists `x` and `each.key`. */
function ownKey(traversals: readonly Traversal[], repetition: Repetition): InstanceKey | null {
  const mentioned = traversals.some(({ text }) => text === "each.key" || text === "count.index");
  return mentioned ? repetition.key : null;
}

function keyAt(steps: readonly TraversalStep[], at: number): InstanceKey | null {
  const step = steps[at];
  return step !== undefined && "key" in step ? step.key : null;
}

interface Context {
  readonly scope: Scope;
  readonly repetition: Repetition;
  readonly pairKey: InstanceKey | null;
}

type Step = Pick<Reference, "sensitive" | "end">;

/** Where the references of one expression lead has no two ways to one end: the first counts. */
interface Walk {
  /** What variables and outputs lead to, by scope, name and pair key; null while that is being worked out. */
  readonly known: Map<string, readonly Step[] | null>;
  depth: number;
}

/** References are a graph: what a variable or an output leads to is worked out once, however many ways lead to it. */
function once(key: string, { pairKey }: Context, walk: Walk, find: () => readonly Step[]): readonly Step[] {
  const own = `${key} ${JSON.stringify(pairKey)}`;
  const known = walk.known.get(own);
  if (known !== undefined) return known ?? [deadEnd("too-long")];
  if (walk.depth === longestChain) return [deadEnd("too-long")];
  walk.known.set(own, null);
  walk.depth += 1;
  const steps = new Map<string, Step>();
  for (const step of find()) if (!steps.has(identityOf(step))) steps.set(identityOf(step), step);
  walk.depth -= 1;
  const found = [...steps.values()];
  walk.known.set(own, found);
  return found;
}

function identityOf({ end }: Step): string {
  return "target" in end ? formatTarget(end.target) : `: ${end.deadEnd}`;
}

const deadEnd = (why: DeadEnd): Step => ({ sensitive: false, end: { deadEnd: why } });

function follow(traversal: Traversal, context: Context, walk: Walk): readonly Step[] {
  const [first, second] = traversal.steps;
  const head = first !== undefined && "name" in first ? first.name : "";
  const name = second !== undefined && "name" in second ? second.name : "";
  switch (head) {
    case "var":
      return followVariable(name, { ...context, pairKey: keyAt(traversal.steps, 2) ?? context.pairKey }, walk);
    case "module":
      return followOutput(name, traversal.steps, context, walk);
    case "each":
      return name === "value" ? followEachValue(context, walk) : [];
    case "local":
      return [deadEnd("local")];
    case "ephemeral":
      return [deadEnd("ephemeral")];
    case "count":
    case "path":
    case "self":
    case "terraform":
      return [];
    default:
      return [toTarget(traversal.steps, context)];
  }
}

function followInto(expression: unknown, context: Context, walk: Walk): readonly Step[] {
  const traversals = traversalsOf(expression);
  const pairKey = ownKey(traversals, context.repetition) ?? context.pairKey;
  return traversals.flatMap((traversal) => follow(traversal, { ...context, pairKey }, walk));
}

function followVariable(name: string, context: Context, walk: Walk): readonly Step[] {
  const { scope } = context;
  const variables = scope.module.variables;
  const declared = variables !== undefined && Object.hasOwn(variables, name) ? variables[name] : undefined;
  const sensitive = declared?.sensitive === true;
  const given = ownMember(scope.parent?.call.expressions, name);
  const isLiteral = (constantOf(given) ?? null) !== null;
  const own: Step = { sensitive, end: { deadEnd: "variable", module: scope.path, name, isLiteral } };
  if (scope.parent === null || given === undefined) return [own];
  const { call, scope: outerScope } = scope.parent;
  return once(`${scope.address} var.${name}`, context, walk, () => {
    const repetition = { key: scope.path.at(-1)?.key ?? null, forEach: call.for_each_expression };
    const outer = { ...context, scope: outerScope, repetition };
    const steps = expressionsIn(given).flatMap((part) => followInto(part, outer, walk));
    return steps.length === 0 ? [own] : markedSteps(steps, sensitive);
  });
}

function markedSteps(steps: readonly Step[], sensitive: boolean): readonly Step[] {
  return sensitive ? steps.map((step) => ({ ...step, sensitive })) : steps;
}

function followOutput(name: string, steps: readonly TraversalStep[], context: Context, walk: Walk): readonly Step[] {
  const key = keyAt(steps, 2);
  const at = key === null ? 2 : 3;
  const output = steps[at];
  if (output === undefined || !("name" in output)) return [deadEnd("module-output")];
  const scope = childScope(context.scope, { name, key });
  const outputs = scope?.module.outputs;
  const found = outputs !== undefined && Object.hasOwn(outputs, output.name) ? outputs[output.name] : undefined;
  if (scope === null || found === undefined) return [deadEnd("undeclared")];
  const pairKey = keyAt(steps, at + 1) ?? context.pairKey;
  const inner = { scope, repetition: { key: null, forEach: undefined }, pairKey };
  return once(`${scope.address} output.${output.name}`, inner, walk, () =>
    markedSteps(followInto(found.expression, inner, walk), found.sensitive === true),
  );
}

function followEachValue(context: Context, walk: Walk): readonly Step[] {
  const { forEach, key } = context.repetition;
  if (forEach === undefined) return [];
  // `for_each = aws_x.y` makes each.value the instance of y under the same key; it refers to no `each` itself.
  return followInto(forEach, { ...context, pairKey: key, repetition: { key, forEach: undefined } }, walk);
}

function toTarget(steps: readonly TraversalStep[], context: Context): Step {
  const names = steps.map((step) => ("name" in step ? step.name : null));
  const mode = names[0] === "data" ? "data" : "managed";
  const offset = mode === "data" ? 1 : 0;
  const type = names[offset] ?? null;
  const name = names[offset + 1] ?? null;
  if (type === null || name === null || configResource(context.scope, mode, type, name) === null) {
    return deadEnd("undeclared");
  }
  const key = keyAt(steps, offset + 2);
  const rest = steps.slice(offset + (key === null ? 2 : 3));
  const attribute = rest
    .map((step, at) => ("name" in step ? (at === 0 ? step.name : `.${step.name}`) : formatKey(step.key)))
    .join("");
  const target: Target = {
    module: context.scope.path,
    mode,
    type,
    name,
    key,
    pairKey: key === null ? context.pairKey : null,
    attribute,
  };
  return { sensitive: false, end: { target } };
}
