import { parseImageReference } from "../../model/image-reference.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { containerName } from "../ecs/containers.ts";
import { taskDefinitions } from "../ecs/task-definitions.ts";
import type { ResourceJoin } from "./attribute-joins.ts";
import { repositoryOfImage } from "./relations.ts";

/** An image that something of the plan runs. */
export interface UsedImage extends ResourceJoin {
  /** `docker.io/datadog/agent`; null where the plan tells none, or something that is no name of an image. */
  readonly name: string | null;
}

/** The images of containers, Express Mode services and functions, with the repository that each is pulled from. */
export function imageJoins(context: JoinContext): UsedImage[] {
  const { model } = context;
  const containers = taskDefinitions(context, []).flatMap(({ definition: { resource }, containers: all }) =>
    (all instanceof Unknown ? [] : all).flatMap((container, at) =>
      container instanceof Unknown
        ? []
        : [used(resource, `${containerName(container, at)}: ${container.image.path}`, container.image.value, context)],
    ),
  );
  const express = model.aws_ecs_express_gateway_service.flatMap(({ resource, attributes }) => {
    const { value } = attributes.primary_container;
    return (value instanceof Unknown ? [] : value).flatMap((container) =>
      container instanceof Unknown ? [] : [used(resource, container.image.path, container.image.value, context)],
    );
  });
  const functions = model.aws_lambda_function.flatMap(({ resource, attributes: { image_uri: image } }) =>
    image.state === "unset" ? [] : [used(resource, image.path, image.value, context)],
  );
  return [...containers, ...express, ...functions];
}

function used(resource: PlanResource, path: string, value: Maybe<string | null>, context: JoinContext): UsedImage {
  const image = typeof value === "string" ? parseImageReference(value) : null;
  return {
    resource,
    path,
    to: "aws_ecr_repository",
    join: repositoryOfImage(value, resource, context),
    name: image === null ? null : `${image.registry}/${image.repository}`,
  };
}
