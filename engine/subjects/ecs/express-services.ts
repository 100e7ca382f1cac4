import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { elementsOf, Unknown } from "../../plan/unknown.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import type { Kind } from "../kinds.ts";
import { type SecretReferences, secretList } from "../secrets/secret-references.ts";
import type { Subject } from "../subject.ts";
import { environmentSubjects } from "./containers.ts";
import { imageSubject } from "./images.ts";

const name = "primary_container";

/** What `aws_ecs_express_gateway_service` (provider 6) runs: image, variables and secrets; no user, no file system. */
export interface ExpressService {
  readonly subjects: readonly Subject[];
  readonly references: SecretReferences;
}

export function expressServices(context: JoinContext): ExpressService[] {
  return context.model.aws_ecs_express_gateway_service.map((service) => expressService(service, context));
}

function expressService(
  { resource, attributes }: Modelled<"aws_ecs_express_gateway_service">,
  context: JoinContext,
): ExpressService {
  const containers = attributes.primary_container;
  const [container = null] = elementsOf(containers.value);
  if (container === null) return { subjects: [], references: { mappings: [], unread: [] } };
  if (container instanceof Unknown) {
    const unread = <K extends Kind>(kind: K) => unknownSubject(kind, resource, name, container, containers.path);
    return {
      subjects: [unread("container-image"), unread("environment-variable")],
      references: { mappings: [], unread: [unread("secret-reference")] },
    };
  }
  const nameless: Attribute<string | null> = { state: "unset", value: null, path: containers.path, sensitive: false };
  const secrets = mapAttribute(container.secret, (entries) =>
    entries.map((entry) => (entry instanceof Unknown ? entry : { name: entry.name, valueFrom: entry.value_from })),
  );
  return {
    subjects: [
      imageSubject({ resource, name, image: container.image, service: "ecs", container: null }, context),
      ...environmentSubjects(resource, name, container.environment, nameless, context),
    ],
    references: secretList(resource, name, secrets, context),
  };
}
