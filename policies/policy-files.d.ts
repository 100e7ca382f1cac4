/** What the build makes of the YAML files in this folder; see `.config/policy-files.ts`. */
declare module "plimsoll:policy-files" {
  export const policies: readonly import("../engine/policy/policy.ts").Policy[];
  export function hclExamplesOf(id: string): import("./pack.ts").HclExamples;
  export const countermeasures: readonly import("../engine/policy/countermeasure.ts").Countermeasure[];
}
