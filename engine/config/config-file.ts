import * as z from "zod";
import { severities } from "../policy/policy.ts";
import { webAddress } from "../policy/policy-file.ts";
import { mostMatches } from "../policy/waiver.ts";
import { isDay } from "./day.ts";
import { saysSomething } from "./says-something.ts";

const text = z.string().min(1);
/** What people read: blanks and marks alone say nothing. */
const words = z.string().min(1, { abort: true }).refine(saysSomething, { error: "must say something" });
const failOn = z.enum([...severities, "never"]);
const onUnknown = z.enum(["report", "fail"]);
const block = z.enum(["all", "introduced"]);
const policyName = text.describe("Id of a policy, or a glob of ids: ECS-*.");
const addresses = z
  .array(text)
  .min(1)
  .describe(
    "Addresses, address#name for a part of a resource, or patterns of them: module.legacy.*, aws_ecs_task_definition.web#agent. One without instance keys means all instances; {key} in a part stands for an instance key, module.service.aws_ecs_task_definition.this#{key}-agent.",
  );

export const overrideSchema = z.strictObject({
  policy: policyName,
  resources: addresses.optional(),
  severity: z
    .enum([...severities, "off"])
    .optional()
    .describe('How bad a violation is here; "off" leaves the policy out.'),
  failOn: failOn.optional().describe("The lowest severity that fails the run here."),
  onUnknown: onUnknown.optional().describe("Whether what the plan cannot decide blocks here."),
  block: block.optional().describe("Whether what stood before the plan blocks here too."),
});

export const waiverSchema = z.strictObject({
  policy: policyName,
  resources: addresses,
  reason: words.describe("Why the finding may stay."),
  owner: words.optional().describe("Who answers for it."),
  expires: z
    .string()
    .refine(isDay, { error: "must be a day as 2027-03-31" })
    .optional()
    .describe("The last day on which it applies: 2027-03-31."),
  fingerprint: text
    .optional()
    .describe("Binds it to what was found, in this instance or in any; plimsoll check --write-waivers writes it."),
  maxMatches: z
    .int()
    .min(1)
    .max(mostMatches)
    .optional()
    .describe("More findings than this make it too broad, so that it waives nothing; 20."),
});

/** The shape of `plimsoll.yaml`. */
export const configFile = z.strictObject({
  extends: z
    .array(text)
    .optional()
    .describe("Configurations to begin with: files (./base.yaml), or npm packages that hold a plimsoll.yaml."),
  policies: z.array(text).optional().describe("More policy files or folders, from this file."),
  failOn: failOn.optional().describe("The lowest severity that fails the run; high."),
  onUnknown: onUnknown.optional().describe("Whether what the plan cannot decide blocks; report."),
  block: block
    .optional()
    .describe("What blocks: all, or only what a plan introduces or makes worse (introduced); all."),
  blockAlways: z
    .enum(severities)
    .optional()
    .describe("The lowest severity that fails the run even where it stood before the plan, or may have; none."),
  policyPages: webAddress
    .optional()
    .describe("Address of the page that explains the policies, each at the anchor of its id: #team-001."),
  parameters: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("Values of parameters: by name for all policies, or by policy id and then by name."),
  overrides: z
    .array(overrideSchema)
    .optional()
    .describe("Exceptions from severity and blocking; the last that fits counts."),
  waiversFrom: z
    .enum(["config", "all"])
    .optional()
    .describe("Whose waivers count: those of configurations alone, or those in comments of the source too; all."),
  waivers: z.array(waiverSchema).optional().describe("Findings that a team has decided to live with for a time."),
});

/** What one configuration file says. */
export type ConfigFile = z.infer<typeof configFile>;
