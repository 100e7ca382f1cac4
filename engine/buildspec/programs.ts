import { plainWords } from "./flags.ts";
import type { Run } from "./run.ts";

/** Programs that neither build, scan nor push an image, nor run a script that could. */
const inert = new Set(
  (
    ": [ alias apk apt apt-get awk aws base64 basename break bunzip2 cat cd chgrp chmod chown cmp command comm continue cp curl cut date dd df diff dig " +
    "dirname dnf dockerd dpkg du echo env exit expr export false file find fold free getent git git-lfs go-junit-report gpg " +
    "grep egrep fgrep groupadd gunzip gzip head hostname id install jobs jq yq kill less let ln ls lsof md5sum mkdir mktemp mount mv nl " +
    "node-version nproc od openssl paste patch pgrep pidof ping popd printenv printf ps pushd pwd read readlink realpath return rev rm rmdir " +
    "rpm rsync sed seq sha1sum sha256sum sha512sum shasum shift shopt shuf sleep sort split ssh-keyscan ssh-add ssh-agent stat stty su sum sync tail tar " +
    "tee test time touch tr tree true tty type ulimit umask uname uniq unset unxz unzip update-ca-certificates update-alternatives uptime useradd usermod wait wc wget " +
    "whereis which whoami xz yes yum zip zcat systemctl service envsubst gettext terraform tofu terragrunt tflint kubectl helm kustomize " +
    "eksctl ecs-cli sam cdk copilot sops age direnv nvm n pyenv rbenv goenv asdf corepack jar java javac gem bundle composer syft cyclonedx docker-credential-ecr-login " +
    "codebuild-breakpoint codebuild-extras amazon-linux-extras pip pip3 pipenv poetry uv pytest tox nox ruff black flake8 mypy pylint isort " +
    "tsc eslint prettier jest vitest mocha biome shellcheck shfmt actionlint yamllint cosign notation"
  ).split(" "),
);

/** Tools of languages, with what they are usually told: the tests and the build of the application itself. */
const conventional: Readonly<Record<string, RegExp>> = {
  npm: /^(?:ci|i|install|add|test|t|audit|version|config|set|login|cache|pack|prune|rebuild|ls|outdated|view|whoami)$/,
  yarn: /^(?:install|add|test|audit|config|cache|version|set|lint|build|workspaces)$/,
  pnpm: /^(?:ci|i|install|add|test|t|audit|config|fetch|lint|build|store|version)$/,
  bun: /^(?:ci|i|install|add|test|pm)$/,
  go: /^(?:build|test|vet|mod|install|fmt|get|env|version|generate|tool|work|clean|list)$/,
  cargo: /^(?:build|test|check|clippy|fmt|fetch|install|clean|doc|bench|update|audit|deny)$/,
  dotnet: /^(?:build|test|restore|publish|pack|format|clean|tool|nuget|--version)$/,
  mvn: /^(?:clean|compile|test|package|verify|install|validate|dependency:.*)$/,
  mvnw: /^(?:clean|compile|test|package|verify|install|validate|dependency:.*)$/,
  gradle: /^(?:clean|build|test|check|assemble|jar|bootJar|dependencies)$/,
  gradlew: /^(?:clean|build|test|check|assemble|jar|bootJar|dependencies)$/,
};

/** Names of package scripts by which the application is built and tested. */
const conventionalScript =
  /^(?:test|lint|build|format|fmt|types?|typecheck|check|coverage|compile|prettier|eslint|unit)(?:[:-](?:unit|ci|types?|fix|check|prod|coverage|all))*$/;

/** Whether a command may do anything, what nobody can tell from its words: a script, a build tool's target, a container. */
export function isOpaque(program: string, run: Run): boolean {
  if (inert.has(program)) return false;
  const words = plainWords(run.words);
  const [first, second] = words;
  if (program === "python" || program === "python3" || program === "node")
    return !(run.words[0]?.text === "--version" || run.words[0]?.text === "-v" || isPythonModule(run));
  const usual = Object.hasOwn(conventional, program) ? conventional[program] : undefined;
  if (usual === undefined) return true;
  if (first === undefined) return false;
  if (first === "run" || first === "run-script") return !(second !== undefined && conventionalScript.test(second));
  if (words.some((word) => /jib|docker|image/i.test(word))) return true;
  return !usual.test(first);
}

function isPythonModule({ words }: Run): boolean {
  return (
    words[0]?.value === "-m" &&
    ["pip", "pytest", "venv", "unittest", "json.tool", "ensurepip", "build"].includes(words[1]?.value ?? "")
  );
}
