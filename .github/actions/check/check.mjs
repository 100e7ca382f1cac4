// Runs the check and writes the job summary. The exit code is that of the check; where there is no report it is 3, never 0 or 1.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, sep } from "node:path";
import { install } from "./install.mjs";

const { env } = process;
const notJudged = 3;
const folder = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), "plimsoll-"));
const markdownFile = join(folder, "report.md");
const commandsFile = join(folder, "annotations.txt");

/** @param {string | undefined} text one value a line */
const lines = (text) => (text ?? "").split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));

/** The file of the command, which is none that the change under review may have written. */
function plimsoll() {
  if (env.PLIMSOLL_PATH) return outsideOfCheckout(env.PLIMSOLL_PATH);
  const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  return install(folder, {
    spec: env.PLIMSOLL_PACKAGE || `plimsoll@${version}`,
    registry: env.PLIMSOLL_REGISTRY || "https://registry.npmjs.org/",
    integrity: env.PLIMSOLL_INTEGRITY ?? "",
  });
}

/** @param {string} path */
function outsideOfCheckout(path) {
  const checkout = env.GITHUB_WORKSPACE;
  if (!checkout) return path;
  const way = relative(realpathSync(checkout), realpathSync(path));
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) return path;
  throw new Error(`path: ${path} stands in the checkout, where the change under review can write to`);
}

let command = "";

function check() {
  command = plimsoll();
  const formats = ["--format", "text", `markdown=${markdownFile}`, `github=${commandsFile}`];
  const config = env.PLIMSOLL_CONFIG ? [`--config=${env.PLIMSOLL_CONFIG}`] : [];
  // Plans may have any name.
  const args = ["check", ...formats, ...config, ...lines(env.PLIMSOLL_ARGS), "--", ...lines(env.PLIMSOLL_PLAN)];
  const { status } = spawnSync(process.execPath, [command, ...args], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...env, XDG_CACHE_HOME: folder },
  });
  return status ?? notJudged;
}

/** Without a report nothing is judged, whatever it ended with: 2 says that it was called in the wrong way. */
function exitCodeOfCheck() {
  try {
    const code = check();
    return code === 2 || (existsSync(markdownFile) && code < notJudged) ? code : notJudged;
  } catch (error) {
    process.stderr.write(`plimsoll: ${error.message}\n`);
    return notJudged;
  }
}

const exitCode = exitCodeOfCheck();
process.exitCode = exitCode;
if (existsSync(commandsFile)) process.stdout.write(readFileSync(commandsFile, "utf8"));
if (!existsSync(markdownFile)) {
  appendFileSync(
    markdownFile,
    `### plimsoll: no report\n\nThe check ended with exit code ${exitCode}; the log of the job says why.\n`,
  );
}
if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, readFileSync(markdownFile, "utf8"));
if (env.GITHUB_OUTPUT)
  appendFileSync(env.GITHUB_OUTPUT, `exit-code=${exitCode}\nmarkdown=${markdownFile}\ncommand=${command}\n`);
