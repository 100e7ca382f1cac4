import * as z from "zod";
import { severities } from "../policy/policy.ts";

// The shape of the report. Its types are inferred of it (`report.ts`); those that the package ships are printed of its JSON
// Schema, so that nobody needs zod to read them.

const severity = z.enum(severities);
const verdict = z.enum(["pass", "fail", "unknown", "not-applicable"]);
const texts = z.array(z.string()).readonly();
const count = z.int().min(0);

const digest = z.string().nullable();

const overrideSchema = z
  .strictObject({
    policy: z.string().describe("Id of a policy, or a glob of ids."),
    resources: texts.exactOptional(),
    severity: z.enum([...severities, "off"]).exactOptional(),
    failOn: z.enum([...severities, "never"]).exactOptional(),
    onUnknown: z.enum(["report", "fail"]).exactOptional(),
    block: z.enum(["all", "introduced"]).exactOptional(),
  })
  .readonly();

const actionSchema = z.enum(["create", "update", "replace", "no-op", "read", "delete", "forget", "other"]);

const single = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A value as a report may show it; inferred of itself it would be unknown. */
export type ShownValue = string | number | boolean | null | readonly ShownValue[];

const shownValue: z.ZodType<ShownValue> = z
  .lazy(() => z.union([single, z.array(shownValue).readonly()]))
  .meta({ id: "ShownValue", description: "Sensitive and unknown parts are replaced by words in parentheses." });

const evidenceSchema = z
  .strictObject({
    fact: z.string().describe("Name of the fact, or of the policy's parameter."),
    operator: z.string(),
    negated: z.boolean().describe("Whether the comparison stands under a not, so that the opposite is expected."),
    expected: shownValue,
    parameter: z
      .string()
      .nullable()
      .describe("The policy's parameter that was compared or compared with; null for literals and other facts."),
    actual: shownValue,
    state: z
      .enum(["known", "unset", "unknown"])
      .describe("Whether the value is written, is the default of what is not written, or is unknown."),
    path: z.string().nullable().describe("Attribute path, in the finding's resource unless address names another."),
    address: z.string().nullable(),
    unknown: z
      .strictObject({ reason: z.string(), waitsOn: texts })
      .readonly()
      .nullable()
      .describe("Why the plan does not show the value, and which references it waits on."),
    note: z.string().nullable().describe("How a derived fact came about."),
    workedOut: z
      .strictObject({ file: z.string(), line: z.int().min(1) })
      .readonly()
      .exactOptional()
      .describe("Of a value that the plan does not show, the place in the source that it was worked out from."),
  })
  .readonly()
  .meta({ id: "ReportEvidence", description: "One comparison behind a verdict." });

const waiver = {
  reason: z.string(),
  owner: z.string().nullable(),
  expires: z.string().nullable().describe("The last day on which it applies."),
  from: z.string().describe("Where it is written: plimsoll.yaml:12."),
};

const findingWaiverSchema = z
  .strictObject(waiver)
  .readonly()
  .meta({ id: "FindingWaiver", description: "The waiver of a finding." });

const reportWaiverSchema = z
  .strictObject({
    ...waiver,
    policy: z.string(),
    resources: texts,
    state: z
      .enum(["applied", "expired", "unused", "too-broad"])
      .describe("unused: no finding matches; too-broad: more do than it allows. Only applied ones apply."),
    matches: count.describe("How many findings match."),
  })
  .readonly()
  .meta({ id: "ReportWaiver", description: "A waiver with what became of it." });

const ignoredSchema = z
  .strictObject({
    kind: z.enum(["waiver", "configuration", "policies"]),
    from: z.string().describe("Where it is written: ecs.tf:12, or its file."),
    waives: z
      .strictObject({ policy: z.string(), reason: z.string(), matches: count })
      .readonly()
      .nullable()
      .describe("Of a waiver that can be read: what it would have waived, and how many findings."),
  })
  .readonly()
  .meta({
    id: "ReportIgnored",
    description: "What the change under review brought along and the gate does not let count.",
  });

const locationSchema = z
  .strictObject({
    file: z.string().describe("Path from the working directory, with /."),
    line: z.int().min(1),
    of: z
      .enum(["attribute", "block", "module-call"])
      .describe(
        "What stands there: the attribute, or the innermost part of it that is known; its resource's block; or the call of a module whose source is not at hand.",
      ),
    snippet: z
      .string()
      .exactOptional()
      .describe("The line at fault, of a failure; what may be a secret in it is left out."),
    construct: z
      .string()
      .exactOptional()
      .describe("The path of the construct that made the block, where cdktf wrote it."),
    call: z
      .strictObject({ file: z.string(), line: z.int().min(1) })
      .readonly()
      .exactOptional()
      .describe("Where the file belongs to a downloaded module: the call that leads there."),
  })
  .readonly()
  .meta({ id: "Location", description: "A place in the Terraform source." });

const findingSchema = z
  .strictObject({
    policy: z.string(),
    title: z.string(),
    severity,
    verdict,
    blocking: z.boolean(),
    subject: z
      .strictObject({
        kind: z.string(),
        address: z
          .string()
          .nullable()
          .describe(
            "Resource address exactly as in the plan; var.x, output.x or provider.x where the subject is no resource; null for the plan itself.",
          ),
        previousAddress: z
          .string()
          .exactOptional()
          .describe("The address before this plan, where it moves the resource; waivers of it still hold."),
        name: z.string().nullable().describe("The part of the resource; null for the resource itself."),
        action: actionSchema.nullable(),
      })
      .readonly(),
    problem: z
      .string()
      .nullable()
      .describe(
        "What is wrong, in a sentence; null where the policy has none that can be said, and where nothing fails.",
      ),
    message: z.string().describe("The comparisons that brought the verdict about."),
    notes: texts,
    evidence: z.array(evidenceSchema).readonly(),
    waiver: findingWaiverSchema
      .nullable()
      .describe("Who decided to live with it, and until when; null where nobody did. A waived finding does not block."),
    location: locationSchema
      .nullable()
      .describe(
        "Where it stands in the Terraform source; null where that is not at hand, or does not show it exactly.",
      ),
    cause: z
      .string()
      .describe(
        "The policy and the place to change, ECS-004 modules/service/main.tf:12; where the source does not show that, the address without instance keys. Findings with the same cause are fixed by one change.",
      ),
    fingerprint: z
      .string()
      .describe(
        "Stays the same while policy, subject and offending values do, also in the plan that moves the resource.",
      ),
    nextFingerprint: z
      .string()
      .exactOptional()
      .describe("What the fingerprint is after the apply, where the plan moves the resource."),
    change: z
      .enum(["introduced", "worse", "existing", "undetermined", "fixed"])
      .exactOptional()
      .describe(
        "Of what fails or is unknown: whether this change brings it, makes it more severe or more of it, or leaves it as it was; undetermined where what was before is unknown. Only what is listed as fixed is fixed.",
      ),
    was: z
      .strictObject({ severity, verdict, message: z.string(), fingerprint: z.string() })
      .readonly()
      .exactOptional()
      .describe("Of what is worse or undetermined: what was found before."),
  })
  .readonly()
  .meta({ id: "Finding", description: "One verdict of a policy on a subject." });

const changeCount = z.strictObject({ fail: count, unknown: count }).readonly();

const policySchema = z
  .strictObject({
    title: z.string(),
    severity,
    why: z.string(),
    fix: z.string(),
    page: z.string().nullable().describe("Address of the page that explains it; null where there is none."),
    controls: z.record(z.string(), texts).readonly(),
  })
  .readonly()
  .meta({ id: "ReportPolicy", description: "What a policy says to those who read its findings." });

const countermeasureState = z
  .enum(["kept", "violated", "undetermined", "no-evidence", "not-run", "not-in-plans"])
  .describe(
    "kept as far as a plan shows; undetermined where verdicts are unknown; no-evidence where policies were run and the plan holds nothing that they apply to; not-run where no policy of it was run; not-in-plans where no policy can look at it.",
  )
  .meta({ id: "CountermeasureState" });

const nistPolicySchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    run: z.boolean().describe("false where it is not selected, skipped or off."),
    fail: count,
    unknown: count,
    pass: count,
    notApplicable: count,
  })
  .readonly()
  .meta({ id: "NistPolicy", description: "How many verdicts a policy gave." });

const nistCountermeasureSchema = z
  .strictObject({
    id: z.string(),
    section: z.string(),
    title: z.string(),
    beyondPlan: z.string().nullable().describe("What a plan cannot show of it."),
    checkedBy: z.string().nullable().describe("Who must look at that instead."),
    fargate: z.string().describe("Who is responsible for it on Fargate."),
    ec2: z.string().describe("Who is responsible for it on EC2."),
    state: countermeasureState,
    worst: severity.nullable().describe("The worst severity of its failures; null where it has none."),
    resources: z
      .strictObject({ violated: count, undetermined: count, kept: count })
      .readonly()
      .describe("How many resources its policies find at fault, cannot decide, and find in order."),
    policies: z.array(nistPolicySchema).readonly(),
  })
  .readonly()
  .meta({ id: "NistCountermeasure", description: "A countermeasure of NIST SP 800-190 with its state for this plan." });

const controlSchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    beyondPlan: z.string().describe("What a plan cannot show of it."),
    state: countermeasureState,
    policies: z.array(nistPolicySchema).readonly(),
  })
  .readonly()
  .meta({ id: "ControlState", description: "A control of Security Hub with its state for this plan." });

const planSchema = z
  .strictObject({
    file: z.string().nullable(),
    terraform: z.string().nullable(),
    formatVersion: z.string(),
    sha256: z.string().nullable().describe("Of the plan's JSON."),
    incomplete: z
      .string()
      .nullable()
      .describe("Why the plan cannot be judged as a whole although it could be read; null where it can."),
    changes: z
      .enum(["none", "outputs"])
      .exactOptional()
      .describe("What the plan changes, where that is no resource: what is found stands already."),
  })
  .readonly();

const runSchema = z
  .strictObject({
    plimsoll: z.string().nullable().describe("Version of plimsoll; null where a program embeds it and does not say."),
    title: z.string().nullable().describe("What the run is called, by --title."),
    plan: z
      .strictObject({
        form: z
          .enum(["json", "saved"])
          .nullable()
          .describe("What was handed over: JSON, or a saved plan, of which plimsoll had the JSON made."),
        sha256: z
          .string()
          .nullable()
          .describe("Of the file that was handed over; of a saved plan it is not that of the JSON (plan.sha256)."),
        terraform: z.string().nullable(),
        timestamp: z.string().nullable().describe("When Terraform made the plan."),
      })
      .readonly(),
    policies: z
      .strictObject({
        digest: digest.describe("Of all policies at hand, run or not, without their examples."),
        run: texts.describe("Ids of those that judged."),
        skipped: z
          .array(z.strictObject({ policy: z.string(), by: z.enum(["selection", "override"]) }).readonly())
          .readonly()
          .describe("Those left out: by --select and --skip, or by an override that switches them off."),
        overrides: z.array(overrideSchema).readonly().describe("Exceptions from severity and blocking, as configured."),
      })
      .readonly(),
    configuration: z
      .strictObject({
        digest: digest.describe("Of all that is configured, parameters and waivers among it."),
        trusted: z
          .string()
          .exactOptional()
          .describe("The file that decided alone, by --trusted-config: nothing that it does not name itself counts."),
        waiversFrom: z
          .literal("config")
          .exactOptional()
          .describe("Where waivers in comments of the source do not count."),
      })
      .readonly(),
    ignored: z
      .array(ignoredSchema)
      .readonly()
      .exactOptional()
      .describe("What the change brought along and does not count, by --waivers config or --trusted-config."),
    thresholds: z
      .strictObject({
        failOn: z.enum([...severities, "never"]).describe("The lowest severity that fails the run."),
        onUnknown: z.enum(["report", "fail"]),
        block: z.enum(["all", "introduced"]),
        blockAlways: severity.nullable(),
      })
      .readonly(),
    revision: z
      .strictObject({
        commit: z.string().describe("The commit that is checked out; whether files differ from it is not looked at."),
        branch: z.string().nullable(),
        repository: z.string().nullable().describe("Address of the remote called origin, without names and passwords."),
      })
      .readonly()
      .nullable()
      .describe("Of the folder of the Terraform source; null where git does not say."),
  })
  .readonly()
  .meta({ id: "ReportRun", description: "Evidence of the run: what was judged, by what, and how." });

const systemKind = z
  .enum([
    "build-project",
    "cluster",
    "function",
    "image",
    "key",
    "launch-point",
    "load-balancer",
    "log-group",
    "policy",
    "repository",
    "role",
    "secret",
    "security-group",
    "task-definition",
  ])
  .meta({ id: "SystemKind", description: "What a thing of the system is, whatever its resource type." });

const systemNodeSchema = z
  .strictObject({
    id: z
      .string()
      .describe(
        "The resource's address; image docker.io/datadog/agent for an image that no repository of the plan holds.",
      ),
    address: z.string().nullable().describe("Exactly as in the plan; null for what is not in the plan."),
    type: z.string().nullable(),
    kind: systemKind,
    service: z.string().nullable().describe("Amazon ECR, AWS IAM; null for what is not of AWS."),
    label: z.string().describe("Its name in AWS where the plan shows it, else the end of its address."),
    module: z.string().describe("The module's address; empty for the root module."),
    action: actionSchema.nullable(),
    parts: texts.describe(
      "Addresses of the resources that only say more about this one: its policies, rules, attachments.",
    ),
  })
  .readonly()
  .meta({ id: "SystemNode", description: "A resource of the plan, or an image that comes from elsewhere." });

const systemEdgeSchema = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    attributes: texts.describe(
      "The attributes that name it, each with the address of the part where it stands in one.",
    ),
    certainty: z.enum(["exact", "one-of"]).describe("one-of where the plan shows several that may be meant."),
  })
  .readonly()
  .meta({ id: "SystemEdge", description: "That one node names another." });

const systemSchema = z
  .strictObject({
    nodes: z.array(systemNodeSchema).readonly().describe("By kind and address."),
    edges: z.array(systemEdgeSchema).readonly(),
    unknownLinks: count.describe("How many links of the nodes the plan does not show."),
  })
  .readonly()
  .meta({
    id: "ReportSystem",
    description:
      "The planned system: what runs, from which images, as whom, with which secrets, in which security groups.",
  });

/** The report, as programs read it. */
export const reportSchema = z
  .strictObject({
    version: z.literal(1),
    run: runSchema,
    plan: planSchema,
    resources: z
      .strictObject({
        total: count,
        judged: count,
        destroyed: count,
        notEvaluated: z.array(z.strictObject({ type: z.string(), count }).readonly()).readonly(),
      })
      .readonly()
      .describe("total = judged + destroyed + all counts of notEvaluated."),
    summary: z
      .strictObject({
        blocking: count,
        fail: z.strictObject({ critical: count, high: count, medium: count, low: count }).readonly(),
        unknown: count,
        waived: count.describe("Failed and unknown ones that are waived; fail and unknown do not hold them."),
        pass: count,
        notApplicable: count,
      })
      .readonly(),
    policies: z.record(z.string(), policySchema).readonly().describe("The policies that have a finding below, by id."),
    findings: z.array(findingSchema).readonly(),
    changes: z
      .strictObject({
        block: z
          .enum(["all", "introduced"])
          .describe("What blocks: all, or only what the change introduces or makes worse."),
        introduced: changeCount,
        worse: changeCount,
        existing: changeCount,
        undetermined: changeCount,
        fixed: changeCount,
      })
      .readonly()
      .exactOptional()
      .describe(
        "How many findings this change introduces, makes worse, leaves and fixes, without those that are waived; not there where nothing stood before, so that all is introduced.",
      ),
    fixed: z
      .array(findingSchema)
      .readonly()
      .exactOptional()
      .describe("What was found before the change and is no more, as it was found."),
    waivers: z.array(reportWaiverSchema).readonly().describe("The waivers of policies that were run, in their order."),
    controls: z
      .array(controlSchema)
      .readonly()
      .exactOptional()
      .describe("The controls of Security Hub; left out where check was not asked for them."),
    nist: z
      .array(nistCountermeasureSchema)
      .readonly()
      .describe("The state against each countermeasure; empty where check was given none."),
    system: systemSchema.nullable().describe("The planned system as a graph; null where check was not asked for it."),
    warnings: texts,
    seal: z
      .string()
      .exactOptional()
      .describe(
        "SHA-256 of this report as plimsoll check wrote it, without this member: plimsoll verify refuses one that was changed since.",
      ),
  })
  .readonly();

/** The parts of the report that have names. */
export const reportParts = {
  CountermeasureState: countermeasureState,
  Finding: findingSchema,
  FindingWaiver: findingWaiverSchema,
  Location: locationSchema,
  ControlState: controlSchema,
  NistCountermeasure: nistCountermeasureSchema,
  NistPolicy: nistPolicySchema,
  ReportEvidence: evidenceSchema,
  ReportIgnored: ignoredSchema,
  ReportPolicy: policySchema,
  ReportRun: runSchema,
  ReportSystem: systemSchema,
  ReportWaiver: reportWaiverSchema,
  SystemEdge: systemEdgeSchema,
  SystemKind: systemKind,
  SystemNode: systemNodeSchema,
};
