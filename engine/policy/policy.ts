import type { Relation } from "../subjects/resource/relation.ts";

/** How bad a violation is; `critical` is the worst. */
export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** The subject of policies for resources of any type. */
export const resourceSubject = "resource";

export type Scalar = string | number | boolean | null;

/** What a fact is compared with: a literal, another fact of the subject, or a parameter of the policy. */
export type ConditionValue = Scalar | readonly Scalar[] | { readonly fact: string } | { readonly parameter: string };

/** A comparison of one fact, or of one parameter, with a value. */
type Comparison = ({ readonly fact: string } | { readonly parameter: string }) & {
  readonly operator: string;
  readonly value: ConditionValue;
};

/** json-rules-engine's condition language; a named `condition` stands for one of the policy's `sharedConditions`. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly condition: string }
  | Comparison;

interface Parameter {
  readonly type: "string" | "number" | "boolean" | "list";
  readonly default: Scalar | readonly Scalar[];
  readonly description: string;
}

/** Values of parameters: for all policies that have one of that name, or under the id of one policy. */
export type ParameterValues = Readonly<Record<string, unknown>>;

/** A clause that takes effect where its conditions are proven. */
export interface Clause {
  readonly when: Condition;
  /** Why, for people. */
  readonly because: string;
}

/** What is wrong with a subject that fails, for people; facts' values stand in it as `{name}`. */
export interface ProblemText {
  /** Null where it is true of every failure. */
  readonly when: Condition | null;
  readonly text: string;
}

/**
 * Facts by name; `{unknown: text}` is one that the plan does not tell, also as an element of a list. Facts left out are
 * unknown too. A parameter of the policy has its default where the example does not name it.
 */
export type Example = Readonly<Record<string, unknown>>;

/** A relation with what its resources must be like to count; null where all of them count. */
export interface PolicyRelation extends Relation {
  /** Conditions over the attributes of the related resource. */
  readonly where: Condition | null;
}

/** A policy as its file says it, checked. Everything in it is data. */
export interface Policy {
  readonly id: string;
  readonly title: string;
  /** Of these the first counts that is proven and whose values are known; empty where the title has to do. */
  readonly problem: readonly ProblemText[];
  readonly severity: Severity;
  /** The kind of subject that it judges; `resource` for resources of the type below. */
  readonly subject: string;
  /** The resource type that a policy of `resource` judges, `aws_s3_bucket`; null for other subjects. */
  readonly type: string | null;
  /**
   * Identifiers of the control elsewhere, by source: `nist-800-190`, `aws-security-hub`; checks of other tools that judge the
   * same (`same-as`), and those of which the policy judges a part, or only with a parameter set (`part-of`).
   */
  readonly controls: Readonly<Record<string, readonly string[]>>;
  readonly why: string;
  readonly fix: string;
  /** Address of the page that explains it; null where there is none. */
  readonly page: string | null;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Other resources whose number and attributes are facts, under names that the policy gives them. */
  readonly related: Readonly<Record<string, PolicyRelation>>;
  readonly sharedConditions: Readonly<Record<string, Condition>>;
  /** Where it is proven not to hold, the policy does not apply. */
  readonly when: Condition | null;
  /** What must hold. */
  readonly conditions: Condition;
  /** Cases in which the verdict is `unknown` whatever the conditions say. */
  readonly undecided: readonly Clause[];
  /** Other severities of a failure; the first proven one counts. */
  readonly severities: readonly (Clause & { readonly severity: Severity })[];
  /** Remarks on the subject, whatever the verdict. */
  readonly notes: readonly Clause[];
  readonly examples: {
    readonly pass: readonly Example[];
    readonly fail: readonly Example[];
    readonly unknown: readonly Example[];
    readonly "not-applicable": readonly Example[];
  };
  /** What the policy says of whole plans; run by `plimsoll test`. */
  readonly plans: readonly PlanExample[];
}

/** The exact findings of a policy for a plan: addresses, or `address#name` for a part of a resource. */
export interface PlanExample {
  /** Path of the plan's JSON, from the policy file. */
  readonly plan: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly fail: readonly string[];
  readonly unknown: readonly string[];
  /** Compared only where they are given. */
  readonly pass?: readonly string[] | undefined;
  readonly "not-applicable"?: readonly string[] | undefined;
}
