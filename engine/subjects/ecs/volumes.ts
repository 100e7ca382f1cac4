import { containerName } from "../../joins/tasks.ts";
import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import { partName } from "../../model/part-names.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { normalisePath } from "./host-paths.ts";
import { fargateFacts, type TaskDefinition, taskDefinitions } from "./task-definitions.ts";

type Volumes = TaskDefinition["definition"]["attributes"]["volume"];
type Volume = Exclude<Exclude<Volumes["value"], Unknown>[number], Unknown>;

/** The volumes of a task definition. */
export function volumeSubjects(context: JoinContext): SubjectOf<"task-volume">[] {
  return taskDefinitions(context).flatMap(volumesOf);
}

function volumesOf(task: TaskDefinition) {
  const { resource, attributes } = task.definition;
  const { value, path } = attributes.volume;
  if (value instanceof Unknown) return [unknownSubject("task-volume", resource, "volume", value, path)];
  return value.map((volume, at) => {
    if (volume instanceof Unknown)
      return unknownSubject("task-volume", resource, `volume/${at}`, volume, `${path}[${at}]`);
    return subject(
      "task-volume",
      resource,
      `volume/${partName("volumes", at, volume.name)}`,
      volumeFacts(volume, task),
    );
  });
}

function volumeFacts(volume: Volume, task: TaskDefinition) {
  const mounts = mountsOf(volume.name.value, task);
  const docker = volume.docker_volume_configuration;
  return {
    name: volume.name,
    hostPath: { ...hostPath(volume), note: describeMounts(mounts) },
    isReadOnly: derivedFact(
      mounts instanceof Unknown ? mounts : allOf([mounts.length > 0, ...mounts.map(({ readOnly }) => readOnly)]),
      { path: task.definition.attributes.container_definitions.path, note: describeMounts(mounts) },
    ),
    isSharedAcrossTasks: derivedFact(
      allOf([test(docker.only.scope.value, (scope) => scope === "shared"), docker.only.autoprovision.value]),
      { path: docker.path },
    ),
    ...fargateFacts(task),
    ...efsFacts(volume),
  };
}

/** A local Docker volume binds a path of the host where `device` is one; devices of network drives are none. */
function hostPath(volume: Volume): Attribute<string | null> {
  const own = mapAttribute(volume.host_path, (path) => (path === null ? null : normalisePath(path)));
  if (own.value !== null) return own;
  const { driver: chosen, driver_opts: options } = volume.docker_volume_configuration.only;
  const driver = chosen.value;
  if (!(driver instanceof Unknown) && driver !== "local") return own;
  const device: Attribute<string | null> = mapAttribute(options, (map) => map["device"] ?? null);
  const bound = mapAttribute(device, (path) => {
    const isHostPath = path !== null && (/^\/(?!\/)/.test(path) || /^[A-Za-z]:[\\/]/.test(path));
    if (!isHostPath) return null;
    return driver instanceof Unknown ? driver : normalisePath(path);
  });
  return { ...bound, path: `${options.path}.device` };
}

/** How one container mounts a volume. */
interface Mount {
  readonly container: string;
  readonly readOnly: Maybe<boolean>;
}

/** All mounts of the volume; `volumesFrom` gives a container no more than the mount that it repeats. */
function mountsOf(volume: Maybe<string | null>, { containers }: TaskDefinition): Maybe<Mount[]> {
  if (volume instanceof Unknown) return volume;
  if (containers instanceof Unknown) return containers;
  const mounts: Mount[] = [];
  for (const [at, container] of containers.entries()) {
    if (container instanceof Unknown) return container;
    const points = container.mountPoints.value;
    if (points instanceof Unknown) return points;
    for (const point of points) {
      if (point instanceof Unknown) return point;
      const source = point.sourceVolume.value;
      if (source instanceof Unknown) return source;
      if (source === volume) mounts.push({ container: containerName(container, at), readOnly: point.readOnly.value });
    }
  }
  return mounts;
}

function describeMounts(mounts: Maybe<readonly Mount[]>): string | null {
  if (mounts instanceof Unknown) return null;
  if (mounts.length === 0) return "no container mounts it";
  const mode = (readOnly: Maybe<boolean>) =>
    readOnly instanceof Unknown ? "read-only or not" : readOnly ? "read-only" : "for writing";
  return `mounted by ${mounts.map(({ container, readOnly }) => `${container} (${mode(readOnly)})`).join(", ")}`;
}

function efsFacts(volume: Volume) {
  const efs = volume.efs_volume_configuration;
  const authorization = efs.only.authorization_config.only;
  return {
    isEfs: derivedFact(
      test(efs.value, (blocks) => blocks.length > 0),
      { path: efs.path },
    ),
    efsTransitEncryption: efs.only.transit_encryption,
    efsIamAuthorization: authorization.iam,
    efsAccessPoint: authorization.access_point_id,
  };
}
