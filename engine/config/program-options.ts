import * as z from "zod";
import type { Path } from "../files/mistake.ts";
import { mistakesOf } from "../files/schema-mistakes.ts";
import { severities } from "../policy/policy.ts";
import { isDay } from "./day.ts";

// What a program may hand over. Objects that other functions of the package make are looked at as far as tells them from
// something else.

const texts = z.array(z.string());
/** Of a file or folder. */
const name = z.string().min(1);
const threshold = z.enum([...severities, "never"]).optional();
const onUnknown = z.enum(["report", "fail"]).optional();
const block = z.enum(["all", "introduced"]).optional();
const day = z.string().refine(isDay, "must be a day, as 2027-03-31");
const parameters = z.record(z.string(), z.unknown()).optional();

const policy = z.looseObject({
  id: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  subject: z.string(),
  conditions: z.looseObject({}),
});

const waiver = z.strictObject({
  policy: z.string(),
  resources: texts,
  exact: z.boolean().optional(),
  fingerprint: z.string().nullable(),
  reason: z.string(),
  owner: z.string().nullable(),
  expires: day.nullable(),
  maxMatches: z.int().min(1),
  from: z.string(),
});

const override = z.strictObject({
  policy: z.string(),
  resources: texts.optional(),
  severity: z.enum([...severities, "off"]).optional(),
  failOn: threshold,
  onUnknown,
  block,
});

const source = z
  .unknown()
  .refine((value) => hasMethods(value, "locate", "waivers"), "must be the source that openSource opens")
  .optional();

const run = z.strictObject({
  plimsoll: z.string().optional(),
  title: z.string().nullable().optional(),
  plan: z.strictObject({ form: z.enum(["json", "saved"]).nullable(), sha256: z.string().nullable() }).optional(),
  policies: z.string().nullable().optional(),
  configuration: z.string().nullable().optional(),
  trusted: z.string().optional(),
  revision: z
    .strictObject({ commit: z.string(), branch: z.string().nullable(), repository: z.string().nullable() })
    .nullable()
    .optional(),
});

const ofCheck = z.strictObject({
  policies: z.array(policy).min(1),
  select: texts.optional(),
  skip: texts.optional(),
  failOn: threshold,
  onUnknown,
  block,
  blockAlways: z.enum(severities).optional(),
  all: z.boolean().optional(),
  parameters,
  file: z.string().optional(),
  sha256: z.string().optional(),
  resourceTypes: texts.optional(),
  run: run.optional(),
  countermeasures: z.array(z.looseObject({ id: z.string() })).optional(),
  source,
  overrides: z.array(override).optional(),
  waivers: z.array(waiver).optional(),
  waiversFrom: z.enum(["config", "all"]).optional(),
  ignored: z.array(z.looseObject({ kind: z.string(), from: z.string() })).optional(),
  today: day.optional(),
  system: z.boolean().optional(),
});

const ofFacts = z.strictObject({ address: z.string().optional(), parameters, source });

const ofLoadConfiguration = z.strictObject({
  folder: name.optional(),
  file: name.optional(),
  policies: z.array(name).optional(),
});

const ofOpenSource = z.strictObject({ folder: name, waiversFrom: z.enum(["config", "all"]) });

const ofRender = z.strictObject({
  colours: z.boolean().optional(),
  columns: z.int().min(1).optional(),
  listing: z.enum(["causes", "instances"]).optional(),
  folder: name.optional(),
});

/** A function of the package; written out, so that the types of the package need no zod. */
export type OptionsOf = "check" | "facts" | "loadConfiguration" | "openSource" | "render";

const schemas = {
  check: ofCheck,
  facts: ofFacts,
  loadConfiguration: ofLoadConfiguration,
  openSource: ofOpenSource,
  render: ofRender,
} satisfies Readonly<Record<OptionsOf, z.ZodObject>>;

/**
 * What is wrong with the options of a function, a sentence each: `failOn: must be one of critical, high, medium, low, never`.
 * What it takes by position stands under the name of its parameter.
 */
export function optionMistakes(of: OptionsOf, options: unknown): string[] {
  const schema: z.ZodType = schemas[of];
  const parsed = schema.safeParse(options, { reportInput: true });
  if (parsed.success) return [];
  return mistakesOf(parsed.error, knownKeys(schemas[of])).map(({ path, message, ofKey }) => {
    const place = (ofKey === true ? path.slice(0, -1) : path).join(".");
    return place === "" ? message : `${place}: ${message}`;
  });
}

function knownKeys({ shape }: { readonly shape: object }): (path: Path) => readonly string[] {
  const parts = { waivers: waiver.shape, overrides: override.shape, run: run.shape };
  return ([first]) => {
    const part = Object.entries(parts).find(([name]) => name === first)?.[1];
    return Object.keys(first === undefined ? shape : (part ?? {}));
  };
}

function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  return names.every((name) => typeof Reflect.get(value, name) === "function");
}
