import type { Buildspec, PhaseName } from "./buildspec.ts";
import type { Run } from "./run.ts";

/** Whether something holds, null where that is not told, and why. */
export interface Judged {
  readonly holds: boolean | null;
  /** For people, with the place: `phases.build.commands[1]: …`. */
  readonly because: string | null;
}

const yes: Judged = { holds: true, because: null };
const no = (run: Run, because: string): Judged => ({ holds: false, because: `${run.place}: ${because}` });
const open = (run: Run, because: string): Judged => ({ holds: null, because: `${run.place}: ${because}` });

/** Whether the failure of a command fails the build: nothing hides it, and nothing lets the command be left out. */
export function failsBuild(run: Run, buildspec: Buildspec): Judged {
  if (run.isFinally) return no(run, "it runs in finally, after everything else");
  if (run.failure.kind === "swallowed") return no(run, `its failure is lost: ${run.failure.because}`);
  const onFailure = buildspec.phases.find(({ name }) => name === run.phase)?.onFailure ?? null;
  if (onFailure === "CONTINUE") return no(run, "its phase has on-failure: CONTINUE");
  if (run.conditions.some(({ kind }) => kind === "variable"))
    return no(run, "it runs only under a condition on a variable, which whoever starts a build can set");
  if (run.failure.kind === "unclear") return open(run, run.failure.because);
  if (onFailure === "other") return open(run, "what its phase does on failure is unknown");
  if (run.conditions.some(({ kind }) => kind === "other" || kind === "maybe-succeeding"))
    return open(run, "it runs only under a condition that is unknown");
  return yes;
}

/** Whether a push does not take place when the scan fails or is left out. */
export function stopsPush(scan: Run, push: Run, buildspec: Buildspec): Judged {
  if (scan.order > push.order) return no(push, "the push stands before the scan");
  const extra = scan.conditions.filter((condition) => !push.conditions.includes(condition));
  const own = failsBuild({ ...scan, conditions: extra }, buildspec);
  if (own.holds !== true) return own;
  if (scan.phase === push.phase)
    return push.isFinally ? no(push, "the push runs in finally, which runs after a failure too") : yes;
  return reaches(scan, push, buildspec);
}

const beforeBuild: readonly PhaseName[] = ["install", "pre_build"];

/**
 * Whether a phase is reached after another one failed. CodeBuild goes on to `post_build` after a failed `build`, unless that
 * has `on-failure: ABORT`; a failed `install` or `pre_build` ends the build. Source: CodeBuild User Guide, "Build phase
 * transitions", "Build specification reference".
 */
function reaches(scan: Run, push: Run, buildspec: Buildspec): Judged {
  const own = buildspec.phases.find(({ name }) => name === scan.phase);
  const aborts = own?.onFailure === "ABORT";
  if (beforeBuild.includes(scan.phase) || aborts) return yes;
  if (push.conditions.some(({ kind }) => kind === "succeeding")) return yes;
  if (push.conditions.some(({ kind }) => kind === "maybe-succeeding"))
    return open(push, "whether the push depends on CODEBUILD_BUILD_SUCCEEDING is unknown");
  return no(push, "post_build runs after a failed build too, and the push does not look at CODEBUILD_BUILD_SUCCEEDING");
}

/** What holds for any of several: a proof where there is one, else what is not told, else the first refutation. */
export function firstThatHolds(judged: readonly Judged[]): Judged {
  const proof = judged.find(({ holds }) => holds === true) ?? judged.find(({ holds }) => holds === null);
  return proof ?? judged[0] ?? { holds: false, because: null };
}
