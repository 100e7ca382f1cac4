import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type ExitCode, exitCodes, UsageError } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { asking } from "./ask.ts";
import { azureDevOps } from "./azure-devops.ts";
import { bitbucket } from "./bitbucket.ts";
import { gitHub, pullRequestOf } from "./github.ts";
import { gitLab } from "./gitlab.ts";
import { keepComment } from "./keep-comment.ts";
import { type CommentArguments, type ProviderName, tokenVariable } from "./options.ts";
import type { Provider } from "./provider.ts";

/** The change that a job is of, and the address of the API. */
interface Target {
  readonly provider: Provider;
  readonly api: string | undefined;
}

type Environment = Io["env"];

/** What the environment of a job says; null where it is of no change under review. */
const targets: Readonly<Record<ProviderName, (env: Environment) => Target | null>> = {
  github: (env) => {
    const number = pullRequestOf(env["GITHUB_EVENT_PATH"]);
    const api = env["GITHUB_API_URL"] ?? "https://api.github.com";
    return number === undefined ? null : { provider: gitHub(env["GITHUB_REPOSITORY"] ?? "", number), api };
  },
  gitlab: (env) => {
    const { CI_MERGE_REQUEST_IID: number, CI_MERGE_REQUEST_PROJECT_ID: project, CI_API_V4_URL: api } = env;
    return number === undefined ? null : { provider: gitLab(project ?? env["CI_PROJECT_ID"] ?? "", number), api };
  },
  "azure-devops": (env) => {
    const { SYSTEM_PULLREQUEST_PULLREQUESTID: number, SYSTEM_TEAMPROJECT: project, BUILD_REPOSITORY_ID: id } = env;
    const api = env["SYSTEM_COLLECTIONURI"];
    return number === undefined ? null : { provider: azureDevOps(project ?? "", id ?? "", number), api };
  },
  bitbucket: (env) => {
    const { BITBUCKET_PR_ID: number, BITBUCKET_REPO_FULL_NAME: repository = "" } = env;
    return number === undefined
      ? null
      : { provider: bitbucket(repository, number), api: "https://api.bitbucket.org/2.0" };
  },
};

/** Keeps one comment on the change under review. What goes wrong is said, and changes nothing of the check. */
export async function commentCommand(args: CommentArguments, io: Io): Promise<ExitCode> {
  io.out(`plimsoll: ${await said(args, io)}\n`);
  return exitCodes.clean;
}

async function said(args: CommentArguments, io: Io): Promise<string> {
  const target = targets[args.provider](io.env);
  if (target === null) return "no comment: this run is of no change under review";
  const token = io.env[tokenVariable] ?? "";
  if (token === "") return `no comment: ${tokenVariable} has no token`;
  const api = args.api ?? target.api;
  if (api === undefined || !URL.canParse(api))
    throw new UsageError("--api: the address of the API is not known; name it");
  const comment = {
    markdown: reportIn(args.report, args.exitCode, io),
    key: args.key,
    isOpen: args.exitCode !== "0",
    createsClean: args.whenClean,
  };
  return keepComment(comment, target.provider, asking(api, target.provider.headers(token)));
}

function reportIn(file: string, exitCode: string, io: Io): string {
  try {
    return readFileSync(resolve(io.cwd, file), "utf8");
  } catch {
    const ended = /^[0-9]+$/.test(exitCode) ? `The check ended with exit code ${exitCode}; the` : "The";
    return `### plimsoll: no report\n\n${ended} log of the job says why.\n`;
  }
}
