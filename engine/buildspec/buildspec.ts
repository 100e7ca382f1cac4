import { parseDocument } from "yaml";
import { isJsonObject, ownMember } from "../plan/json.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";

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

interface BuildspecVariable {
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

/** Reads the text of a buildspec, YAML or JSON. What is wrong in it is told by its place, never by its text. */
export function parseBuildspec(text: string): Maybe<Buildspec> {
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: "silent" });
  const [error] = document.errors;
  if (error !== undefined) return broken(`the buildspec is not valid YAML, at character ${error.pos[0]}`);
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 });
  } catch {
    return broken("the buildspec has too many or unresolved aliases");
  }
  const phases = ownMember(data, "phases");
  if (!isJsonObject(phases)) return broken("the buildspec has no phases");
  const env = ownMember(data, "env");
  const variables = ownMember(env, "variables");
  const shell = ownMember(env, "shell");
  return {
    variables: Object.entries(isJsonObject(variables) ? variables : {}).map(([name, value]) => ({
      name,
      value: textOf(value),
    })),
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

const deepest = 20;

function namesBuildspec(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null || depth > deepest) return false;
  if (!Array.isArray(value) && ownMember(value, "buildspec") !== undefined) return true;
  return Object.values(value).some((part) => namesBuildspec(part, depth + 1));
}
