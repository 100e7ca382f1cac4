import { containerName, type Task } from "../../joins/tasks.ts";
import type { Container } from "../../model/container-fields.ts";
import { privateEcrRegistry } from "../../model/image-reference.ts";
import { partialImage } from "../../model/partial-image.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { derivedFact } from "../subject.ts";

/** How many containers a task has, and which of their images others publish. */
export function imageFacts({ containers, definition }: Task) {
  const { path } = definition.attributes.container_definitions;
  return {
    containerCount: derivedFact(containers instanceof Unknown ? containers : containers.length, { path }),
    outsideImages: derivedFact(containers instanceof Unknown ? [containers] : containers.flatMap(outsideImage), {
      path,
    }),
  };
}

function outsideImage(container: Maybe<Container>, at: number): Maybe<string>[] {
  if (container instanceof Unknown) return [container];
  const { value, sensitive } = container.image;
  const image = partialImage(value ?? "");
  if (image === null) return [];
  if (image instanceof Unknown) return [image];
  const { registry, service } = image;
  if (service !== null) return service === "private-ecr" ? [] : [`${service} of ${containerName(container, at)}`];
  if (registry instanceof Unknown) return [registry];
  if (privateEcrRegistry(registry) !== null) return [];
  return [sensitive || value instanceof Unknown ? registry : (value ?? registry)];
}
