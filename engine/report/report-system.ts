import type { Action } from "../plan/action.ts";

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
