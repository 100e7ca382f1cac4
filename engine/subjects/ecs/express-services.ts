import type { Modelled } from "../../model/model.ts";
import { elementsOf, Unknown } from "../../plan/unknown.ts";
import type { Kind } from "../kinds.ts";
import { type SubjectOf, unknownSubject } from "../subject.ts";

type ExpressService = Modelled<"aws_ecs_express_gateway_service">;
type PrimaryContainer = ExpressService["attributes"]["primary_container"]["only"];

const name = "primary_container";

/** What is read of the container that `aws_ecs_express_gateway_service` (provider 6) runs; it has no user and no file system. */
export function ofPrimaryContainer<K extends Kind>(
  kind: K,
  { resource, attributes }: ExpressService,
  read: (container: PrimaryContainer, name: string) => readonly SubjectOf<K>[],
): readonly SubjectOf<K>[] {
  const { value, path } = attributes.primary_container;
  const [container] = elementsOf(value);
  if (container === undefined) return [];
  return container instanceof Unknown ? [unknownSubject(kind, resource, name, container, path)] : read(container, name);
}
