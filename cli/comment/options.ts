import type { Argv } from "yargs";
import { once } from "../check-options.ts";

const providerNames = ["github", "gitlab", "azure-devops", "bitbucket"] as const;
export type ProviderName = (typeof providerNames)[number];

/** The arguments of `plimsoll comment`, as yargs reads them. */
export interface CommentArguments {
  readonly report: string;
  readonly provider: ProviderName;
  readonly exitCode: string;
  readonly key: string;
  readonly whenClean: boolean;
  readonly api: string | undefined;
}

/** The environment variable with the token. */
export const tokenVariable = "PLIMSOLL_TOKEN";

/** The options of `comment`. */
export function commentOptions(command: Argv) {
  return command
    .positional("report", {
      type: "string",
      demandOption: true,
      describe: "the report of plimsoll check --format markdown=<file>",
    })
    .options({
      provider: { choices: providerNames, demandOption: true, describe: "where the change is reviewed" },
      "exit-code": {
        type: "string",
        requiresArg: true,
        demandOption: true,
        describe: "what the check ended with; where it is 0, a comment is only updated",
      },
      key: {
        type: "string",
        requiresArg: true,
        default: "plimsoll",
        describe: "tells apart the comments of several jobs",
      },
      "when-clean": { type: "boolean", default: false, describe: "create a comment also where nothing blocks" },
      api: { type: "string", requiresArg: true, describe: "address of the API; as the environment of the job has it" },
    })
    .check(once("provider", "exit-code", "key", "api"))
    .epilogue(`${tokenVariable} has the token. What goes wrong is said and changes nothing: the exit code is 0.`);
}
