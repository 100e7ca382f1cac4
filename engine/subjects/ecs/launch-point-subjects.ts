import type { LaunchNetwork } from "../../joins/launches.ts";
import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { monitoringFacts } from "../detection/monitoring.ts";
import { derivedFact, type FactOf, type SubjectOf, subject } from "../subject.ts";
import { type LaunchPoint, launchPoints } from "./launch-points.ts";
import { operatingSystem } from "./task-definitions.ts";

export function launchPointSubjects(context: JoinContext): SubjectOf<"launch-point">[] {
  return launchPoints(context).map((point) => launchPointSubject(point, context));
}

function launchPointSubject(point: LaunchPoint, context: JoinContext) {
  const { network } = point;
  return subject("launch-point", point.resource, null, {
    type: derivedFact(point.type),
    name: point.name,
    clusterName: clusterNameFact(point, context),
    deploymentController: point.deploymentController,
    launchTypes: point.launchTypes.types,
    isFargate: point.launchTypes.isFargate,
    platformVersion: point.platformVersion,
    operatingSystem: operatingSystemFact(point, context),
    hasNetworkConfiguration: mapAttribute(network, (written) => written !== null),
    assignPublicIp: networkFact(network, "assign_public_ip", (written) => written.assignPublicIp, false),
    subnets: networkFact(network, "subnets", (written) => written.subnets, []),
    securityGroups: networkFact(network, "security_groups", (written) => written.securityGroups, []),
    rollsBack: rollsBackFact(point),
    executeCommandEnabled: point.executeCommand,
    ...monitoringFacts(point, context),
  });
}

/**
 * By the circuit breaker or by alarms. CodeDeploy, and whatever else deploys, rolls back by its own means.
 * Source: ECS Developer Guide, "How the Amazon ECS deployment circuit breaker detects failures"; "How CloudWatch alarms detect
 * Amazon ECS deployment failures".
 */
function rollsBackFact({ launch, deploymentController }: LaunchPoint): FactOf<boolean> {
  if (launch.type !== "service") return derivedFact(true);
  const { deployment_circuit_breaker: breaker, alarms } = launch.of.attributes;
  const byBlock = ({ only: { enable, rollback } }: typeof breaker | typeof alarms) =>
    allOf([enable, rollback].map(({ value }) => test(value, (isSet) => isSet === true)));
  const isOfOthers = test(deploymentController.value, (type) => type !== "ECS");
  return derivedFact(anyOf([isOfOthers, byBlock(breaker), byBlock(alarms)]), { path: breaker.path });
}

function networkFact<T>(
  network: Attribute<LaunchNetwork | null>,
  name: string,
  select: (written: LaunchNetwork) => Attribute<T>,
  unset: T,
): FactOf<T> {
  const { value } = network;
  if (value instanceof Unknown) return { ...network, value };
  if (value !== null) return select(value);
  return { state: "unset", value: unset, path: `${network.path}[0].${name}`, sensitive: false };
}

function clusterNameFact({ cluster, resource }: LaunchPoint, context: JoinContext): FactOf<string | null> {
  const name = context.joins.clusterName(cluster.value, resource);
  if (cluster.value instanceof Unknown && !(name instanceof Unknown)) {
    const found = context.joins.named("aws_ecs_cluster", cluster.value, resource);
    const note = found.kind === "one" ? `the name of ${found.match.resource.address}` : null;
    return derivedFact(name, { path: cluster.path, note });
  }
  return mapAttribute(cluster, () => name);
}

function operatingSystemFact({ taskDefinition, resource }: LaunchPoint, context: JoinContext): FactOf<string | null> {
  const found = context.joins.named("aws_ecs_task_definition", taskDefinition.value, resource);
  if (found.kind === "one") {
    const address = found.match.resource.address;
    return { ...operatingSystem(found.match), address };
  }
  const { value, path } = taskDefinition;
  const references = value instanceof Unknown ? value.references : [];
  const unknown: Maybe<string> = new Unknown(
    "no-join",
    references,
    "the operating system of a task definition that is not found in this plan",
  );
  return derivedFact(unknown, { path });
}
