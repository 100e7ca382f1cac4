import type { PlanResource } from "../../plan/read.ts";
import type { JoinContext } from "../context.ts";
import { expressServices } from "../ecs/express-services.ts";
import { launchPoints } from "../ecs/launch-points.ts";
import { attributeJoin, type ResourceJoin } from "./attribute-joins.ts";
import { buildJoins } from "./build-joins.ts";
import { groupJoins } from "./group-joins.ts";
import { imageJoins, type UsedImage } from "./image-joins.ts";
import { keyJoins } from "./key-joins.ts";
import { roleNamedBy } from "./relations.ts";
import { resourceJoins, secretJoin } from "./resource-joins.ts";

/** What a picture of the planned system is made of, beyond the resources themselves. */
export interface SystemJoins {
  readonly joins: readonly ResourceJoin[];
  /** Their joins are not among the others. */
  readonly images: readonly UsedImage[];
  /** What starts tasks: a target or a schedule that starts something else is none. */
  readonly launching: ReadonlySet<PlanResource>;
}

/** The joins that policies rest on, and those that only a picture shows: groups of rules, keys, images from elsewhere, what builds read. */
export function systemJoins(context: JoinContext): SystemJoins {
  const images = imageJoins(context);
  const ofImages = new Set(images.map(({ resource, path }) => `${resource.address} ${path}`));
  return {
    joins: [
      ...resourceJoins(context).filter(({ resource, path }) => !ofImages.has(`${resource.address} ${path}`)),
      ...expressServices(context).flatMap(({ references }) => references.mappings.map(secretJoin)),
      ...context.model.aws_cloudwatch_event_target.flatMap(({ resource, attributes }) =>
        attributeJoin(resource, attributes.role_arn, "aws_iam_role", roleNamedBy, context),
      ),
      ...buildJoins(context),
      ...groupJoins(context),
      ...keyJoins(context),
    ],
    images,
    launching: new Set(launchPoints(context).map(({ resource }) => resource)),
  };
}
