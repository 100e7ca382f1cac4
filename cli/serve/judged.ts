import * as z from "zod";

/** A plan for a process that judges it. */
export interface Work {
  readonly plan: Uint8Array;
  /** The day by which waivers end, `2026-11-24`. */
  readonly today: string;
  readonly takesOutcomes: boolean;
}

/** What became of a plan, and the body of the answer. */
export const judgedSchema = z.object({
  outcome: z.enum(["passed", "failed", "not judged"]),
  body: z.string(),
});
export type Judged = z.infer<typeof judgedSchema>;
export type Outcome = Judged["outcome"];
