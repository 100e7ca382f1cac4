import fc from "fast-check";

/** How a resource names another one: by a value, or by a reference of its expression. */
interface Link {
  readonly by: "value" | "own" | "child" | "parent" | "local";
  /** Which value of the pool, or which resource, counted round. */
  readonly to: number;
  readonly child: number;
  /** How an instance is picked: all of them, by the own key, or by a literal one. */
  readonly pick: "all" | "own-key" | "literal";
}

interface Part {
  /** The keys of `for_each` by number; null where it is not repeated. */
  readonly keys: readonly number[] | null;
  readonly link: Link;
  /** What its own name is; null where it is known only after apply. */
  readonly value: number | null;
  readonly flag: boolean;
}

const types = {
  repositories: "aws_ecr_repository",
  policies: "aws_ecr_lifecycle_policy",
  tasks: "aws_ecs_task_definition",
  services: "aws_ecs_service",
} as const;
type Group = keyof typeof types;
const groups = ["repositories", "policies", "tasks", "services"] as const;

/** A module without names. */
export interface RandomModule {
  readonly keys: readonly number[] | null;
  readonly parts: Readonly<Record<Group, readonly Part[]>>;
  readonly children: readonly RandomModule[];
}

const keySet = fc.option(fc.subarray([0, 1, 2], { minLength: 1 }), { nil: null });
const part: fc.Arbitrary<Part> = fc.record({
  keys: keySet,
  link: fc.record({
    by: fc.constantFrom("value", "own", "own", "child", "parent", "local"),
    to: fc.nat(3),
    child: fc.nat(1),
    pick: fc.constantFrom("all", "own-key", "literal"),
  }),
  value: fc.option(fc.nat(3), { nil: null }),
  flag: fc.boolean(),
});
const parts = fc.record({
  repositories: fc.array(part, { maxLength: 2 }),
  policies: fc.array(part, { maxLength: 2 }),
  tasks: fc.array(part, { maxLength: 2 }),
  services: fc.array(part, { maxLength: 2 }),
});
const leaf = fc.record({ keys: keySet, parts, children: fc.constant<readonly RandomModule[]>([]) });
const middle = fc.record({ keys: keySet, parts, children: fc.array(leaf, { maxLength: 1 }) });

/** Repositories, lifecycle policies, task definitions and services in modules and instances, joined in all ways. */
export const configuration: fc.Arbitrary<RandomModule> = fc.record({
  keys: fc.constant(null),
  parts,
  children: fc.array(middle, { maxLength: 2 }),
});

/**
 * Words for modules, resources, keys and values alike, so that a join by name would find what has the same name by chance.
 * All are of one length, so that their order is that of any address they stand in.
 */
const words = ["api", "app", "bus", "job", "log", "web"];

/** Gives names in rising order: a new report has its findings in the same order. */
export interface Names {
  readonly pick: (count: number) => string[];
  readonly keys: readonly string[];
}

export function namesFrom(seed: number): Names {
  let state = seed % 2147483647;
  const next = (below: number) => {
    // Park and Miller's generator.
    state = (state * 48271 + 11) % 2147483647;
    return state % below;
  };
  const pick = (count: number) => {
    const left = [...words];
    while (left.length > count) left.splice(next(left.length), 1);
    return left;
  };
  return { keys: pick(3), pick };
}

interface Expression {
  readonly references: readonly string[];
}

/** A module as its resources are written in it. */
interface Scope {
  readonly module: RandomModule;
  readonly names: Readonly<Record<Group, readonly string[]>>;
  readonly children: readonly Scope[];
  readonly childNames: readonly string[];
  readonly inputs: Map<string, Expression>;
  readonly parent: Scope | null;
}

/** The plan as Terraform would write it, and a function that puts what stands for a resource in place of its address. */
export function render(root: RandomModule, names: Names): { plan: unknown; canonical: (text: string) => string } {
  const scope = nameModule(root, names, null);
  const addresses = new Map<string, string>();
  const changes: unknown[] = [];
  const module = renderModule(scope, [{ address: "", id: "root" }], { changes, addresses, keys: names.keys });
  const plan = {
    format_version: "1.2",
    terraform_version: "1.11.4",
    errored: false,
    complete: true,
    applyable: true,
    resource_changes: changes,
    configuration: { provider_config: { aws: { name: "aws", expressions: {} } }, root_module: module },
  };
  const longestFirst = [...addresses.keys()].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(
    `(?<![A-Za-z0-9_.])(?:${longestFirst.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})(?![A-Za-z0-9_\\[-])`,
    "g",
  );
  return {
    plan,
    canonical: (text) =>
      longestFirst.length === 0 ? text : text.replace(pattern, (found) => addresses.get(found) ?? ""),
  };
}

function nameModule(module: RandomModule, names: Names, parent: Scope | null): Scope {
  const own = {
    repositories: names.pick(module.parts.repositories.length),
    policies: names.pick(module.parts.policies.length),
    tasks: names.pick(module.parts.tasks.length),
    services: names.pick(module.parts.services.length),
  };
  const children: Scope[] = [];
  const scope: Scope = {
    module,
    names: own,
    children,
    childNames: names.pick(module.children.length),
    inputs: new Map(),
    parent,
  };
  for (const child of module.children) children.push(nameModule(child, names, scope));
  return scope;
}

interface Output {
  readonly changes: unknown[];
  readonly addresses: Map<string, string>;
  readonly keys: readonly string[];
}

/** An instance of a module: its address, and what stands for it. */
interface Instance {
  readonly address: string;
  readonly id: string;
}

function renderModule(scope: Scope, instances: readonly Instance[], output: Output): unknown {
  const resources = groups.flatMap((group) =>
    scope.module.parts[group].map((each, at) => renderResource(scope, group, each, at, instances, output)),
  );
  const calls = scope.children.map((child, at): [string, unknown] => {
    const name = scope.childNames[at] ?? "";
    const inner = instances.flatMap(({ address, id }) =>
      keysOf(child.module.keys, output.keys).map(({ text, number }) => ({
        address: `${address}module.${name}${text}.`,
        id: `${id}/${at}${number}`,
      })),
    );
    for (const each of inner) output.addresses.set(each.address.slice(0, -1), `<${each.id}>`);
    // A reference names a call of its own module: calls of several modules may have one name, so that it gets no number.
    output.addresses.set(`module.${name}`, "<module>");
    // Its resources first: they say which inputs it takes.
    const module = renderModule(child, inner, output);
    return [name, { expressions: Object.fromEntries(child.inputs), module }];
  });
  const outputs = scope.module.parts.repositories.map((each, at): [string, unknown] => [
    `output${at}`,
    { expression: { references: ownReferences(scope, "repositories", each, at, { keys: output.keys, pick: "all" }) } },
  ]);
  return { resources, outputs: Object.fromEntries(outputs), module_calls: Object.fromEntries(calls) };
}

function keysOf(numbers: readonly number[] | null, keys: readonly string[]) {
  if (numbers === null) return [{ text: "", number: "", key: null }];
  return numbers.map((number) => ({ text: `["${keys[number]}"]`, number: `[${number}]`, key: keys[number] ?? "" }));
}

const word = (number: number) => words[number] ?? "";

function renderResource(
  scope: Scope,
  group: Group,
  each: Part,
  at: number,
  instances: readonly Instance[],
  { changes, addresses, keys }: Output,
): unknown {
  const type = types[group];
  const name = scope.names[group][at] ?? "";
  const references = referencesOf(scope, group, each, at, keys);
  const { after, unknown, expressions } = attributesOf(group, each, references);
  const base = { mode: "managed", type, name };
  for (const { address, id } of instances) {
    addresses.set(`${address}${type}.${name}`, `<${id} ${group} ${at}>`);
    for (const { text, number, key } of keysOf(each.keys, keys)) {
      const own = `${address}${type}.${name}${text}`;
      addresses.set(own, `<${id} ${group} ${at}${number}>`);
      changes.push({
        ...base,
        address: own,
        ...(address === "" ? {} : { module_address: address.slice(0, -1) }),
        ...(key === null ? {} : { index: key }),
        provider_name: "registry.terraform.io/hashicorp/aws",
        change: {
          actions: ["create"],
          before: null,
          after,
          after_unknown: unknown,
          before_sensitive: false,
          after_sensitive: {},
        },
      });
    }
  }
  return { ...base, address: `${type}.${name}`, provider_config_key: "aws", expressions };
}

/** The planned attributes of a resource; one that it makes by a reference is unknown. */
function attributesOf(group: Group, { link, value, flag }: Part, references: readonly string[] | null) {
  const expression = references === null ? { constant_value: word(link.to) } : { references };
  const linked = (attribute: string, known: unknown) => ({
    after: references === null ? { [attribute]: known } : {},
    unknown: references === null ? {} : { [attribute]: true },
    expressions: { [attribute]: expression },
  });
  const later = { references: ["terraform_data.later.output", "terraform_data.later"] };
  const named = (attribute: string) => ({
    after: value === null ? {} : { [attribute]: word(value) },
    unknown: value === null ? { [attribute]: true } : {},
    expressions: { [attribute]: value === null ? later : { constant_value: word(value) } },
  });
  switch (group) {
    case "repositories":
      return merge(named("name"), {
        after: { image_tag_mutability: flag ? "IMMUTABLE" : "MUTABLE" },
        unknown: { arn: true, repository_url: true },
        expressions: {},
      });
    case "policies":
      return linked("repository", word(link.to));
    case "tasks": {
      const image = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${word(link.to)}:1`;
      const containers = linked("container_definitions", JSON.stringify([{ name: "web", image, privileged: flag }]));
      return merge(merge(named("family"), containers), { after: {}, unknown: { arn: true }, expressions: {} });
    }
    case "services":
      return merge(linked("task_definition", word(link.to)), {
        after: { launch_type: flag ? "FARGATE" : "EC2" },
        unknown: {},
        expressions: { launch_type: { constant_value: "" } },
      });
  }
}

interface Attributes {
  readonly after: object;
  readonly unknown: object;
  readonly expressions: object;
}

function merge(one: Attributes, other: Attributes): Attributes {
  return {
    after: { ...one.after, ...other.after },
    unknown: { ...one.unknown, ...other.unknown },
    expressions: { ...one.expressions, ...other.expressions },
  };
}

/** What the expression of a link refers to; null where it is a value. */
function referencesOf(
  scope: Scope,
  group: Group,
  { link }: Part,
  at: number,
  keys: readonly string[],
): string[] | null {
  const wanted = group === "services" ? "tasks" : "repositories";
  const how = { keys, pick: link.pick };
  switch (link.by) {
    case "value":
      return null;
    case "local":
      return ["local.name"];
    case "own":
      return targetIn(scope, wanted, link, how) ?? ["local.name"];
    case "parent": {
      const references =
        scope.parent === null
          ? null
          : targetIn(scope.parent, wanted, link, { ...how, pick: link.pick === "own-key" ? "all" : link.pick });
      if (references === null) return ["local.name"];
      scope.inputs.set(`${group}${at}`, { references });
      return [`var.${group}${at}`];
    }
    case "child":
      return childOutput(scope, link, how) ?? ["local.name"];
  }
}

interface How {
  readonly keys: readonly string[];
  readonly pick: Link["pick"];
}

function targetIn(scope: Scope, group: Group, { to }: Link, how: How): string[] | null {
  const found = scope.module.parts[group];
  const at = found.length === 0 ? -1 : to % found.length;
  const target = found[at];
  return target === undefined ? null : ownReferences(scope, group, target, at, how);
}

/** As Terraform lists them: the full path, then each shorter one; with a key that is no literal the attribute is lost. */
function ownReferences(scope: Scope, group: Group, target: Part, at: number, { keys, pick }: How): string[] {
  const address = `${types[group]}.${scope.names[group][at]}`;
  const attribute = group === "tasks" ? "arn" : "repository_url";
  if (target.keys === null) return [`${address}.${attribute}`, address];
  if (pick === "all") return [address];
  if (pick === "own-key") return [address, "each.key"];
  const key = `["${keys[target.keys[0] ?? 0]}"]`;
  return [`${address}${key}.${attribute}`, `${address}${key}`, address];
}

function childOutput(scope: Scope, { child, to }: Link, { keys, pick }: How): string[] | null {
  const at = scope.children.length === 0 ? -1 : child % scope.children.length;
  const called = scope.children[at];
  const outputs = called?.module.parts.repositories.length ?? 0;
  if (called === undefined || outputs === 0) return null;
  const module = `module.${scope.childNames[at]}`;
  const name = `output${to % outputs}`;
  if (called.module.keys === null) return [`${module}.${name}`, module];
  if (pick !== "literal") return [module, "each.key"];
  const key = `["${keys[called.module.keys[0] ?? 0]}"]`;
  return [`${module}${key}.${name}`, `${module}${key}`];
}
