import * as z from "zod/mini";
import { attribute, block, type Normalised, nested } from "./attribute.ts";
import { boolean, number, string, strings } from "./schemas.ts";

/** Providers before 5 and hand-written JSON hold booleans as text. */
const booleanOrText = z.union([boolean, z.stringbool({ truthy: ["true"], falsy: ["false"] })]);
const textOrScalar = z.union([string, z.pipe(z.union([number, boolean]), z.transform(String))]);

const texts = attribute(strings, { default: [] });

const secret = { name: attribute(string), valueFrom: attribute(string) };

/** A container of a task definition. Source: ECS API Reference, ContainerDefinition. */
export const containerFields = {
  name: attribute(string),
  image: attribute(string),
  user: attribute(string),
  privileged: attribute(booleanOrText, { default: false }),
  readonlyRootFilesystem: attribute(booleanOrText, { default: false }),
  interactive: attribute(booleanOrText, { default: false }),
  pseudoTerminal: attribute(booleanOrText, { default: false }),
  versionConsistency: attribute(string, { default: "enabled" }),
  entryPoint: texts,
  command: texts,
  portMappings: block({ containerPort: attribute(number), containerPortRange: attribute(string) }),
  mountPoints: block({
    sourceVolume: attribute(string),
    containerPath: attribute(string),
    readOnly: attribute(booleanOrText, { default: false }),
  }),
  linuxParameters: nested({
    capabilities: nested({ add: texts, drop: texts }),
    devices: block({ hostPath: attribute(string) }),
  }),
  dockerSecurityOptions: texts,
  systemControls: block({ namespace: attribute(string), value: attribute(textOrScalar) }),
  firelensConfiguration: nested({}),
  environment: block({ name: attribute(string), value: attribute(textOrScalar) }),
  secrets: block(secret),
  logConfiguration: nested({
    logDriver: attribute(string),
    options: nested({
      "awslogs-group": attribute(string),
      "awslogs-region": attribute(string),
      "awslogs-create-group": attribute(textOrScalar),
    }),
    secretOptions: block(secret),
  }),
};

export type Container = Normalised<typeof containerFields>;

/** The names of its members. */
export const containerMembers: readonly string[] = Object.keys(containerFields);
