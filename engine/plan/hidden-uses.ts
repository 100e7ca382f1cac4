import { append } from "../lists.ts";
import { once } from "../once.ts";
import { type ModuleStep, parseModule, parseTraversal } from "./address.ts";
import {
  anyOf,
  dependenciesOf,
  identityOf,
  localsIn,
  type ModuleUses,
  moduleAt,
  resourceNameOf,
  type Uses,
  usesOf,
} from "./config-uses.ts";
import { type NamedAttribute, resourceIn } from "./configuration.ts";
import type { PlanDocument } from "./envelope.ts";
import { isJsonObject, ownMember } from "./json.ts";
import { holdsTrue } from "./node.ts";

/**
 * Where something uses a value that is decided at apply and no expression of the plan shows it.
 *
 * `dynamic` blocks are not in the configuration of a plan. Of one over a list that is decided at apply nothing is in the
 * planned values either, where the provider computes such blocks: `setting` of a cluster is unknown with and without it.
 * But `relevant_attributes` lists what resources are made of, dynamic blocks and locals included. An attribute that
 * stands there, is unknown, and that no expression of its module, of modules that are given it, or of those that get it
 * as an output shows, is used by something hidden. No resource can have it that it is made of itself.
 *
 * A local, or a dynamic block that has made something known, may use an attribute too and does not show it. Where one of
 * these is unknown and is called as the attribute or its resource is, it is taken for the user of the attribute. Of what may
 * be a list or a map (`output` of terraform_data) such blocks are made, so that nothing but its own name accounts for it.
 * Source: Terraform's globalref, ContributingResourceReferences.
 */
export type HiddenUses = (module: readonly ModuleStep[], resource: string) => boolean;

/** What a module uses and does not show. */
interface HiddenUse {
  /** Where the resource stands that has the attribute. */
  readonly module: ModuleUses;
  readonly resource: string;
}

/** What an attribute is made of: none of it can use the attribute. */
const dependencies = once(({ module, resource }: HiddenUse) => dependenciesOf(module, resource));

export function hiddenUses(document: PlanDocument, isKnown: (named: NamedAttribute) => boolean): HiddenUses {
  const relevant = document.relevant_attributes ?? [];
  const rootModule = document.configuration?.root_module;
  if (relevant.length === 0 || rootModule === undefined) return () => false;
  let found: ReadonlyMap<string, readonly HiddenUse[]> | null = null;
  return (module, resource) => {
    found ??= hiddenByModule(document, usesOf(rootModule), isKnown);
    const path = module.map(({ name }) => name).join(".");
    const identity = identityOf(path, resource);
    return (found.get(path) ?? []).some((use) => !dependencies(use).has(identity));
  };
}

function hiddenByModule(
  document: PlanDocument,
  root: ModuleUses,
  isKnown: (named: NamedAttribute) => boolean,
): Map<string, HiddenUse[]> {
  const others = otherUsers(document);
  const planned = plannedResources(document);
  const hidden = new Map<string, HiddenUse[]>();
  const seen = new Set<string>();
  for (const {
    resource,
    attribute: [attribute],
  } of document.relevant_attributes ?? []) {
    const named = namedBy(resource, typeof attribute === "string" ? attribute : "");
    if (named === null || isKnown(named)) continue;
    const module = moduleAt(root, named.module);
    const name = nameOf(named);
    const identity = `${module?.path} ${name}`;
    if (module === null || seen.has(identity)) continue;
    // Of a resource with no instance the value is an empty list or map.
    if (planned?.has(identityOf(module.path, resourceNameOf(named))) === false) continue;
    seen.add(identity);
    const use = { module, resource: resourceNameOf(named) };
    for (const path of hidingModules(module, named, others)) {
      const uses = hidden.get(path);
      if (uses === undefined) hidden.set(path, [use]);
      else uses.push(use);
    }
  }
  return hidden;
}

/** The resources that have an instance, by `identityOf`; null where the plan holds a part of the resources only. */
function plannedResources({ complete, resource_changes: changes = [] }: PlanDocument): Set<string> | null {
  if (complete === false) return null;
  return new Set(
    changes.map((change) => identityOf(configPath(change.module_address).join("."), resourceNameOf(change))),
  );
}

/** The names of the calls that lead to a module. */
function configPath(address = ""): string[] {
  return (parseModule(address) ?? []).map(({ name }) => name);
}

interface Named {
  readonly module: ModuleUses;
  readonly name: string;
}

/** The modules that may use an attribute where nothing shows it; none where that may be shown somewhere. */
function hidingModules(first: ModuleUses, attribute: NamedAttribute, others: OtherUsers): string[] {
  const isList = mayBeList(attribute);
  const passed = new Set<string>();
  const paths: string[] = [];
  const left: Named[] = [{ module: first, name: nameOf(attribute) }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { module, name } = next;
    const identity = `${module.path} ${name}`;
    if (passed.has(identity)) continue;
    passed.add(identity);
    const uses = usesUnder(next);
    if (uses.some((each) => isShown(each, module))) return [];
    if (!isList && (isUnusedOutput(next, uses) || hasOtherUser(module, attribute, others))) return [];
    paths.push(module.path);
    append(
      left,
      uses.flatMap((each) => passedOn(each, module)),
    );
  }
  return paths;
}

/** Terraform lists what the outputs of all modules are made of, used or not. */
function isUnusedOutput({ name }: Named, uses: readonly Uses[]): boolean {
  return name.startsWith("module.") && uses.length === 0;
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

function nameOf(named: NamedAttribute): string {
  const own = resourceNameOf(named);
  return named.attribute === "" ? anyOf(own) : `${own}.${named.attribute}`;
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

/** By module: the last words of the names of what is unknown and may be made of anything. */
type OtherUsers = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Unknown attributes of which an expression names a local, with these locals, and what is unknown in blocks of which the
 * configuration shows none, so that a dynamic one made them.
 */
function otherUsers({ resource_changes: changes = [], configuration }: PlanDocument): OtherUsers {
  const users = new Map<string, Set<string>>();
  const seen = new Set<string>();
  for (const { module_address: address, mode, type, name, change } of changes) {
    const path = configPath(address);
    let module = configuration?.root_module;
    for (const step of path) module = module?.module_calls?.[step]?.module;
    const config = module === undefined ? null : resourceIn(module, mode, type, name);
    const words = users.get(path.join(".")) ?? new Set();
    users.set(path.join("."), words);
    for (const [key, unknown] of Object.entries(Object(change.after_unknown))) {
      const identity = `${path.join(".")} ${mode} ${type} ${name} ${key}`;
      if (config === null || seen.has(identity) || !holdsTrue(unknown)) continue;
      seen.add(identity);
      for (const each of usersIn(key, ownMember(config.expressions, key), ownMember(change.after, key), unknown))
        words.add(lastWord(each));
    }
  }
  return users;
}

function usersIn(key: string, expression: unknown, after: unknown, unknown: unknown): string[] {
  if (expression !== undefined) {
    const locals = localsIn(expression);
    return locals.length === 0 ? [] : [key, ...locals];
  }
  if (!Array.isArray(after) || !Array.isArray(unknown)) return [];
  return unknown.flatMap((block) => [key, ...Object.keys(isJsonObject(block) ? block : {})]);
}

/** Whether something that may use the attribute is called as the attribute or its resource is. */
function hasOtherUser(module: ModuleUses, { type, attribute }: NamedAttribute, others: OtherUsers): boolean {
  const users = others.get(module.path);
  return [attribute, ...type.split("_").slice(1)]
    .map(lastWord)
    .some((word) => users?.has(word) === true || passedWords(module).has(word));
}

/** What locals are called that outputs and arguments of calls are made of. */
const passedWords = once(({ passedLocals }: ModuleUses) => new Set([...passedLocals].map(lastWord)));

/** `group` of `security_groups`. */
function lastWord(name: string): string {
  return (name.split("_").at(-1) ?? name).replace(/(?<=[^s])s$/, "");
}

/**
 * Whether an attribute may hold a list or a map that is unknown as a whole, or the JSON of one: names in the plural, and those
 * of what holds anything. Most that are decided at apply are an ARN, an id or a name; how many instances a resource has is known.
 */
function mayBeList({ type, attribute }: NamedAttribute): boolean {
  if (/^(?:terraform_|external$|http$)/.test(type)) return true;
  return /(?:[^su]s|^(?:.*_)?(?:all|body|content|data|output|result|string|value))$/.test(attribute);
}
