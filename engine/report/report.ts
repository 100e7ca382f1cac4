import type { Outcome } from "../evaluate/outcome.ts";
import type { Action } from "../plan/action.ts";
import type { Countermeasure } from "../policy/countermeasure.ts";
import type { Severity } from "../policy/policy.ts";

/** A value as a report may show it: sensitive and unknown parts are replaced by words in parentheses. */
export type ShownValue = string | number | boolean | null | readonly ShownValue[];

/** One comparison behind a verdict. */
export interface ReportEvidence {
  /** Name of the fact, or of the policy's parameter. */
  readonly fact: string;
  readonly operator: string;
  /** Whether the comparison stands under a `not`, so that the opposite is expected. */
  readonly negated: boolean;
  readonly expected: ShownValue;
  /** The policy's parameter that was compared or compared with; null for literals and other facts. */
  readonly parameter: string | null;
  readonly actual: ShownValue;
  /** Whether the value is written, is the default of what is not written, or is not told by the plan. */
  readonly state: "known" | "unset" | "unknown";
  /** Attribute path, in the finding's resource unless `address` names another. */
  readonly path: string | null;
  readonly address: string | null;
  /** Why the plan does not tell the value, and which references it waits on. */
  readonly unknown: { readonly reason: string; readonly waitsOn: readonly string[] } | null;
  /** How a derived fact came about. */
  readonly note: string | null;
  /** Of a value that the plan does not tell, the place in the source that it was worked out from. */
  readonly workedOut?: { readonly file: string; readonly line: number };
}

/** The waiver of a finding. */
export interface FindingWaiver {
  readonly reason: string;
  readonly owner: string | null;
  /** The last day on which it applies. */
  readonly expires: string | null;
  /** Where it is written, `plimsoll.yaml:12`. */
  readonly from: string;
}

/** A waiver with what became of it. */
export interface ReportWaiver extends FindingWaiver {
  readonly policy: string;
  readonly resources: readonly string[];
  /** `unused` where no finding matches, `too-broad` where more do than it allows; neither they nor expired ones apply. */
  readonly state: "applied" | "expired" | "unused" | "too-broad";
  /** How many findings match. */
  readonly matches: number;
}

/** A place in the Terraform source. */
export interface Location {
  /** Path from the working directory, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /**
   * What stands there: the attribute, or the innermost part of it or of its nested block that can be told; its resource's
   * block; or the call of a module whose source is not at hand.
   */
  readonly of: "attribute" | "block" | "module-call";
  /** The path of the construct that made the block, where cdktf wrote it: `shop/web/task`. */
  readonly construct?: string;
  /** Where the file belongs to a downloaded module: the call that leads there, in the source of one's own. */
  readonly call?: { readonly file: string; readonly line: number };
}

/** One verdict of a policy on a subject. */
export interface Finding {
  readonly policy: string;
  readonly title: string;
  readonly severity: Severity;
  readonly verdict: Outcome;
  readonly blocking: boolean;
  readonly subject: {
    readonly kind: string;
    /**
     * Resource address exactly as in the plan; `var.x`, `output.x` or `provider.x` where the subject is no resource; null
     * for the plan itself.
     */
    readonly address: string | null;
    readonly name: string | null;
    readonly action: Action | null;
  };
  readonly message: string;
  readonly notes: readonly string[];
  readonly evidence: readonly ReportEvidence[];
  /** Who decided to live with it, and until when; null where nobody did. A waived finding does not block. */
  readonly waiver: FindingWaiver | null;
  /** Where it stands in the Terraform source; null where that is not at hand, or does not tell it exactly. */
  readonly location: Location | null;
  /** Stays the same while policy, subject and offending values do. */
  readonly fingerprint: string;
}

/** What a policy says to those who read its findings. */
export interface ReportPolicy {
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  readonly controls: Readonly<Record<string, readonly string[]>>;
}

/** `kept` as far as a plan shows; `undetermined` where verdicts are unknown or no policy looks at it. */
export type CountermeasureState = "kept" | "violated" | "undetermined" | "not-applicable";

/** How many verdicts a policy gave. */
export interface NistPolicy {
  readonly id: string;
  readonly title: string;
  readonly fail: number;
  readonly unknown: number;
  readonly pass: number;
  readonly notApplicable: number;
}

/** A countermeasure of NIST SP 800-190 with its state for this plan. */
export interface NistCountermeasure extends Countermeasure {
  readonly state: CountermeasureState;
  readonly policies: readonly NistPolicy[];
}

/** What a thing of the system is, whatever its resource type. */
export type SystemKind =
  | "build-project"
  | "cluster"
  | "function"
  | "image"
  | "key"
  | "launch-point"
  | "load-balancer"
  | "log-group"
  | "policy"
  | "repository"
  | "role"
  | "secret"
  | "security-group"
  | "task-definition";

/** A resource of the plan, or an image that comes from elsewhere. */
export interface SystemNode {
  /** The resource's address; `image docker.io/datadog/agent` for an image that no repository of the plan holds. */
  readonly id: string;
  /** Exactly as in the plan; null for what is not in the plan. */
  readonly address: string | null;
  readonly type: string | null;
  readonly kind: SystemKind;
  /** `Amazon ECR`, `AWS IAM`; null for what is not of AWS. */
  readonly service: string | null;
  /** Its name in AWS where the plan tells it, else the end of its address. */
  readonly label: string;
  /** `module.a.module.b["k"]`; empty for the root module. */
  readonly module: string;
  readonly action: Action | null;
  /** Addresses of the resources that only say more about this one: its policies, rules, attachments, versions. */
  readonly parts: readonly string[];
}

/** That one node names another. */
export interface SystemEdge {
  readonly from: string;
  readonly to: string;
  /** The attributes that name it, each with the address of the part where it stands in one. */
  readonly attributes: readonly string[];
  /** `one-of` where the plan tells several that may be meant. */
  readonly certainty: "exact" | "one-of";
}

/** The planned system: what runs, from which images, as whom, with which secrets, in which security groups. */
export interface ReportSystem {
  /** By kind and address. */
  readonly nodes: readonly SystemNode[];
  readonly edges: readonly SystemEdge[];
  /** How many links of the nodes the plan does not tell. */
  readonly untold: number;
}

export interface Report {
  readonly version: 1;
  readonly plan: {
    readonly file: string | null;
    readonly terraform: string | null;
    readonly formatVersion: string;
    readonly sha256: string | null;
    /** Why the plan cannot be judged as a whole although it could be read; null where it can. */
    readonly incomplete: string | null;
  };
  /** total = judged + destroyed + all counts of notEvaluated. */
  readonly resources: {
    readonly total: number;
    readonly judged: number;
    readonly destroyed: number;
    readonly notEvaluated: readonly { readonly type: string; readonly count: number }[];
  };
  readonly summary: {
    readonly blocking: number;
    readonly fail: Readonly<Record<Severity, number>>;
    readonly unknown: number;
    readonly waived: number;
    readonly pass: number;
    readonly notApplicable: number;
  };
  /** The policies that have a finding below, by id. */
  readonly policies: Readonly<Record<string, ReportPolicy>>;
  readonly findings: readonly Finding[];
  /** The waivers of policies that were run, in their order. */
  readonly waivers: readonly ReportWaiver[];
  /** The state against each countermeasure; empty where `check` was given none. */
  readonly nist: readonly NistCountermeasure[];
  /** The planned system as a graph; null where `check` was not asked for it. */
  readonly system: ReportSystem | null;
  readonly warnings: readonly string[];
}
