import { parse } from "unbash";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { type Action, actionOf, type ScannerWrappers } from "./actions.ts";
import type { Buildspec, Entry, Phase } from "./buildspec.ts";
import type { Run, RunCondition } from "./run.ts";
import { type Budget, type Shell, shellLimits, stops, unclear } from "./shell.ts";
import { enter, walkList } from "./walk.ts";
import { keptValue, type Variables } from "./words.ts";

/** What the commands of a buildspec do, in the order in which they run. */
export interface Understanding {
  readonly buildspec: Buildspec;
  readonly actions: readonly Action[];
  /** Where something stands that cannot be understood, and why. */
  readonly unread: readonly Unread[];
}

interface Unread {
  readonly place: string;
  readonly because: string;
  /** Whether it is a command that is known to be one, a script for instance. */
  readonly isCommand: boolean;
}

/** What a buildspec is read with. */
export interface BuildspecInput {
  /** The variables of the project; null where a value is not told. */
  readonly variables: Variables;
  /** Whether commands run in PowerShell unless the buildspec says otherwise. */
  readonly isWindows: boolean;
  readonly wrappers: ScannerWrappers;
  /** Whether nothing of the text may be shown. */
  readonly isSensitive?: boolean;
}

/** Works out what the commands of a buildspec do. */
export function understandBuildspec(buildspec: Maybe<Buildspec>, input: BuildspecInput): Maybe<Understanding> {
  if (buildspec instanceof Unknown) return buildspec;
  const shell = buildspec.shell ?? (input.isWindows ? "powershell.exe" : "sh");
  if (!/^(?:\/\S+\/)?(?:ba)?sh$/.test(shell))
    return new Unknown("not-understood", [], "its commands are not for a POSIX shell");
  const { runs, unread } = walkBuildspec(buildspec, input.variables);
  const actions = runs.map((run) => actionOf(run, input.wrappers));
  const opaque = actions
    .filter((action) => action.isOpaque)
    .map(({ run }) => {
      const program = input.isSensitive === true ? "a command" : programName(run);
      return { place: run.place, because: `what ${program} does is unknown`, isCommand: true };
    });
  const elsewhere = buildspec.hasOtherBuildspecs
    ? [{ place: "batch", because: "other buildspecs of the batch stand elsewhere", isCommand: false }]
    : [];
  return { buildspec, actions, unread: [...unread, ...opaque, ...elsewhere] };
}

/** Only a plain name is shown: other words may hold what must not be seen. */
function programName({ program }: Run): string {
  return program !== null && /^[\w./-]{1,40}$/.test(program) ? program : "a command";
}

/** What one entry hands on to the next. */
interface Carried {
  shell: Shell;
  errexit: boolean | null;
  pipefail: boolean | null;
  isLoose: boolean;
  readonly budget: Budget;
}

function walkBuildspec(buildspec: Buildspec, projectVariables: Variables): { runs: Run[]; unread: Unread[] } {
  // A variable of the project counts before one of the buildspec. Source: CodeBuild User Guide, "Build specification reference".
  const variables = new Map([
    ...buildspec.variables.map(({ name, value }) => [name, keptValue(value)] as const),
    ...buildspec.storedVariables.map((name) => [name, null] as const),
    ...[...projectVariables].map(([name, value]) => [name, keptValue(value)] as const),
  ]);
  const budget = { commands: shellLimits.commands, depth: 0 };
  const carried: Carried = { shell: newShell(variables), errexit: false, pipefail: false, isLoose: false, budget };
  const found = { runs: [] as Run[], unread: [] as Unread[] };
  for (const phase of buildspec.phases) {
    const phaseConditions: RunCondition[] = [];
    for (const entry of phase.commands) walkEntry(entry, phase, false, phaseConditions, carried, buildspec, found);
    for (const entry of phase.finally) walkEntry(entry, phase, true, [], carried, buildspec, found);
  }
  return found;
}

function newShell(variables: Map<string, string | null>): Shell {
  return {
    errexit: false,
    pipefail: false,
    hasTrap: false,
    variables,
    setByCommands: new Set(),
    functions: new Map(),
    atExit: stops,
    source: "",
    depth: 0,
  };
}

function walkEntry(
  { place, text }: Entry,
  phase: Phase,
  isFinally: boolean,
  phaseConditions: RunCondition[],
  carried: Carried,
  { keepsVariables }: Buildspec,
  found: { readonly runs: Run[]; readonly unread: Unread[] },
): void {
  if (text instanceof Unknown) {
    found.unread.push({ place, because: text.detail ?? "it is no text", isCommand: false });
    return;
  }
  const script = parse(text);
  if (script.errors !== undefined) {
    found.unread.push({ place, because: "its text cannot be parsed as shell", isCommand: false });
    return;
  }
  const variables = keepsVariables ? carried.shell.variables : new Map(carried.shell.variables);
  // Options of the shell may hold in later entries or not; that an entry fails with its last command is CodeBuild's own.
  const shell: Shell = {
    ...carried.shell,
    variables,
    errexit: carried.errexit,
    pipefail: carried.pipefail,
    source: text,
  };
  const failure = carried.isLoose ? unclear("a set +e of an earlier command may still hold") : stops;
  const unread: string[] = [];
  walkList(
    script.commands,
    shell,
    { failure, isExempt: false, negated: null, conditions: [...phaseConditions] },
    {
      phase: phase.name,
      isFinally,
      place,
      nextOrder: () => found.runs.length,
      runs: found.runs,
      budget: carried.budget,
      unread,
      phaseConditions,
      enter,
    },
  );
  for (const because of unread) found.unread.push({ place, because, isCommand: false });
  if (shell.errexit !== false) carried.errexit = null;
  if (shell.pipefail !== false) carried.pipefail = null;
  if (shell.errexit !== true && /(?:^|[\s;&|])set\s+\+[a-z]*e/.test(text)) carried.isLoose = true;
}
