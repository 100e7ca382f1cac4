/** What the build makes of the YAML files in this folder; see `.config/policy-files.ts`. */
declare module "plimsoll:policy-files" {
  export const policies: readonly import("../engine/policy/policy.ts").Policy[];
  /** HCL that fails a policy, and that passes; null where there is none, and the reasons why. */
  export interface HclExamples {
    readonly fails: string | null;
    readonly passes: string | null;
    readonly reasons: { readonly fails?: string | undefined; readonly passes?: string | undefined };
  }
  export function hclExamplesOf(id: string): HclExamples;
  export const countermeasures: readonly import("../engine/policy/countermeasure.ts").Countermeasure[];
}
