import { isJsonObject, ownMember } from "../plan/json.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { yamlData } from "./yaml-data.ts";

/** The phases that run commands, in their order. Source: CodeBuild User Guide, "Build specification reference". */
const phaseNames = ["install", "pre_build", "build", "post_build"] as const;
export type PhaseName = (typeof phaseNames)[number];

/** One entry of a list of commands. */
export interface Entry {
  /** Where it stands in the buildspec: `phases.build.commands[1]`. */
  readonly place: string;
  /** Its shell text; unknown where it is none. */
  readonly text: Maybe<string>;
}

export interface Phase {
  readonly name: PhaseName;
  readonly onFailure: "ABORT" | "CONTINUE" | "other" | null;
  readonly commands: readonly Entry[];
  /** Runs whether or not the commands failed. */
  readonly finally: readonly Entry[];
}

export interface BuildspecVariable {
  readonly name: string;
  /** Null where it is no text. */
  readonly value: string | null;
}

/** A buildspec as its text says it. */
export interface Buildspec {
  readonly variables: readonly BuildspecVariable[];
  /** Names of the variables that are filled from the parameter store or Secrets Manager. */
  readonly storedVariables: readonly string[];
  readonly phases: readonly Phase[];
  /** The shell that runs the commands; null where it is not set. */
  readonly shell: string | null;
  /** Whether variables that one command sets reach the next: since version 0.2. */
  readonly keepsVariables: boolean;
  /** Whether a batch names other buildspecs, whose commands stand elsewhere. */
  readonly hasOtherBuildspecs: boolean;
}

const broken = (detail: string) => new Unknown("not-understood", [], detail);

/** What has more is no buildspec that people write, and would take time out of proportion. */
export const mostVariables = 1000;

/** What the text of a buildspec says, and its variables, which are known although the rest may not be. */
export interface BuildspecText {
  readonly buildspec: Maybe<Buildspec>;
  readonly variables: Maybe<readonly BuildspecVariable[]>;
}

/** Reads the text of a buildspec, YAML or JSON. What is wrong in it is told by its place, never by its text. */
export function parseBuildspec(text: string): BuildspecText {
  const data = yamlData(text, "buildspec");
  if (data instanceof Unknown) return { buildspec: data, variables: data };
  const variables = variablesOf(data);
  return { buildspec: buildspecOf(data, variables), variables };
}

function buildspecOf(data: unknown, variables: BuildspecText["variables"]): Maybe<Buildspec> {
  const phases = ownMember(data, "phases");
  if (!isJsonObject(phases)) return broken("the buildspec has no phases");
  if (variables instanceof Unknown) return variables;
  const env = ownMember(data, "env");
  const shell = ownMember(env, "shell");
  return {
    variables,
    storedVariables: ["parameter-store", "secrets-manager"].flatMap((store) => {
      const stored = ownMember(env, store);
      return isJsonObject(stored) ? Object.keys(stored) : [];
    }),
    phases: phaseNames.flatMap((name) => {
      const phase = ownMember(phases, name);
      return isJsonObject(phase) ? [readPhase(name, phase)] : [];
    }),
    shell: typeof shell === "string" ? shell : null,
    keepsVariables: textOf(ownMember(data, "version")) !== "0.1",
    hasOtherBuildspecs: namesBuildspec(ownMember(data, "batch")),
  };
}

/** The commands of a buildspec in their order; none where its text cannot be read. */
export function commandsOf(buildspec: Maybe<Buildspec>): readonly Entry[] {
  if (buildspec instanceof Unknown) return [];
  return buildspec.phases.flatMap((phase) => [...phase.commands, ...phase.finally]);
}

function variablesOf(data: unknown): Maybe<readonly BuildspecVariable[]> {
  const variables = ownMember(ownMember(data, "env"), "variables");
  const written = Object.entries(isJsonObject(variables) ? variables : {});
  if (written.length > mostVariables) return broken(`the buildspec has more than ${mostVariables} variables`);
  return written.map(([name, value]) => ({ name, value: textOf(value) }));
}

/** What the YAML of a buildspec holds. */
function readPhase(name: PhaseName, phase: Readonly<Record<string, unknown>>): Phase {
  const onFailure = phase["on-failure"];
  return {
    name,
    onFailure:
      onFailure === undefined || onFailure === null
        ? null
        : onFailure === "ABORT" || onFailure === "CONTINUE"
          ? onFailure
          : "other",
    commands: readEntries(phase["commands"], `phases.${name}.commands`),
    finally: readEntries(phase["finally"], `phases.${name}.finally`),
  };
}

function readEntries(value: unknown, path: string): Entry[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return list.map((entry, at) => {
    const place = `${path}[${at}]`;
    return { place, text: textOf(entry) ?? broken(`${place} is no text`) };
  });
}

function textOf(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" ? value : null;
}

function namesBuildspec(batch: unknown): boolean {
  // A set that grows while it is walked: by aliases a part may stand within itself.
  const parts = new Set([batch]);
  for (const part of parts) {
    if (ownMember(part, "buildspec") !== undefined) return true;
    if (typeof part === "object" && part !== null) for (const inner of Object.values(part)) parts.add(inner);
  }
  return false;
}
