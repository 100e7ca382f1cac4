// The step behind the check: keeps one comment on the pull request. What goes wrong here is said, and changes nothing of the
// check, which has ended before.
import { readFileSync } from "node:fs";
import { keepComment } from "./keep-comment.mjs";

const { env } = process;

/** @returns {number | undefined} the number of the pull request; undefined where the run is of none */
function pullRequest() {
  try {
    return JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8")).pull_request?.number;
  } catch {
    return undefined;
  }
}

function report() {
  try {
    return readFileSync(env.PLIMSOLL_MARKDOWN ?? "", "utf8");
  } catch {
    return "### plimsoll: no report\n\nThe check gave none; the log of the job says why.\n";
  }
}

const number = pullRequest();
const said =
  number === undefined
    ? "no comment: this run is not of a pull request"
    : await keepComment(report(), {
        api: env.GITHUB_API_URL ?? "https://api.github.com",
        repository: env.GITHUB_REPOSITORY ?? "",
        number,
        token: env.PLIMSOLL_TOKEN ?? "",
        key: env.PLIMSOLL_KEY ?? "",
        createsOne: env.PLIMSOLL_EXIT_CODE !== "0" || env.PLIMSOLL_COMMENT_WHEN_CLEAN === "true",
      });
process.stdout.write(`plimsoll: ${said}\n`);
