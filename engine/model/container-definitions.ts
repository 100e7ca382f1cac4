import { isJsonObject } from "../plan/json.ts";
import { jsonNode } from "../plan/node.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { type Attribute, attribute, type Field, readFields } from "./attribute.ts";
import { type Container, containerFields } from "./container-fields.ts";
import { type ContainerTexts, containerTexts } from "./container-texts.ts";
import { jsonOfText } from "./json-of-text.ts";
import { parseJsonText } from "./json-text.ts";
import { string } from "./schemas.ts";

export type EnvironmentEntry = { readonly name: Attribute<string | null>; readonly value: Attribute<string | null> };

/** `container_definitions`, with the containers that its JSON holds, in its order; the provider sorts them by name. */
export interface ContainerDefinitions extends Attribute<string | null> {
  readonly containers: Maybe<readonly Maybe<Container>[]>;
  /** All texts of each container. */
  readonly texts: Maybe<readonly Maybe<ContainerTexts>[]>;
}

const text = attribute(string);

/** Opens the JSON of `container_definitions` with the attribute. */
export const containerDefinitions: Field<string | null, ContainerDefinitions> = {
  read(node) {
    const found = text.read(node);
    const { state, value, path, sensitive } = found;
    const objects = containerObjects(found);
    const each = <T>(open: (json: object, path: string) => T): Maybe<readonly Maybe<T>[]> =>
      objects instanceof Unknown
        ? objects
        : objects.map((json, at) => (json instanceof Unknown ? json : open(json, `${path}[${at}]`)));
    return {
      state,
      value,
      path,
      sensitive,
      containers: each((json, at) => readFields(jsonNode(json, at, sensitive), containerFields)),
      texts: each((json, at) => containerTexts(json, at, sensitive)),
    };
  },
};

/** The objects of the JSON, one for each container. */
function containerObjects(text: Attribute<string | null>): Maybe<readonly Maybe<object>[]> {
  if (text.value === null) return [];
  const json = text.value instanceof Unknown ? (jsonOfText(text.value) ?? text.value) : parseJsonText(text.value);
  if (json instanceof Unknown) return json;
  if (!Array.isArray(json)) return new Unknown("unexpected-shape");
  return json.map((element: unknown) => {
    if (element instanceof Unknown) return element;
    return isJsonObject(element) ? element : new Unknown("unexpected-shape");
  });
}
