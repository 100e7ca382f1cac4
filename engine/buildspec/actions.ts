import { matchesGlob } from "../glob.ts";
import { hasFlag, plainWords } from "./flags.ts";
import { engineCommand, type ImageWork, imageWorkOf } from "./images.ts";
import { isOpaque } from "./programs.ts";
import type { Failure, Run } from "./run.ts";
import { allSeverities, type Scan, scansBy } from "./scanners.ts";
import type { Variables, Word } from "./words.ts";

/** What one command of a buildspec does that policies ask about. */
export interface Action {
  readonly run: Run;
  readonly scans: readonly Scan[];
  readonly images: ImageWork | null;
  /** `cosign verify`, `notation sign` and the like. */
  readonly signature: string | null;
  /** Whether Docker's content trust holds for it; undefined where the command is none that it concerns. */
  readonly contentTrust: boolean | null | undefined;
  /** Whether what it does cannot be told. */
  readonly isOpaque: boolean;
}

/** Commands that a team trusts to scan, as globs. */
export interface ScannerWrappers {
  readonly vulnerabilities: readonly string[];
  readonly configuration: readonly string[];
}

export function actionOf(run: Run, wrappers: ScannerWrappers): Action {
  const wrapped = wrappedScans(run, wrappers);
  const nothing = { run, scans: wrapped, images: null, signature: null, contentTrust: undefined };
  if (run.program === null) return { ...nothing, isOpaque: wrapped.length === 0 };
  const program = baseName(run.program);
  const contained = isContainerRun(program, run) ? containedRun(run) : null;
  if (contained !== null)
    return {
      ...actionOf(contained, { vulnerabilities: [], configuration: [] }),
      run: { ...run, failure: contained.failure },
    };
  const scans = [...wrapped, ...scansBy(program, run)];
  const images = imageWorkOf(program, run);
  const signature = signatureBy(program, run);
  const isUnderstood = scans.length > 0 || signature !== null || knownTools.has(program);
  return {
    run,
    scans,
    images,
    signature,
    contentTrust: contentTrustOf(program, run),
    isOpaque: isContainerRun(program, run)
      ? wrapped.length === 0
      : !isUnderstood && images === null && isOpaque(program, run),
  };
}

const knownTools = new Set(["trivy", "dockle", "grype", "snyk", "hadolint"]);

function baseName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}

function wrappedScans(run: Run, wrappers: ScannerWrappers): Scan[] {
  const text = [run.program ?? "", ...run.words.map((word) => word.text)].join(" ");
  const matches = (patterns: readonly string[]) =>
    patterns.some((pattern) => matchesGlob(text, pattern) || matchesGlob(text, `${pattern} *`));
  const scan = {
    tool: "wrapper",
    fails: true,
    severities: allSeverities,
    level: "info",
    leavesOut: false,
    allowsRootUser: false,
    image: null,
  };
  return [
    ...(matches(wrappers.vulnerabilities) ? [{ ...scan, finds: "vulnerabilities" as const }] : []),
    ...(matches(wrappers.configuration) ? [{ ...scan, finds: "configuration" as const }] : []),
  ];
}

const engines = new Set(["docker", "podman", "nerdctl", "finch"]);

function isContainerRun(program: string, run: Run): boolean {
  if (!engines.has(program)) return false;
  const [command, sub] = engineCommand(run.words);
  return command?.value === "run" || (command?.value === "container" && sub?.value === "run");
}

const containedTools = new Set([...knownTools, "executor", "crane", "skopeo", "cosign", "notation", "oras"]);

/** `docker run … aquasec/trivy:0.60 image …` as the command that the image runs; null where it is another image. */
function containedRun(run: Run): Run | null {
  const words = engineCommand(run.words);
  for (const [at, { text }] of words.entries()) {
    const tool = /^(?:[\w.-]+(?::\d+)?\/)*([\w-]+)(?:[:@]\S*)?$/.exec(text)?.[1];
    if (tool === undefined || !containedTools.has(tool)) continue;
    return {
      ...run,
      program: tool,
      words: words.slice(at + 1),
      failure: isDetached(words.slice(1, at)) ? detached : run.failure,
      variables: passedVariables(words.slice(0, at), run.variables),
    };
  }
  return null;
}

const detached: Failure = { kind: "swallowed", because: "the container runs in the background, detached" };

/** Source: Docker documentation, "docker container run", `--detach`; short flags without values may be written as one. */
function isDetached(words: readonly Word[]): boolean {
  return hasFlag(words, ["--detach", "-d"]) !== false || words.some(({ text }) => /^-[itPq]*d[itPq]*$/.test(text));
}

/** A container gets the variables that it is given. */
function passedVariables(words: readonly Word[], variables: Variables): Variables {
  const passed = new Map<string, string | null>();
  for (const [at, { text }] of words.entries()) {
    const given = text === "-e" || text === "--env" ? words[at + 1] : undefined;
    if (given === undefined) continue;
    const [name = "", ...rest] = given.text.split("=");
    if (rest.length > 0) passed.set(name, given.value === null ? null : given.value.slice(name.length + 1));
    else if (variables.has(name)) passed.set(name, variables.get(name) ?? null);
  }
  return passed;
}

const signing: Readonly<Record<string, readonly string[]>> = {
  cosign: ["sign", "attest", "verify", "verify-attestation"],
  notation: ["sign", "verify"],
};

function signatureBy(program: string, run: Run): string | null {
  const [first, second] = plainWords(run.words);
  if (program === "docker" && first === "trust" && second === "sign") return "docker trust sign";
  const found = Object.hasOwn(signing, program) ? signing[program]?.find((word) => word === first) : undefined;
  return found === undefined ? null : `${program} ${found}`;
}

const trustedCommands = new Set(["build", "pull", "push", "create", "run"]);

/** Any value but a false one switches it on. Source: Docker documentation, "Content trust in Docker", and docker/cli. */
function contentTrustOf(program: string, run: Run): boolean | null | undefined {
  if (program !== "docker") return undefined;
  const words = engineCommand(run.words);
  const [first, second] = plainWords(words);
  const command = first === "image" || first === "buildx" || first === "container" ? second : first;
  if (command === undefined || !trustedCommands.has(command)) return undefined;
  const disabled = hasFlag(words, ["--disable-content-trust"]);
  const isEnabledByFlag = words.some(({ value }) => /^--disable-content-trust=(?:0|f|false)$/i.test(value ?? ""));
  if (isEnabledByFlag) return true;
  if (disabled !== false) return disabled === null ? null : false;
  const value = run.variables.get("DOCKER_CONTENT_TRUST");
  if (value === null) return null;
  return value !== undefined && value !== "" && !/^(?:0|f|false)$/i.test(value);
}
