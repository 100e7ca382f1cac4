import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import pLimit from "p-limit";
import { parse, parseAllDocuments } from "yaml";
import * as z from "zod";
import manifest from "../../package.json" with { type: "json" };
import { built, type Ended, hostileCheckout, root, run } from "./run.ts";

const integrity = "sha512-of+this+package==";
const installedFile = "node_modules/plimsoll/dist/plimsoll.cjs";

/** What a run of a glue is given. */
export interface Given {
  readonly plan?: string;
  readonly args?: readonly string[];
  /** Files of the checkout, by name, each a copy of another one. */
  readonly files?: Readonly<Record<string, string>>;
  /** What npm finds: the package, none, another one, or the package with this command. */
  readonly package?: "there" | "missing" | "another" | { readonly command: string };
  readonly env?: Readonly<Record<string, string>>;
}

/** What became of it. */
export interface RanGlue extends Ended {
  /** The working folder: a checkout of a change that brings along a command of its own. */
  readonly work: string;
  /** The temporary folder of the job. */
  readonly temporary: string;
  /** The words that npm was called with. */
  readonly npm: string;
}

/** A way to run the check that this repository ships; it runs as the service that it is for runs it. */
type Glue = (given?: Given) => Promise<RanGlue>;

/** Makes the glues, which share one package that is installed already. */
export function gluesIn(folder: string) {
  // It keeps its code cache: a job's own folder for it is new each time.
  const there = packageIn(
    join(folder, "there"),
    `process.env.XDG_CACHE_HOME = ${JSON.stringify(folder)};
process.argv[1] = ${JSON.stringify(built)};
require(${JSON.stringify(built)});
`,
  );
  const bin = npmIn(join(folder, "bin"));
  let count = 0;

  const few = pLimit(2);
  const glue = (given: Given, start: Start) => few(() => started(given, start));

  async function started(given: Given, start: Start): Promise<RanGlue> {
    count += 1;
    const work = hostileCheckout(mkdtempSync(join(folder, "work-")), "http://127.0.0.1:1/");
    for (const [name, source] of Object.entries(given.files ?? {})) {
      mkdirSync(dirname(join(work, name)), { recursive: true });
      cpSync(source, join(work, name));
    }
    const temporary = mkdtempSync(join(folder, "temporary-"));
    const kind = given.package ?? "there";
    const source = typeof kind === "string" ? there : packageIn(join(folder, `own-${count}`), kind.command);
    const log = join(temporary, "npm.txt");
    const { script, env, shell = "bash" } = start(work, temporary, source);
    const ran = await run(shell, ["-e", "-c", script], {
      cwd: work,
      env: {
        PATH: `${bin}:${process.env["PATH"]}`,
        FAKE_PACKAGE: kind === "missing" ? "" : source,
        FAKE_LOG: log,
        NODE_OPTIONS: undefined,
        ...env,
        ...given.env,
      },
    });
    return { ...ran, work, temporary, npm: existsSync(log) ? readFileSync(log, "utf8") : "" };
  }

  const expected = (given: Given) => (given.package === "another" ? "sha512-of+another==" : integrity);

  const gitHub: Glue = (given = {}) =>
    glue(given, (work, temporary) => ({
      script: `node ${join(root, ".github/actions/check/check.mjs")}`,
      env: {
        PLIMSOLL_PLAN: given.plan ?? "plan.json",
        PLIMSOLL_ARGS: (given.args ?? []).join("\n"),
        PLIMSOLL_INTEGRITY: expected(given),
        RUNNER_TEMP: temporary,
        GITHUB_WORKSPACE: work,
        GITHUB_STEP_SUMMARY: join(temporary, "summary.md"),
        GITHUB_OUTPUT: join(temporary, "output"),
      },
    }));

  const gitLab: Glue = (given = {}) =>
    glue(given, (_, temporary) => ({
      script: gitLabScript({
        integrity: expected(given),
        plan: given.plan ?? "plan.json",
        args: (given.args ?? []).join(" "),
      }),
      env: { TMPDIR: temporary, CI_JOB_NAME: "plimsoll" },
    }));

  const azure: Glue = (given = {}) =>
    glue(given, (_, temporary) => ({
      script: azureSteps[0].bash,
      env: {
        ...azureEnvironment({
          integrity: expected(given),
          plan: given.plan ?? "plan.json",
          args: (given.args ?? []).join(" "),
        }),
        AGENT_TEMPDIRECTORY: temporary,
      },
    }));

  const bitbucket: Glue = (given = {}) =>
    glue(given, () => ({
      script: bitbucketScript
        .replace('"INTEGRITY"', () => `"${expected(given)}"`)
        .replace("-- plan.json", () => [...(given.args ?? []), "--", given.plan ?? "plan.json"].join(" ")),
      env: {},
      shell: "sh",
    }));

  const atlantis: Glue = (given = {}) =>
    glue(given, (_, temporary, source) => {
      const server = join(temporary, "server");
      if (given.package !== "missing") cpSync(source, server, { recursive: true });
      return {
        script: atlantisRun
          .replace("/opt/plimsoll", server)
          .replace("--format atlantis", () => [...(given.args ?? []), "--format atlantis"].join(" ")),
        env: { SHOWFILE: given.plan ?? "plan.json" },
        shell: "sh",
      };
    });

  return { GitHub: gitHub, GitLab: gitLab, "Azure DevOps": azure, Bitbucket: bitbucket, Atlantis: atlantis };
}

type Start = (work: string, temporary: string, source: string) => Started;

interface Started {
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly shell?: "sh" | "bash";
}

/** A folder as npm leaves it behind. */
function packageIn(folder: string, command: string): string {
  mkdirSync(join(folder, "node_modules/plimsoll/dist"), { recursive: true });
  writeFileSync(join(folder, installedFile), command);
  const packages = { "node_modules/plimsoll": { version: manifest.version, integrity } };
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages }));
  return folder;
}

/** Stands for npm: `npm install --prefix FOLDER …` puts the package there, where there is one. */
function npmIn(folder: string): string {
  mkdirSync(folder);
  const file = join(folder, "npm");
  writeFileSync(
    file,
    `#!/bin/sh
echo "$@" in "$PWD" > "$FAKE_LOG"
[ -n "$FAKE_PACKAGE" ] || exit 1
cp -R "$FAKE_PACKAGE/." "$3"
`,
  );
  chmodSync(file, 0o755);
  return folder;
}

const textOf = (file: string) => readFileSync(join(root, file), "utf8");

const input = z.strictObject({ description: z.string(), default: z.string().optional() });
const inputs = z.strictObject({
  integrity: input,
  package: input,
  registry: input,
  plan: input,
  args: input,
  api: input,
});
const gitLabJob = z.strictObject({
  stage: z.string(),
  image: z.string(),
  script: z.tuple([z.string()]),
  artifacts: z.strictObject({
    when: z.literal("always"),
    reports: z.strictObject({ codequality: z.string(), junit: z.string() }),
  }),
});
const [header, body] = parseAllDocuments(textOf(".gitlab/plimsoll.gitlab-ci.yml")).map((document) => document.toJS());

export const gitLabTemplate = {
  inputs: z.strictObject({ spec: z.strictObject({ inputs }) }).parse(header).spec.inputs,
  job: z.strictObject({ ".plimsoll": gitLabJob }).parse(body)[".plimsoll"],
};

/** The script of the job, with the inputs in their places, as GitLab puts them there. */
function gitLabScript(given: Readonly<Record<string, string>>): string {
  return Object.entries(gitLabTemplate.inputs).reduce(
    (text, [name, { default: value = "" }]) => text.replaceAll(`$[[ inputs.${name} ]]`, () => given[name] ?? value),
    gitLabTemplate.job.script[0],
  );
}

const azureStep = z.strictObject({ displayName: z.string(), env: z.record(z.string(), z.string()), bash: z.string() });
export const azureTemplate = z
  .strictObject({
    parameters: z.array(
      z.strictObject({ name: z.string(), type: z.literal("string"), default: z.string().optional() }),
    ),
    steps: z.tuple([azureStep, azureStep.extend({ condition: z.string(), continueOnError: z.literal(true) })]),
  })
  .parse(parse(textOf(".azure-pipelines/plimsoll.yml")));
const azureSteps = azureTemplate.steps;

function azureEnvironment(given: Readonly<Record<string, string>>): Record<string, string> {
  const value = (text: string) => {
    const [, name = ""] = /^\$\{\{ parameters\.(\w+) \}\}$/.exec(text) ?? [];
    return given[name] ?? azureTemplate.parameters.find((parameter) => parameter.name === name)?.default ?? "";
  };
  return Object.fromEntries(Object.entries(azureSteps[0].env).map(([name, text]) => [name, value(text)]));
}

const bitbucketStep = z.strictObject({
  step: z.strictObject({ name: z.string(), image: z.string(), script: z.tuple([z.string()]) }),
});
export const bitbucketScript = z
  .strictObject({ definitions: z.strictObject({ steps: z.tuple([bitbucketStep]) }) })
  .parse(parse(textOf(".bitbucket/plimsoll.yml"))).definitions.steps[0].step.script[0];

const atlantisConfig = z.strictObject({
  repos: z.tuple([
    z.strictObject({
      id: z.string(),
      apply_requirements: z.array(z.string()),
      workflow: z.literal("plimsoll"),
      policy_check: z.literal(true),
      custom_policy_check: z.literal(true),
    }),
  ]),
  workflows: z.strictObject({
    plimsoll: z.strictObject({
      policy_check: z.strictObject({ steps: z.tuple([z.literal("show"), z.strictObject({ run: z.string() })]) }),
    }),
  }),
  policies: z.strictObject({
    owners: z.strictObject({ users: z.array(z.string()) }),
    policy_sets: z.array(z.strictObject({ name: z.string(), path: z.string(), source: z.literal("local") })),
  }),
});
export const atlantisRun = atlantisConfig.parse(parse(textOf(".atlantis/repos.yaml"))).workflows.plimsoll.policy_check
  .steps[1].run;
