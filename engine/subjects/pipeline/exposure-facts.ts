import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import { derivedFact } from "../subject.ts";

type Project = Modelled<"aws_codebuild_project">["attributes"];

/** One thing that was looked at, and where it stands. */
interface Look {
  readonly path: string;
  readonly value: Maybe<boolean>;
}

type Blocks<T> = Attribute<readonly Maybe<T>[]>;

/** What a look at each block says; a block that the plan does not tell says nothing. */
function lookAt<T>(blocks: Blocks<T>, look: (block: T) => Look): Look[] {
  const list = elementsOf(blocks.value);
  return list.map((block) => (block instanceof Unknown ? { path: blocks.path, value: block } : look(block)));
}

/** Whether any look found it, with the place of the one that decides. */
function anyLook(looks: readonly Look[], path: string) {
  const value = anyOf(looks.map((look) => look.value));
  return derivedFact(value, { path: looks.find((look) => look.value === value)?.path ?? path });
}

/** What a project leaves open to others: its results, its connections, what it stores. */
export function exposureFacts(project: Project) {
  const { source, secondary_sources: sources, artifacts, secondary_artifacts: more } = project;
  const certificates = ({ insecure_ssl: skips }: Block<"source">): Look => ({ path: skips.path, value: skips.value });
  const http = ({ location }: Block<"source">): Look => ({
    path: location.path,
    value: test(location.value, (text) => text !== null && /^http:\/\//i.test(text)),
  });
  // Without artifacts there is nothing to encrypt.
  const unencrypted = ({ type, encryption_disabled: disabled }: Block<"artifacts">): Look => ({
    path: disabled.path,
    value: allOf([disabled.value, test(type.value, (text) => text !== "NO_ARTIFACTS")]),
  });
  return {
    visibility: project.project_visibility,
    skipsCertificateCheck: anyLook([...lookAt(source, certificates), ...lookAt(sources, certificates)], source.path),
    usesPlainHttp: anyLook([...lookAt(source, http), ...lookAt(sources, http)], source.path),
    hasUnencryptedArtifacts: anyLook([...lookAt(artifacts, unencrypted), ...lookAt(more, unencrypted)], artifacts.path),
    ...logFacts(project),
  };
}

type Block<N extends "source" | "artifacts" | "logs_config"> =
  Project[N] extends Attribute<readonly Maybe<infer B>[]> ? Exclude<B, Unknown> : never;

/** Logs go to CloudWatch unless that is switched off. Source: CodeBuild API Reference, LogsConfig. */
function logFacts({ logs_config: config }: Project) {
  const cloudWatch = (logs: Block<"logs_config">): Look[] => {
    const { cloudwatch_logs: target } = logs;
    if (target.state === "unset") return [{ path: target.path, value: true }];
    return lookAt(target, ({ status }) => ({
      path: status.path,
      value: test(status.value, (text) => text === "ENABLED"),
    }));
  };
  const s3 = (logs: Block<"logs_config">): Look[] =>
    lookAt(logs.s3_logs, ({ status }) => ({
      path: status.path,
      value: test(status.value, (text) => text === "ENABLED"),
    }));
  const unencrypted = (logs: Block<"logs_config">): Look[] =>
    lookAt(logs.s3_logs, ({ status, encryption_disabled: disabled }) => ({
      path: disabled.path,
      value: allOf([disabled.value, test(status.value, (text) => text === "ENABLED")]),
    }));
  const list = elementsOf(config.value);
  const each = (look: (logs: Block<"logs_config">) => Look[]) =>
    list.flatMap((logs) => (logs instanceof Unknown ? [{ path: config.path, value: logs }] : look(logs)));
  return {
    hasUnencryptedLogs: anyLook(each(unencrypted), config.path),
    hasLogs:
      list.length === 0
        ? derivedFact(true, { path: config.path, note: "logs go to CloudWatch unless they are switched off" })
        : derivedFact(anyOf(each((logs) => [...cloudWatch(logs), ...s3(logs)]).map(({ value }) => value)), {
            path: config.path,
          }),
  };
}
