import type { Action } from "../plan/action.ts";
import { ownMember } from "../plan/json.ts";
import { holdsTrue } from "../plan/node.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import type { Attribute, Body, ConfigurationSource, SourceBlock } from "../plan/source.ts";
import { compareWithPlan } from "./agreement.ts";
import { workOutBody } from "./body.ts";
import { configurationOf } from "./configuration.ts";
import { fill } from "./fill.ts";
import { type Configuration, moduleAt } from "./modules.ts";
import type { Expression } from "./syntax.ts";
import { sensitiveTexts } from "./to-plan.ts";
import { mapping, type Value } from "./value.ts";

/** A plan with what the source tells of its unknown values. */
export interface WorkedOut {
  readonly resources: readonly PlanResource[];
  /** Texts that nothing may show, of what was worked out. */
  readonly sensitive: readonly string[];
  readonly warnings: readonly string[];
}

/** Fills the unknown values of all resources that the source makes, where the source is that of the plan. */
export function workOutUnknown(plan: Plan, source: ConfigurationSource): WorkedOut {
  const configuration = configurationOf(plan, source);
  const sensitive: string[] = [];
  const warnings = new Set<string>();
  if (configuration === null) return { resources: plan.resources, sensitive, warnings: [] };
  const resources = plan.resources.map((resource) => {
    const made = resource.willExist && holdsTrue(resource.node.unknown) ? argumentsOf(configuration, resource) : null;
    if (made === null) return resource;
    const { block, value } = made;
    const [different] = compareWithPlan(resource.node.value, resource.node.unknown, value, "").differing;
    if (different !== undefined) {
      warnings.add(untrusted(resource.address, different, block));
      return resource;
    }
    sensitive.push(...sensitiveTexts(value));
    return filled(resource, value);
  });
  return { resources, sensitive, warnings: [...warnings] };
}

function untrusted(address: string, attribute: string, { file, line, body }: SourceBlock): string {
  const place = body.attributes.get(attribute.split(/[.[]/)[0] ?? "") ?? { file, line };
  return (
    `${place.file}:${place.line}: ${address} has another ${attribute} in the plan than here, so that nothing is worked ` +
    "out from the source for it; plan again with these files, or name theirs with --source"
  );
}

/** The arguments of a resource as the source makes them. */
function argumentsOf(
  configuration: Configuration,
  resource: PlanResource,
): { block: SourceBlock; value: Value } | null {
  const module = moduleAt(configuration, resource.module);
  const block = module?.source.find(resource.mode === "data" ? "data" : "resource", [resource.type, resource.name]);
  if (module === null || block === null || block === undefined || !hidesWritten(resource, block.body)) return null;
  const { body } = block;
  const value = workOutBody({ configuration, module, instance: { key: resource.key, block: body } }, body);
  return { block, value: withoutIgnored(value, resource.action, body) };
}

/** Whether the plan does not know a part of what is written, which the source may tell: an ARN and the like are not. */
function hidesWritten({ node }: PlanResource, { attributes, blocks }: Body): boolean {
  const isHidden = (name: string) => holdsTrue(ownMember(node.unknown, name));
  return (
    [...attributes].some(([name, { expression }]) => isHidden(name) && !isReference(expression())) ||
    blocks.some(({ type, labels, body }) =>
      type === "dynamic" ? isHidden(labels[0] ?? "") : isHidden(type) && holdsMore(body),
    )
  );
}

function holdsMore({ attributes, blocks }: Body): boolean {
  return (
    [...attributes.values()].some(({ expression }) => !isReference(expression())) ||
    blocks.some(({ type, body }) => type === "dynamic" || holdsMore(body))
  );
}

/** Names that stand for what only the source tells; all others begin with the type of a resource. */
const toldBySource = new Set(["data", "local", "module", "var", "each", "count", "self", "path", "terraform"]);

/** An attribute of a resource that names it, as it is: the plan tells as much. */
function isReference(expression: Expression): boolean {
  if (expression.kind !== "attribute" || !["arn", "id", "name"].includes(expression.name)) return false;
  let { of } = expression;
  while (of.kind === "attribute" || of.kind === "index") {
    if (of.kind === "index" && of.key.kind !== "number" && of.key.kind !== "string") return false;
    of = of.of;
  }
  return of.kind === "name" && !toldBySource.has(of.name);
}

/** What exists already keeps the values of attributes that are ignored. */
function withoutIgnored(value: Value, action: Action, { blocks }: Body): Value {
  if (value.kind !== "mapping" || action === "create" || action === "read") return value;
  const ignored = blocks
    .filter(({ type }) => type === "lifecycle")
    .flatMap(({ body }) => ignoredNames(body.attributes.get("ignore_changes")));
  if (ignored.includes("all")) return mapping("object", []);
  return mapping(
    "object",
    [...value.entries].filter(([name]) => !ignored.includes(name)),
  );
}

function ignoredNames(attribute: Attribute | undefined): string[] {
  const expression = attribute?.expression();
  const all = expression?.kind === "tuple" ? expression.elements : expression === undefined ? [] : [expression];
  return all.flatMap(firstName);
}

function firstName(expression: Expression): string[] {
  switch (expression.kind) {
    case "attribute":
    case "index":
      return firstName(expression.of);
    case "name":
      return [expression.name];
    case "string":
      return [expression.text.split(/[.[]/)[0] ?? ""];
    default:
      return [];
  }
}

function filled(resource: PlanResource, value: Value): PlanResource {
  const { node } = resource;
  const made = fill(node.value, node.unknown, node.sensitiveMask, value, "");
  if (!made.isChanged) return resource;
  return {
    ...resource,
    workedOut: made.paths,
    node: { ...node, value: made.value, unknown: made.unknown, sensitiveMask: made.sensitive, isWritten: true },
  };
}
