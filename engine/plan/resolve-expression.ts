import { formatKey, type InstanceKey, type TraversalStep } from "./address.ts";
import { isPlain } from "./bare.ts";
import {
  callOf,
  childScope,
  configResource,
  constantOf,
  expressionsIn,
  type Keys,
  type Repetition,
  type Scope,
  type Traversal,
  traversalsOf,
  unrepeated,
} from "./configuration.ts";
import { ownMember } from "./json.ts";
import { type DeadEnd, formatTarget, type Reference, type Target } from "./references.ts";

/** Each module on the way makes two steps, one through an output and one through a variable. */
export const longestChain = 400;

/** Resolves all that an expression refers to, in the order of the source, each once. */
export function resolveExpression(expression: unknown, scope: Scope, repetition: Repetition): Reference[] {
  const found = new Map<string, Reference>();
  const walk: Walk = { known: new Map(), depth: 0 };
  for (const { traversal, steps } of followAll(expression, { scope, repetition, pairing: null }, walk, true)) {
    const { text } = traversal;
    for (const step of steps) {
      const identity = "target" in step.end ? identityOf(step) : `${text}: ${step.end.deadEnd}`;
      const before = found.get(identity);
      if (before === undefined) found.set(identity, { text, ...step });
      else if (before.isBare && !step.isBare) found.set(identity, { ...before, isBare: false });
    }
  }
  return [...found.values()];
}

/** The key that instances are paired by, and whose keys must be the same for that. */
interface Pairing {
  readonly key: InstanceKey;
  readonly keys: Keys | null;
}

/** The own key where the expression mentions it: `x[each.key]` was written, and Terraform lists `x` and `each.key`. */
function ownKey(traversals: readonly Traversal[], { key, keys }: Repetition): Pairing | null {
  const mentioned = traversals.some(({ text }) => text === "each.key" || text === "count.index");
  return mentioned && key !== null ? { key, keys } : null;
}

function keyAt(steps: readonly TraversalStep[], at: number): InstanceKey | null {
  const step = steps[at];
  return step !== undefined && "key" in step ? step.key : null;
}

/** A literal index says itself which element is meant. */
function literalAt(steps: readonly TraversalStep[], at: number): Pairing | null {
  const key = keyAt(steps, at);
  return key === null ? null : { key, keys: null };
}

interface Context {
  readonly scope: Scope;
  readonly repetition: Repetition;
  readonly pairing: Pairing | null;
}

type Step = Pick<Reference, "sensitive" | "isBare" | "end">;

/** Where the references of one expression lead has no two ways to one end: the first counts. */
interface Walk {
  /** What variables and outputs lead to, by scope, name and pair key; null while that is being worked out. */
  readonly known: Map<string, readonly Step[] | null>;
  depth: number;
}

/** References are a graph: what a variable or an output leads to is worked out once, however many ways lead to it. */
function once(key: string, { pairing }: Context, walk: Walk, find: () => readonly Step[]): readonly Step[] {
  // One walk begins at one instance, and a module call on the way has its own scope: equal keys are of equal sets.
  const own = `${key} ${JSON.stringify(pairing?.key ?? null)} ${pairing?.keys === null}`;
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

const deadEnd = (why: DeadEnd): Step => ({ sensitive: false, isBare: true, end: { deadEnd: why } });

/** Where each traversal of an expression leads. `mayRepeat` says whether it may make one twice, as a list may. */
function followAll(expression: unknown, context: Context, walk: Walk, mayRepeat: boolean) {
  const traversals = traversalsOf(expression);
  const pairing = ownKey(traversals, context.repetition) ?? context.pairing;
  const followed = traversals.map((traversal) => ({
    traversal,
    steps: follow(traversal, { ...context, pairing }, walk),
  }));
  const isRepeated = !mayRepeat && traversals.some(({ times }) => times > 1);
  if (!isRepeated && isPlain(expression, followed)) return followed;
  return followed.map((each) => ({ ...each, steps: each.steps.map((step) => ({ ...step, isBare: false })) }));
}

function follow(traversal: Traversal, context: Context, walk: Walk): readonly Step[] {
  const [first, second] = traversal.steps;
  const head = first !== undefined && "name" in first ? first.name : "";
  const name = second !== undefined && "name" in second ? second.name : "";
  switch (head) {
    case "var":
      return followVariable(name, { ...context, pairing: literalAt(traversal.steps, 2) ?? context.pairing }, walk);
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

/** What a variable, an output or `each.value` is made of. */
function followInto(expression: unknown, context: Context, walk: Walk): readonly Step[] {
  return followAll(expression, context, walk, false).flatMap(({ steps }) => steps);
}

function followVariable(name: string, context: Context, walk: Walk): readonly Step[] {
  const { scope } = context;
  const variables = scope.module.variables;
  const declared = variables !== undefined && Object.hasOwn(variables, name) ? variables[name] : undefined;
  const sensitive = declared?.sensitive === true;
  const given = ownMember(scope.parent?.call.expressions, name);
  const isLiteral = (constantOf(given) ?? null) !== null;
  const own: Step = { sensitive, isBare: true, end: { deadEnd: "variable", module: scope.path, name, isLiteral } };
  if (scope.parent === null || given === undefined) return [own];
  const { call, scope: outerScope } = scope.parent;
  return once(`${scope.address} var.${name}`, context, walk, () => {
    const repetition = repetitionOf(scope, outerScope, call.for_each_expression);
    const outer = { ...context, scope: outerScope, repetition };
    const steps = expressionsIn(given).flatMap((part) => followInto(part, outer, walk));
    return steps.length === 0 ? [own] : markedSteps(steps, sensitive);
  });
}

/** What `each` and `count` mean in the call of a module instance. */
function repetitionOf({ path, planned }: Scope, outer: Scope, forEach: unknown): Repetition {
  const step = path.at(-1);
  const keys = step === undefined ? undefined : planned.callKeys.get(callOf(outer.address, step.name));
  return { key: step?.key ?? null, keys: keys ?? unrepeated.keys, forEach };
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
  const pairing = literalAt(steps, at + 1) ?? context.pairing;
  const inner = { scope, repetition: unrepeated, pairing };
  return once(`${scope.address} output.${output.name}`, inner, walk, () =>
    markedSteps(followInto(found.expression, inner, walk), found.sensitive === true),
  );
}

function followEachValue(context: Context, walk: Walk): readonly Step[] {
  const { forEach, key, keys } = context.repetition;
  if (forEach === undefined) return [];
  // `for_each = aws_x.y` makes each.value the instance of y under the same key; it refers to no `each` itself.
  const pairing = key === null ? null : { key, keys };
  return followInto(forEach, { ...context, pairing, repetition: { key, keys, forEach: undefined } }, walk);
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
  const pairing = key === null ? context.pairing : null;
  const target: Target = {
    module: context.scope.path,
    mode,
    type,
    name,
    key,
    pairKey: pairing?.key ?? null,
    pairKeys: pairing?.keys ?? null,
    attribute,
  };
  return { sensitive: false, isBare: true, end: { target } };
}
