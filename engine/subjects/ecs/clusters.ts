import type { Launch } from "../../joins/launches.ts";
import { anySource, type NamedFrom } from "../../joins/reverse.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { waitsOn } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type FactOf, type SubjectOf, subject } from "../subject.ts";
import { containerInsightsFacts } from "./container-insights.ts";
import { type LaunchPoint, pointsByLaunch } from "./launch-points.ts";

type Cluster = Modelled<"aws_ecs_cluster">;

export function clusterSubjects(context: JoinContext): SubjectOf<"ecs-cluster">[] {
  return context.model.aws_ecs_cluster.map((cluster) => clusterSubject(cluster, context));
}

function clusterSubject(cluster: Cluster, context: JoinContext) {
  const { resource, attributes } = cluster;
  const points = executingPoints(cluster, context);
  return subject("ecs-cluster", resource, null, {
    name: attributes.name,
    ...containerInsightsFacts(cluster, context),
    ...sessionFacts(cluster),
    runsOnFargate: derivedFact(runsOnFargate(cluster, context)),
    hasStorageKey: isSet(
      attributes.configuration.only.managed_storage_configuration.only.fargate_ephemeral_storage_kms_key_id,
      ["aws_kms_key", "aws_kms_alias"],
    ),
    runsExecuteCommand: derivedFact(anyOf(points.map(({ runs }) => runs)), { note: describe(points) }),
    executeCommandTasksUseAwslogs: derivedFact(tasksUseAwslogs(points), { note: describe(points) }),
  });
}

function runsOnFargate(cluster: Cluster, context: JoinContext): Maybe<boolean> {
  const points = pointsByLaunch(context);
  return anySource(
    context.joins.to(cluster, "launchCluster"),
    (launch) => points.get(launch)?.launchTypes.isFargate.value ?? false,
  );
}

/** How sessions of ECS Exec are recorded. Source: ECS API Reference, ExecuteCommandConfiguration. */
function sessionFacts({ attributes }: Cluster) {
  const session = attributes.configuration.only.execute_command_configuration.only;
  const log = session.log_configuration.only;
  return {
    executeCommandLogging: session.logging,
    executeCommandHasKmsKey: isSet(session.kms_key_id, ["aws_kms_key", "aws_kms_alias"]),
    executeCommandHasLogGroup: isSet(log.cloud_watch_log_group_name, ["aws_cloudwatch_log_group"]),
    executeCommandHasBucket: isSet(log.s3_bucket_name, ["aws_s3_bucket"]),
    executeCommandLogGroupEncrypted: log.cloud_watch_encryption_enabled,
    executeCommandBucketEncrypted: log.s3_bucket_encryption_enabled,
  };
}

/** Whether an attribute names something; one that waits on resources of these types only names one of them. */
function isSet(named: Attribute<string | null>, types: readonly string[]): FactOf<boolean> {
  const { value } = named;
  if (!(value instanceof Unknown)) return { ...named, value: value !== null };
  const ends = value.references.flatMap(({ end }) => ("target" in end ? [end.target.type] : [end.deadEnd]));
  const open = ends.filter((end) => end !== "variable");
  const isNamed = open.length > 0 && open.every((end) => types.includes(end));
  return isNamed
    ? derivedFact(true, { path: named.path, note: `names ${waitsOn(value.references).join(", ")}` })
    : { ...named, value };
}

/** A launch point that may run on the cluster with ECS Exec enabled. */
interface Executing {
  readonly point: LaunchPoint;
  readonly runs: Maybe<true>;
  readonly usesAwslogs: Maybe<boolean>;
  readonly at: number;
}

function executingPoints(cluster: Cluster, context: JoinContext): Executing[] {
  const { certain, possible } = context.joins.to(cluster, "launchCluster");
  const sure = certain.flatMap(({ source, at }) => executing(source, true, at, context));
  return [...sure, ...possiblyExecuting(context)(possible)].sort((one, other) => one.at - other.at);
}

/** Of the launch points that may run on a cluster those that decide, which many clusters share. */
const possiblyExecuting = once((context: JoinContext) =>
  once((possible: NamedFrom<Launch>["possible"]): readonly Executing[] => {
    const all = possible.flatMap(({ source, unknown, at }) => executing(source, unknown, at, context));
    const [first] = all;
    const open = all.find(({ usesAwslogs }) => usesAwslogs !== true);
    return [...new Set([first, open])].filter((each) => each !== undefined);
  }),
);

function executing(launch: Launch, runsOn: Maybe<true>, at: number, context: JoinContext): Executing[] {
  const point = pointsByLaunch(context).get(launch);
  const runs = allOf([point?.executeCommand.value ?? false, runsOn]);
  if (point === undefined || runs === false) return [];
  // The tasks of such a service are those of its task sets.
  const isOfTaskSets = point.type === "service" && point.taskDefinition.value === null;
  const onlyAwslogs = isOfTaskSets || usesAwslogsOnly(point, context);
  // A launch point that may run elsewhere proves nothing against the cluster.
  const usesAwslogs = onlyAwslogs === false && runs instanceof Unknown ? runs : onlyAwslogs;
  return [{ point, runs, usesAwslogs, at }];
}

/**
 * With the logging DEFAULT sessions go where the driver awslogs of the task definition sends logs; without that driver
 * they are not recorded. What becomes of a session where only some containers have it, AWS does not say.
 */
function tasksUseAwslogs(points: readonly Executing[]): Maybe<boolean> {
  return points.length === 0
    ? new Unknown("no-join", [], "no launch point of this plan with ECS Exec runs on the cluster")
    : allOf(points.map(({ usesAwslogs }) => usesAwslogs));
}

const tasksByDefinition = once(
  ({ joins }: JoinContext) => new Map(joins.tasks().map((task) => [task.definition, task])),
);

function usesAwslogsOnly({ launch, taskDefinition, resource }: LaunchPoint, context: JoinContext): Maybe<boolean> {
  const found = context.joins.from(launch, "launchDefinition");
  const task = found.kind === "one" ? tasksByDefinition(context).get(found.match) : undefined;
  if (task === undefined) {
    const references = taskDefinition.value instanceof Unknown ? taskDefinition.value.references : [];
    return new Unknown("no-join", references, `the logs of what ${resource.address} runs`);
  }
  if (task.containers instanceof Unknown) return task.containers;
  const drivers = task.containers.map((container): Maybe<boolean> => {
    if (container instanceof Unknown) return container;
    const log = container.logConfiguration.value;
    if (log instanceof Unknown || log === null) return log ?? false;
    return test(log.logDriver.value, (driver) => driver === "awslogs");
  });
  if (allOf(drivers) !== false) return allOf(drivers);
  const remark = `only some containers of ${task.definition.resource.address} log by awslogs`;
  return anyOf(drivers) === false ? false : new Unknown("no-join", [], remark);
}

function describe(points: readonly Executing[]): string {
  const addresses = points.filter(({ runs }) => runs === true).map(({ point }) => point.resource.address);
  if (addresses.length > 0) return `ECS Exec is enabled by ${addresses.join(", ")}`;
  return points.length > 0
    ? "the plan does not show which launch points with ECS Exec run on it"
    : "no launch point of this plan with ECS Exec runs on it";
}
