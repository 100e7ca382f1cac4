import { append } from "../lists.ts";
import { mayHide } from "../plan/absence.ts";
import type { Action } from "../plan/action.ts";
import { holdsTrue } from "../plan/node.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import type { Attribute, Body, ConfigurationSource, SourceBlock } from "../plan/source.ts";
import { compareWithPlan } from "./agreement.ts";
import { workOutBody } from "./body.ts";
import { configurationOf } from "./configuration.ts";
import { fill } from "./fill.ts";
import { hiddenNames } from "./hidden.ts";
import { type Configuration, moduleAt } from "./modules.ts";
import { firstNames } from "./syntax.ts";
import { sensitiveTexts } from "./to-plan.ts";
import { type Mapping, mapping } from "./value.ts";
import { workspaceOf } from "./workspace.ts";

/** A plan with what the source tells of its unknown values. */
export interface WorkedOut {
  readonly resources: readonly PlanResource[];
  /** Texts that nothing may show, of what was worked out. */
  readonly sensitive: readonly string[];
  readonly warnings: readonly string[];
}

/** Fills the unknown values of all resources that the source makes, where the source is that of the plan. */
export function workOutUnknown(plan: Plan, source: ConfigurationSource): WorkedOut {
  let workspace: string | null | undefined;
  const configuration = configurationOf(plan, source, () => {
    if (workspace === undefined) workspace = workspaceOf(plan, source);
    return workspace;
  });
  const sensitive: string[] = [];
  const warnings = new Set<string>();
  if (configuration === null) return { resources: plan.resources, sensitive, warnings: [] };
  const resources = plan.resources.map((resource) => {
    const written = hiddenArguments(configuration, resource);
    const made = written === null ? resource : filled(resource, written.hidden);
    if (written === null || made === resource) return resource;
    // What is told counts where all that both know is the same.
    const value = mapping("object", [...written.hidden.entries, ...written.others().entries]);
    const [different] = compareWithPlan(resource.node.value, resource.node.unknown, value, "").differing;
    if (different !== undefined) {
      warnings.add(untrusted(resource.address, different, written.block));
      return resource;
    }
    append(sensitive, sensitiveTexts(value));
    return made;
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

/** What the source makes of a resource. */
interface Written {
  readonly block: SourceBlock;
  /** Of its arguments those that the plan does not know all of. */
  readonly hidden: Mapping;
  readonly others: () => Mapping;
}

/** Null where nothing is hidden that the source may tell. */
function hiddenArguments(configuration: Configuration, resource: PlanResource): Written | null {
  const { willExist, mode, type, name, key, action, node } = resource;
  if (!willExist || !holdsTrue(node.unknown)) return null;
  const module = moduleAt(configuration, resource.module);
  const block = module?.source.find(mode === "data" ? "data" : "resource", [type, name]);
  if (module === null || block === null || block === undefined) return null;
  const hidden = hiddenNames(node.unknown, block.body);
  if (hidden.size === 0 && !(node.context !== null && mayHide(node.context))) return null;
  const place = { configuration, module, instance: { key, block: block.body } };
  const argumentsThat = (isWanted: (name: string) => boolean) =>
    withoutIgnored(workOutBody(place, block.body, isWanted), action, block.body);
  return {
    block,
    hidden: argumentsThat((each) => hidden.has(each)),
    others: () => argumentsThat((each) => !hidden.has(each)),
  };
}

/** What exists already keeps the values of attributes that are ignored. */
function withoutIgnored(value: Mapping, action: Action, { blocks }: Body): Mapping {
  if (action === "create" || action === "read") return value;
  const ignored = blocks
    .filter(({ type }) => type === "lifecycle")
    .flatMap(({ body }) => ignoredNames(body.attributes.get("ignore_changes")));
  if (ignored.includes("all")) return mapping("object", []);
  return mapping(
    "object",
    [...value.entries].filter(([name]) => !ignored.includes(name)),
  );
}

function ignoredNames(attribute: Attribute | undefined): readonly string[] {
  return attribute === undefined ? [] : firstNames(attribute.expression());
}

function filled(resource: PlanResource, value: Mapping): PlanResource {
  const { node } = resource;
  const made = fill(node.value, node.unknown, node.sensitiveMask, value, "");
  const isShown = node.context !== null && mayHide(node.context);
  if (!made.isChanged && !isShown) return resource;
  const context = isShown && node.context !== null ? ({ ...node.context, isComplete: true } as const) : node.context;
  return {
    ...resource,
    workedOut: made.paths,
    node: {
      ...node,
      context,
      value: made.value,
      unknown: made.unknown,
      sensitiveMask: made.sensitive,
      isWritten: true,
    },
  };
}
