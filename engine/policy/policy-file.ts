import * as z from "zod";
import { severities } from "./policy.ts";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: "must be a text, a number, true, false or empty",
});
const text = z.string().min(1);

/** An address that reports may link to. */
export const webAddress = z.url({ protocol: /^https?$/, error: "must be an address that begins with https://" });

export const parameterSchema = z.strictObject({
  type: z.enum(["string", "number", "boolean", "list"]).describe("What its values are."),
  default: z
    .union([scalar, z.array(scalar)], { error: "must be a single value or a list of them" })
    .describe("Its value where no configuration sets it."),
  description: text.describe("What it is for, for those who set it."),
});

export const clause = z.strictObject({
  when: z.unknown().optional().describe("Conditions under which it takes effect."),
  because: text.describe("Why, for those who read the finding."),
});

export const problemText = z.strictObject({
  when: z.unknown().optional().describe("Conditions under which it is true."),
  text: text.describe("What is wrong, in a sentence."),
});

const examples = z.array(z.record(z.string(), z.unknown())).default([]);

export const examplesShape = { pass: examples, fail: examples, unknown: examples, "not-applicable": examples };

const addresses = z.array(text);

export const planExample = z.strictObject({
  plan: text.describe("Path of a plan's JSON, from this file."),
  parameters: z.record(z.string(), z.unknown()).default({}).describe("Values of parameters."),
  fail: addresses.default([]).describe("All that fail: addresses, or address#name for a part of a resource."),
  unknown: addresses.default([]).describe("All that the plan cannot decide."),
  pass: addresses.optional().describe("All that pass; not compared where it is left out."),
  "not-applicable": addresses
    .optional()
    .describe("All that the policy does not apply to; not compared where it is left out."),
});

const resourceType = z.string().regex(/^[a-z][a-z0-9_-]*$/, "a resource type as Terraform names it: aws_s3_bucket");
const number = z.int().min(0);

/** Other resources that a policy counts, or whose attributes it compares. */
export const relatedSchema = z.strictObject({
  type: resourceType.describe("Their resource type."),
  attribute: text.optional().describe("The attribute of theirs that names the subject's resource: bucket."),
  by: text.optional().describe("The attribute of the subject's resource that names them: kms_key_id."),
  names: z
    .array(text)
    .min(1)
    .optional()
    .describe("The attributes that tell what is named; id, arn, name, and the attribute that names it."),
  atLeast: number.default(1).describe("How many there are to be at least."),
  atMost: number.optional().describe("How many there may be."),
  where: z
    .unknown()
    .optional()
    .describe(
      "Conditions over attributes of theirs: of the resources that are related, those count that meet them. One of which the plan does not tell whether it does leaves open only what depends on it.",
    ),
});

/** The name of a relation: facts begin with it. */
const relatedName = /^[a-z][A-Za-z0-9]*$/;

/** The shape of a policy file; conditions are walked by hand, so that a mistake in them is named by its exact path. */
export const policyFile = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Z][A-Z0-9]*-[A-Z0-9-]*[0-9]$/, "an id is upper-case words and a number joined by hyphens: TEAM-001")
    .describe("Its name in reports, configurations and waivers: TEAM-001."),
  title: text.describe("What is right, in a few words: Image tags are immutable."),
  problem: z
    .union([text, z.array(z.union([text, problemText])).min(1)], {
      error: "must be a text, or a list of texts and of { when, text }",
    })
    .default([])
    .describe(
      "What is wrong with a subject that fails, in a sentence: Container `{name}` runs privileged. {name} is the value of a fact, {parameter name} that of a parameter, {subject} the part or address that is judged; what stands in [brackets] is left out where a value in it is not known. Of a list the first counts whose conditions (when) are proven and whose values are known. Without it the title stands alone.",
    ),
  severity: z.enum(severities).describe("How bad a violation is."),
  subject: z.string().describe("The kind of subject that it judges; resource for resources of the type below."),
  type: resourceType.optional().describe("The resource type that a policy of resources judges: aws_s3_bucket."),
  controls: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .describe(
      "Ids of the control elsewhere, by source: nist-800-190, aws-security-hub, cis-aws, same-as (checks of other tools that judge the same), part-of (those of which it judges a part, or only with a parameter set).",
    ),
  why: text.describe("What can happen where it is violated."),
  fix: text.describe("What to change."),
  page: webAddress.optional().describe("Address of the page that explains it; reports link to it."),
  parameters: z.record(z.string(), parameterSchema).default({}).describe("What a configuration may set."),
  related: z
    .record(z.string().regex(relatedName, "a name of letters and digits: accessBlock"), relatedSchema)
    .default({})
    .describe(
      "Other resources, by names of your own: the fact accessBlock tells whether there are as many as there are to be, accessBlock.# how many, and accessBlock.*.bucket lists an attribute of theirs.",
    ),
  sharedConditions: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("Conditions with a name, which others name as { condition: name }."),
  when: z.unknown().optional().describe("When the policy applies; where it does not, the verdict is not-applicable."),
  conditions: z.unknown().optional().describe("What must hold."),
  undecided: z.array(clause).default([]).describe("Cases in which the verdict is unknown whatever the conditions say."),
  severities: z
    .array(clause.extend({ severity: z.enum(severities).describe("How bad a violation is then.") }))
    .default([])
    .describe("Other severities of a violation; the first that is proven counts."),
  notes: z.array(clause).default([]).describe("Remarks on the subject, whatever the verdict."),
  examples: z
    .strictObject(examplesShape)
    .describe(
      "Facts and values of parameters, and what the policy says of them; facts that are left out are unknown, parameters have their default then. plimsoll test runs them.",
    ),
  plans: z.array(planExample).default([]).describe("Plans, and exactly what the policy finds in them."),
});
