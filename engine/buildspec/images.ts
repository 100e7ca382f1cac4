import { flagValue, hasFlag, listedValues, mayHoldFlags, plainWords } from "./flags.ts";
import type { Run } from "./run.ts";
import type { Word } from "./words.ts";

/** What a command does to images: whether it builds one, and what it pushes (as written); null where that is not told. */
export interface ImageWork {
  readonly builds: boolean | null;
  readonly pushes: boolean | null;
  /** The image as written; null where the command does not name it. */
  readonly image: string | null;
}

const nothing: ImageWork = { builds: false, pushes: false, image: null };

/** What programs that build, copy or push images do; null where the program is no such one. */
export function imageWorkOf(program: string, run: Run): ImageWork | null {
  const words = run.words;
  const [first, second] = plainWords(words);
  switch (program) {
    case "docker":
    case "podman":
    case "nerdctl":
    case "finch":
      return engineWork(words);
    case "buildah":
      return {
        builds: ["build", "bud", "build-using-dockerfile", "commit"].includes(first ?? ""),
        pushes: first === "push",
        image: imageIn(words, first),
      };
    case "docker-compose":
      return composeWork(words);
    case "executor":
    case "kaniko":
      return { builds: true, pushes: kanikoPushes(words), image: flagValue(words, ["--destination", "-d"]) ?? null };
    case "pack":
      return first === "build"
        ? { builds: true, pushes: orOpen(hasFlag(words, ["--publish"]), words), image: second ?? null }
        : nothing;
    case "crane":
    case "gcrane":
      return copies(["push", "copy", "cp", "append", "mutate", "rebase", "tag"].includes(first ?? ""), words);
    case "skopeo":
      return copies(["copy", "sync"].includes(first ?? "") && lastText(words).startsWith("docker://"), words);
    case "oras":
      return copies(["push", "cp", "copy"].includes(first ?? ""), words);
    case "regctl":
      return copies(first === "image" && ["copy", "cp", "import"].includes(second ?? ""), words);
    case "ko":
      return {
        builds: ["build", "publish", "resolve", "apply"].includes(first ?? ""),
        pushes: hasFlag(words, ["--local", "-L"]) === false,
        image: null,
      };
    default:
      return null;
  }
}

function copies(pushes: boolean, words: readonly Word[]): ImageWork {
  return { builds: false, pushes, image: pushes ? lastText(words) : null };
}

function lastText(words: readonly Word[]): string {
  return words.at(-1)?.text ?? "";
}

/** The last word that is no flag: programs take the image there. */
function imageIn(words: readonly Word[], subcommand: string | undefined): string | null {
  const texts = words.map(({ text }) => text).filter((text) => !text.startsWith("-") && text !== subcommand);
  return texts.at(-1) ?? null;
}

function orOpen(flag: boolean | null, words: readonly Word[]): boolean | null {
  return flag === false && mayHoldFlags(words) ? null : flag;
}

function kanikoPushes(words: readonly Word[]): boolean | null {
  const isOff = orOpen(hasFlag(words, ["--no-push"]), words);
  return isOff === null ? null : !isOff;
}

/** Flags of `docker` itself that stand before its command and take a value. */
const globalFlags = new Set([
  "--config",
  "--context",
  "-c",
  "--host",
  "-H",
  "--log-level",
  "-l",
  "--tlscacert",
  "--tlscert",
  "--tlskey",
]);

/** The words behind the global flags. */
export function engineCommand(words: readonly Word[]): readonly Word[] {
  let at = 0;
  for (let word = words[at]; word?.text.startsWith("-") === true; word = words[at])
    at += globalFlags.has(word.text) ? 2 : 1;
  return words.slice(at);
}

/** `docker`, and what has its command line. */
function engineWork(words: readonly Word[]): ImageWork {
  const [command, ...rest] = engineCommand(words);
  const sub = plainWords(rest)[0];
  switch (command?.value) {
    case "build":
      return { builds: true, pushes: buildPushes(rest), image: flagValue(rest, ["--tag", "-t"]) ?? null };
    case "push":
      return { builds: false, pushes: true, image: imageIn(rest, undefined) };
    case "image":
    case "manifest":
    case "builder":
      return {
        builds: sub === "build",
        pushes: sub === "push" || (sub === "build" ? buildPushes(rest) : false),
        image: imageIn(rest, sub),
      };
    case "buildx":
      return buildxWork(rest, sub);
    case "compose":
      return composeWork(rest);
    case "trust":
      return { builds: false, pushes: sub === "sign", image: imageIn(rest, sub) };
    default:
      return nothing;
  }
}

function buildxWork(rest: readonly Word[], sub: string | undefined): ImageWork {
  if (sub === "build" || sub === "b")
    return { builds: true, pushes: buildPushes(rest), image: flagValue(rest, ["--tag", "-t"]) ?? null };
  if (sub === "bake" || sub === "f")
    return { builds: true, pushes: buildPushes(rest) === true ? true : null, image: null };
  if (sub === "imagetools" && plainWords(rest)[1] === "create")
    return { builds: false, pushes: true, image: flagValue(rest, ["--tag", "-t"]) ?? null };
  return nothing;
}

/** `--push`, `--output type=registry`, `-o type=image,push=true`. */
function buildPushes(words: readonly Word[]): boolean | null {
  const push = hasFlag(words, ["--push"]);
  if (push !== false) return push;
  const output = listedValues(words, ["--output", "-o"]);
  if (output === null) return null;
  if (output !== undefined && /type=registry|push=true/.test(output)) return true;
  return mayHoldFlags(words) ? null : false;
}

function composeWork(words: readonly Word[]): ImageWork {
  const sub = plainWords(words).find((word) => ["build", "push", "up", "run", "pull", "config", "down"].includes(word));
  const builds = sub === "build" || (sub === "up" && hasFlag(words, ["--build"]) !== false);
  return { builds, pushes: sub === "push" || (sub === "build" && hasFlag(words, ["--push"]) !== false), image: null };
}
