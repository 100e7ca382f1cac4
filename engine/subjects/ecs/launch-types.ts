import { oneOf } from "../../joins/join.ts";
import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type FactOf } from "../subject.ts";

export type Strategy = Modelled<"aws_ecs_service">["attributes"]["capacity_provider_strategy"];

/** What one entry of a strategy, or the launch type itself, runs tasks on. */
interface Capacity {
  /** FARGATE, FARGATE_SPOT, EC2, EXTERNAL or MANAGED_INSTANCES. */
  readonly launchType: Maybe<string>;
  /** Known even where the plan does not tell which other capacity it is. */
  readonly isFargate: Maybe<boolean>;
}

/** On what a launch point runs its tasks. */
export interface LaunchTypes {
  /** Of one launch type, or of every capacity provider of the strategy. */
  readonly types: FactOf<readonly Maybe<string>[]>;
  readonly isFargate: FactOf<boolean>;
}

/**
 * The launch types: the one that is written, else those of the capacity providers of the launch point, else those of the
 * default strategy of its cluster, else EC2. Source: ECS API Reference, CreateService.launchType; ECS Developer Guide,
 * "Amazon ECS launch types" and "Capacity providers".
 */
export function launchTypesOf(
  written: Attribute<string | null>,
  strategy: Strategy,
  cluster: Maybe<string | null>,
  resource: PlanResource,
  context: JoinContext,
): LaunchTypes {
  // AWS takes one of the two only, so a strategy tells that an unknown launch type will be none.
  const isStrategyOnly = written.value instanceof Unknown && strategy.state === "known";
  if (written.value !== null && !isStrategyOnly)
    return toLaunchTypes(mapAttribute(written, (type) => [capacityOfType(type ?? "")]));
  if (strategy.state !== "unset") return toLaunchTypes(capacities(strategy, resource, context));
  return toLaunchTypes(clusterCapacities(cluster, resource, context));
}

/** What Express Mode always takes. Source: ECS Developer Guide, "Resources created by Amazon ECS Express Mode services". */
export function fargateOnly(note: string): LaunchTypes {
  return toLaunchTypes(derivedFact([capacityOfType("FARGATE")], { note }));
}

/** Neither launch type nor strategy, as for a service whose task sets have them. */
export function noLaunchTypes(path: string, note: string): LaunchTypes {
  return { types: derivedFact([], { path, note }), isFargate: derivedFact(false, { path, note }) };
}

export function unknownLaunchTypes(unknown: Unknown, path: string): LaunchTypes {
  return { types: derivedFact(unknown, { path }), isFargate: derivedFact(unknown, { path }) };
}

function capacityOfType(launchType: string): Capacity {
  return { launchType, isFargate: launchType === "FARGATE" || launchType === "FARGATE_SPOT" };
}

function toLaunchTypes(from: FactOf<readonly Capacity[]>): LaunchTypes {
  const { value } = from;
  if (value instanceof Unknown) return { types: { ...from, value }, isFargate: { ...from, value } };
  // A strategy holds Fargate providers or others, never both, so one that is known tells of all.
  const known = value.find(({ isFargate }) => !(isFargate instanceof Unknown));
  const isFargate = (known ?? value[0])?.isFargate ?? false;
  return {
    types: { ...from, value: value.map(({ launchType }) => launchType) },
    isFargate: { ...from, value: isFargate, state: isFargate instanceof Unknown ? "unknown" : from.state },
  };
}

function capacities(strategy: Strategy, resource: PlanResource, context: JoinContext): Attribute<readonly Capacity[]> {
  return mapAttribute(strategy, (entries) => {
    const found = entries.flatMap((entry): Capacity[] => {
      if (entry instanceof Unknown) return [{ launchType: entry, isFargate: entry }];
      const name = entry.capacity_provider.value;
      // Beside an entry with an unknown provider the plan shows one with an empty provider, which nobody wrote.
      return name === null ? [] : [providerCapacity(name, resource, context)];
    });
    return found.length === 0 ? new Unknown("unexpected-shape") : found;
  });
}

function providerCapacity(name: Maybe<string | null>, resource: PlanResource, context: JoinContext): Capacity {
  if (name === "FARGATE" || name === "FARGATE_SPOT") return capacityOfType(name);
  const found = context.joins.named("aws_ecs_capacity_provider", name, resource);
  if (found.kind === "one") {
    const { auto_scaling_group_provider: group, managed_instances_provider: managed } = found.match.attributes;
    if (managed.state === "known") return capacityOfType("MANAGED_INSTANCES");
    if (group.state === "known") return capacityOfType("EC2");
  }
  const remark = `whether the capacity provider ${name instanceof Unknown ? "" : `${name} `}has EC2 instances or managed ones`;
  const unknown = new Unknown("no-join", name instanceof Unknown ? name.references : [], remark);
  // Only the two that AWS owns are Fargate.
  const isManagedHere = found.kind === "one" || found.kind === "several";
  return name instanceof Unknown && !isManagedHere
    ? { launchType: name, isFargate: name }
    : { launchType: unknown, isFargate: false };
}

function clusterCapacities(
  cluster: Maybe<string | null>,
  resource: PlanResource,
  context: JoinContext,
): FactOf<readonly Capacity[]> {
  const found = context.joins.named("aws_ecs_cluster", cluster, resource);
  if (found.kind === "unknown") return derivedFact(found.unknown, { path: "cluster" });
  if (found.kind !== "one") {
    const references = cluster instanceof Unknown ? cluster.references : [];
    const outside = "the default capacity provider strategy of a cluster outside of this plan";
    return derivedFact(
      found.kind === "none"
        ? new Unknown("no-join", references, outside)
        : oneOf(found.matches, "it runs on", references),
    );
  }
  const { certain, possible } = context.joins.to(found.match, "capacityCluster");
  const [own] = certain;
  const strategy = own?.source.attributes.default_capacity_provider_strategy;
  if (own !== undefined && strategy !== undefined && strategy.state !== "unset") {
    const from = own.source.resource;
    const note = `the default of ${found.match.resource.address}`;
    return { ...capacities(strategy, from, context), address: from.address, note };
  }
  const [other] = possible;
  const open = other === undefined || (own !== undefined && own.at < other.at) ? null : other.unknown;
  const note = `neither launch type nor strategy, and ${found.match.resource.address} has no default strategy`;
  return derivedFact(open ?? [capacityOfType("EC2")], open === null ? { note } : {});
}
