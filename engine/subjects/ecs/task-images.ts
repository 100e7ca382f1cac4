import { containerName, type Task } from "../../joins/tasks.ts";
import type { Container } from "../../model/container-fields.ts";
import { privateEcrRegistry } from "../../model/image-reference.ts";
import { partialImage } from "../../model/partial-image.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { listIf, not } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { isOwnAccount } from "../iam/accounts.ts";
import { derivedFact } from "../subject.ts";

/** Who publishes an image: others, a private repository of an account, or one of the own account whose name is not told. */
type Publisher =
  | { readonly kind: "others"; readonly shown: Maybe<string> }
  | { readonly kind: "account"; readonly account: string; readonly shown: string }
  | { readonly kind: "own" };

/** How many containers a task has, and which of their images others publish. */
export function imageFacts({ containers, definition }: Task, context: JoinContext) {
  const { path } = definition.attributes.container_definitions;
  return {
    containerCount: derivedFact(containers instanceof Unknown ? containers : containers.length, { path }),
    outsideImages: derivedFact(
      containers instanceof Unknown ? [containers] : outsideImages(containers, definition.resource, context),
      { path },
    ),
  };
}

/** Where all private repositories are of one account, none of them is of others. */
function outsideImages(
  containers: readonly Maybe<Container>[],
  from: PlanResource,
  context: JoinContext,
): Maybe<string>[] {
  const publishers = containers.flatMap((container, at) => publisherOf(container, at) ?? []);
  const accounts = new Set(
    publishers.flatMap((each) => (each.kind === "others" ? [] : each.kind === "own" ? "" : each.account)),
  );
  return publishers.flatMap((each) => {
    if (each.kind === "own") return [];
    if (each.kind === "others") return [each.shown];
    return accounts.size === 1 ? [] : listIf(not(isOwnAccount(each.account, from, context)), each.shown);
  });
}

function publisherOf(container: Maybe<Container>, at: number): Publisher | null {
  if (container instanceof Unknown) return { kind: "others", shown: container };
  const { value, sensitive } = container.image;
  const image = partialImage(value ?? "");
  if (image === null) return null;
  if (image instanceof Unknown) return { kind: "others", shown: image };
  const { registry, service } = image;
  if (service !== null)
    return service === "private-ecr"
      ? { kind: "own" }
      : { kind: "others", shown: `${service} of ${containerName(container, at)}` };
  if (registry instanceof Unknown) return { kind: "others", shown: registry };
  const shown = sensitive || value instanceof Unknown ? registry : (value ?? registry);
  const own = privateEcrRegistry(registry);
  return own === null ? { kind: "others", shown } : { kind: "account", account: own.accountId, shown };
}
