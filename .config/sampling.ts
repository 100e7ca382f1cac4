import { randomInt } from "node:crypto";
import * as z from "zod";

/** How much of what the tests could try a run takes: `npm test`, `.ci/run` and `npm run test:thorough`. */
export type Amount = "sampled" | "bounded" | "whole";

/** What the tests draw their samples by; `test/thorough.ts` reads it. */
export interface Sampling {
  readonly amount: Amount;
  readonly seed: number;
  /** When samples end although they are not complete, in seconds since 1970; null where nothing ends them. */
  readonly until: number | null;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly sampling: Sampling;
  }
}

const variables = z.object({
  PLIMSOLL_THOROUGH: z.enum(["bounded", "whole"]).optional(),
  PLIMSOLL_SEED: z.coerce.number().int().min(0).max(0x7fffffff).optional(),
  PLIMSOLL_UNTIL: z.coerce.number().int().optional(),
});

/**
 * The sampling of a run: what the environment says, else a small sample by a new seed. The seed is put into the environment:
 * each project of Vitest reads its configuration again, and all are to have the same.
 * @throws Error where a variable has no meaning
 */
export function samplingOf(environment: NodeJS.ProcessEnv): Sampling {
  const { data, error } = variables.safeParse(environment);
  if (data === undefined) throw new Error(z.prettifyError(error));
  const {
    PLIMSOLL_THOROUGH: amount = "sampled",
    PLIMSOLL_SEED: seed = randomInt(0x7fffffff),
    PLIMSOLL_UNTIL: until,
  } = data;
  environment["PLIMSOLL_SEED"] = String(seed);
  return { amount, seed, until: until ?? null };
}

/** The part of a command line, with a blank at its end, that makes another run draw the same samples. */
export function repeating({ amount, seed }: Sampling): string {
  return `PLIMSOLL_SEED=${seed} ${amount === "sampled" ? "" : `PLIMSOLL_THOROUGH=${amount} `}`;
}
