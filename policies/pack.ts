import { hclExamplesOf as hcl, countermeasures as nist, policies } from "plimsoll:policy-files";
import type { Countermeasure } from "../engine/policy/countermeasure.ts";
import type { Policy } from "../engine/policy/policy.ts";

/** The shipped policies, in the order of their ids; the build compiles them from the YAML files of this folder. */
export const pack: readonly Policy[] = policies;

/** HCL that fails a policy, and that passes; null where there is none, and the reasons why. */
export interface HclExamples {
  readonly fails: string | null;
  readonly passes: string | null;
  readonly reasons: { readonly fails?: string | undefined; readonly passes?: string | undefined };
}

/** The examples of a shipped policy. */
export const hclExamplesOf: (id: string) => HclExamples = hcl;

/** The countermeasures of NIST SP 800-190 that the report speaks of, in the order of the publication. */
export const countermeasures: readonly Countermeasure[] = nist;
