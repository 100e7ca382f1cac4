import * as z from "zod";
import { attribute, block, listOf, type Normalised, nested } from "./attribute.ts";

/** Providers before 5 and hand-written JSON hold booleans as text. */
const booleanOrText = z.union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })]);
const textOrScalar = z.union([z.string(), z.union([z.number(), z.boolean()]).transform(String)]);

const texts = attribute(listOf(z.string()), { default: [] });

const secret = { name: attribute(z.string()), valueFrom: attribute(z.string()) };

/** A container of a task definition. Source: ECS API Reference, ContainerDefinition. */
export const containerFields = {
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

export type Container = Normalised<typeof containerFields>;

/** The names of its members. */
export const containerMembers: readonly string[] = Object.keys(containerFields);
