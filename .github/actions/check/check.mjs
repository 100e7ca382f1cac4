// Runs the check, writes the job summary, and keeps one comment on the pull request. The exit code is that of the check: what
// goes wrong with the comment is said and changes nothing.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { keepComment } from "./comment.mjs";

const { env } = process;
const folder = mkdtempSync(join(env.RUNNER_TEMP ?? ".", "plimsoll-"));
const markdownFile = join(folder, "report.md");
const commandsFile = join(folder, "annotations.txt");

/** @param {string | undefined} text one value a line */
const lines = (text) => (text ?? "").split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));

/** @returns {{ command: string, args: string[] }} */
function plimsoll() {
  if (env.PLIMSOLL_PATH) return { command: process.execPath, args: [env.PLIMSOLL_PATH] };
  const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  return { command: "npx", args: ["--yes", `plimsoll@${env.PLIMSOLL_VERSION || manifest.version}`] };
}

function check() {
  const { command, args } = plimsoll();
  const formats = ["--format", "text", `markdown=${markdownFile}`, `github=${commandsFile}`];
  const config = env.PLIMSOLL_CONFIG ? [`--config=${env.PLIMSOLL_CONFIG}`] : [];
  const all = [...args, "check", ...lines(env.PLIMSOLL_PLAN), ...config, ...lines(env.PLIMSOLL_ARGS), ...formats];
  // The token is for the comment: the check does not get it.
  const { PLIMSOLL_TOKEN: _token, ...rest } = env;
  const { status, error } = spawnSync(command, all, { stdio: ["ignore", "inherit", "inherit"], env: rest });
  if (error !== undefined) process.stderr.write(`${command}: ${error.message}\n`);
  return status ?? 3;
}

const exitCode = check();
process.exitCode = exitCode;
if (existsSync(commandsFile)) process.stdout.write(readFileSync(commandsFile, "utf8"));
const markdown = existsSync(markdownFile)
  ? readFileSync(markdownFile, "utf8")
  : `### plimsoll: no report\n\nThe check ended with exit code ${exitCode}; the log of the job says why.\n`;
if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, markdown);
if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, `exit-code=${exitCode}\nmarkdown=${markdownFile}\n`);

if (env.PLIMSOLL_COMMENT === "true") {
  const { number } = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8")).pull_request ?? {};
  const said =
    number === undefined
      ? "no comment: this run is not of a pull request"
      : await keepComment(markdown, {
          api: env.GITHUB_API_URL ?? "https://api.github.com",
          repository: env.GITHUB_REPOSITORY ?? "",
          number,
          token: env.PLIMSOLL_TOKEN ?? "",
          key: env.PLIMSOLL_KEY ?? "",
          createsOne: exitCode !== 0 || env.PLIMSOLL_COMMENT_WHEN_CLEAN === "true",
        });
  process.stdout.write(`plimsoll: ${said}\n`);
}
