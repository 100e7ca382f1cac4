/** A countermeasure of NIST SP 800-190, section 4. Policies name those that they stand for under `controls`. */
export interface Countermeasure {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  /** What a plan cannot show of it, and who must look at that instead; null where a plan shows all. */
  readonly beyondPlan: string | null;
  readonly checkedBy: string | null;
  /** Who is responsible for it on either launch type, by the AWS shared responsibility model. */
  readonly fargate: string;
  readonly ec2: string;
}

/** A control of another framework, Security Hub for instance. */
export interface Control {
  readonly id: string;
  readonly title: string;
  /** What a plan cannot show of it. */
  readonly beyondPlan: string;
}
