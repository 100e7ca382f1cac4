import type { Container } from "../model/container-fields.ts";
import type { Model, Modelled } from "../model/model.ts";
import { partName } from "../model/part-names.ts";
import type { PlanResource } from "../plan/read.ts";
import type { Maybe } from "../plan/unknown.ts";

/** A task definition with its containers. */
export interface Task {
  readonly resource: PlanResource;
  readonly definition: Modelled<"aws_ecs_task_definition">;
  readonly containers: Maybe<readonly Maybe<Container>[]>;
}

export function tasks(model: Model): Task[] {
  return model.aws_ecs_task_definition.map((definition) => ({
    resource: definition.resource,
    definition,
    containers: definition.attributes.container_definitions.containers,
  }));
}

/** The name of a container within its task definition: its position where it has none. */
export function containerName(container: Container, at: number): string {
  return partName("containers", at, container.name);
}
