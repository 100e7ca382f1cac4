import * as z from "zod";
import { isJsonObject } from "../plan/json.ts";
import { jsonNode } from "../plan/node.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import {
  type Attribute,
  attribute,
  block,
  type Field,
  listOf,
  type Normalised,
  nested,
  readFields,
} from "./attribute.ts";
import { type ContainerTexts, containerTexts } from "./container-texts.ts";
import { jsonOfText } from "./json-of-text.ts";
import { parseJsonText } from "./json-text.ts";

/** Providers before 5 and hand-written JSON hold booleans as text. */
const booleanOrText = z.union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })]);
const textOrScalar = z.union([z.string(), z.union([z.number(), z.boolean()]).transform(String)]);

const texts = attribute(listOf(z.string()), { default: [] });

const secret = { name: attribute(z.string()), valueFrom: attribute(z.string()) };

/** A container of a task definition. Source: ECS API Reference, ContainerDefinition. */
const container = {
  name: attribute(z.string()),
  image: attribute(z.string()),
  user: attribute(z.string()),
  privileged: attribute(booleanOrText, { default: false }),
  readonlyRootFilesystem: attribute(booleanOrText, { default: false }),
  interactive: attribute(booleanOrText, { default: false }),
  pseudoTerminal: attribute(booleanOrText, { default: false }),
  versionConsistency: attribute(z.string(), { default: "enabled" }),
  entryPoint: texts,
  command: texts,
  portMappings: block({ containerPort: attribute(z.number()), containerPortRange: attribute(z.string()) }),
  mountPoints: block({
    sourceVolume: attribute(z.string()),
    containerPath: attribute(z.string()),
    readOnly: attribute(booleanOrText, { default: false }),
  }),
  linuxParameters: nested({
    capabilities: nested({ add: texts, drop: texts }),
    devices: block({ hostPath: attribute(z.string()) }),
  }),
  dockerSecurityOptions: texts,
  systemControls: block({ namespace: attribute(z.string()), value: attribute(textOrScalar) }),
  firelensConfiguration: nested({}),
  environment: block({ name: attribute(z.string()), value: attribute(textOrScalar) }),
  secrets: block(secret),
  logConfiguration: nested({
    logDriver: attribute(z.string()),
    options: nested({
      "awslogs-group": attribute(z.string()),
      "awslogs-region": attribute(z.string()),
      "awslogs-create-group": attribute(textOrScalar),
    }),
    secretOptions: block(secret),
  }),
};

export type Container = Normalised<typeof container>;
export type EnvironmentEntry = { readonly name: Attribute<string | null>; readonly value: Attribute<string | null> };

/** `container_definitions`, with the containers that its JSON holds, in its order; the provider sorts them by name. */
export interface ContainerDefinitions extends Attribute<string | null> {
  readonly containers: Maybe<readonly Maybe<Container>[]>;
  /** All texts of each container. */
  readonly texts: Maybe<readonly Maybe<ContainerTexts>[]>;
}

const text = attribute(z.string());

/** Opens the JSON of `container_definitions` with the attribute. */
export const containerDefinitions: Field<string | null, ContainerDefinitions> = {
  read(node) {
    const found = text.read(node);
    const { path, sensitive } = found;
    const objects = containerObjects(found);
    const each = <T>(open: (json: object, path: string) => T): Maybe<readonly Maybe<T>[]> =>
      objects instanceof Unknown
        ? objects
        : objects.map((json, at) => (json instanceof Unknown ? json : open(json, `${path}[${at}]`)));
    return {
      ...found,
      containers: each((json, at) => readFields(jsonNode(json, at, sensitive), container)),
      texts: each(containerTexts),
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
