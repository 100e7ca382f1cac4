import { formatKey, formatModule, type InstanceKey, type ModuleStep } from "./address.ts";
import type { Keys, NamedAttribute } from "./configuration.ts";

/** Why a reference leads nowhere in the plan. */
export type DeadEnd =
  /** Locals are not in the plan. */
  | "local"
  /** `module.m` with a computed key: which output was meant is not in the plan. */
  | "module-output"
  /** Ephemeral resources are not in the plan. */
  | "ephemeral"
  /** The configuration has nothing under that name. */
  | "undeclared"
  /** The chain of references is longer than any that people write, or comes back to where it began. */
  | "too-long"
  /** A `dynamic` block, of which the plan keeps no trace, may have made the value. */
  | "dynamic-block";

/** A variable whose value no resource gives: one of the root module, or one of a child module with a default or a literal. */
export interface VariableEnd {
  readonly deadEnd: "variable";
  readonly module: readonly ModuleStep[];
  readonly name: string;
  /** Whether the call of its module gives it a literal, which is not null then. */
  readonly isLiteral: boolean;
}

/** The attribute of a resource that an expression refers to. */
export interface Target extends NamedAttribute {
  /**
   * The key that a collection was indexed with on the way (`each.key`, `count.index`, a literal), where the plan keeps
   * it apart from the resource: instances then pair by equal key, which is an inference.
   */
  readonly pairKey: InstanceKey | null;
  /** The keys that the target must have to be paired: those of the instances that mention their own; null for a literal. */
  readonly pairKeys: Keys | null;
}

/** One thing that an expression refers to, followed through module inputs, outputs and `each.value`. */
export interface Reference {
  /** As the expression itself says it, `var.image` for instance. */
  readonly text: string;
  /** Whether a variable or an output on the way is declared sensitive. */
  readonly sensitive: boolean;
  /** Whether no expression on the way shows a sign that it makes something else of what it refers to (`bare.ts`). */
  readonly isBare: boolean;
  readonly end: { readonly target: Target } | { readonly deadEnd: DeadEnd } | VariableEnd;
}

/** The address that a target names, with its attribute. */
export function formatTarget(target: Target): string {
  const data = target.mode === "data" ? "data." : "";
  const module = target.module.length === 0 ? "" : `${formatModule(target.module)}.`;
  const attribute = target.attribute === "" ? "" : `.${target.attribute}`;
  return `${module}${data}${target.type}.${target.name}${formatKey(target.key)}${attribute}`;
}

/** The attribute that a reference tells; empty where the plan does not. Of what is repeated over a resource only the text says it. */
export function attributeOf({ text, end }: Reference): string {
  if (!("target" in end)) return "";
  return end.target.attribute === "" ? (/^each\.value\.(.+)$/.exec(text)?.[1] ?? "") : end.target.attribute;
}

export function isVariable(end: Reference["end"]): end is VariableEnd {
  return "deadEnd" in end && end.deadEnd === "variable";
}

/** The references that may be unknown. Variables are known when the plan is made: nothing waits on them. */
export function openReferences(references: readonly Reference[]): Reference[] {
  return references.filter(({ end }) => !isVariable(end));
}

/**
 * Without the mention of a resource as a whole where an instance of it is named too: `length(x) > 0 ? x[0].arn : ""` asks how
 * many there are, which is known when the plan is made.
 */
export function namedEnds(references: readonly Reference[]): Reference[] {
  const resourceOf = (target: Target) => formatTarget({ ...target, key: null, attribute: "" });
  const named = new Set(
    references.flatMap(({ end }) => ("target" in end && end.target.attribute !== "" ? [resourceOf(end.target)] : [])),
  );
  return references.filter(
    ({ end }) => !("target" in end && end.target.attribute === "" && named.has(resourceOf(end.target))),
  );
}

const madeUp = /(?:^|_)(?:arn|url|uri|endpoint|address|dns_name|domain_name)$/;

/**
 * Whether a value is the ARN, URL or endpoint that AWS makes up for a resource of this plan: such a text is no secret and
 * stands for one object.
 */
export function isMadeUp({ references }: { readonly references: readonly Reference[] }): boolean {
  const targets = targetsOf(references);
  return (
    targets?.every(
      ({ mode, type, attribute }) => mode === "managed" && type.startsWith("aws_") && madeUp.test(attribute),
    ) ?? false
  );
}

/** The resources that unknown values wait on, for evidence: `module.a.aws_x.y.attribute`. */
export function waitsOn(references: readonly Reference[]): string[] {
  const texts = openReferences(references).map(({ text, end }) => ("target" in end ? formatTarget(end.target) : text));
  return [...new Set(texts)];
}

/**
 * The attributes of which an unknown value is one, or its elements are; null where it may be anything else, so that
 * nothing may be concluded from what it refers to.
 */
export function targetsOf(references: readonly Reference[]): readonly Target[] | null {
  const targets = references.flatMap(({ end, isBare }) => ("target" in end && isBare ? [end.target] : []));
  return targets.length > 0 && targets.length === references.length ? targets : null;
}
