import type { BuildspecText, BuildspecVariable, Entry } from "../../buildspec/buildspec.ts";
import { buildspecPlace } from "../../buildspec/place.ts";
import type { BuildspecInput, Understanding } from "../../buildspec/understand.ts";
import { isYaml } from "../../model/documents.ts";
import type { Model } from "../../model/model.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";

/** Works out what the commands of a buildspec do. */
export interface BuildspecReader {
  readonly understand: (text: string, input: BuildspecInput) => Maybe<Understanding>;
  /** The variables that it sets, which are known although its commands may not be understood. */
  readonly variables: (text: string) => Maybe<readonly BuildspecVariable[]>;
  readonly commands: (text: string) => readonly Entry[];
  /** What a document of Systems Manager in YAML says. */
  readonly document: (text: string) => Maybe<unknown>;
}

/** The reader, where a project of the plan has a buildspec in it or a document is written in YAML: its parsers cost start-up time, which other plans do not pay. */
export async function buildspecReader(model: Model): Promise<BuildspecReader | null> {
  const hasBuildspec = model.aws_codebuild_project.some(({ attributes }) =>
    [attributes.source, attributes.secondary_sources].some(
      ({ value }) =>
        !(value instanceof Unknown) &&
        value.some((source) => {
          const text = source instanceof Unknown ? null : source.buildspec.value;
          return typeof text === "string" && buildspecPlace(text) === "inline";
        }),
    ),
  );
  if (!hasBuildspec && !model.aws_ssm_document.some(isYaml)) return null;
  const [{ commandsOf, parseBuildspec }, { yamlData }, { understandBuildspec }] = await Promise.all([
    import("../../buildspec/buildspec.ts"),
    import("../../buildspec/yaml-data.ts"),
    import("../../buildspec/understand.ts"),
  ]);
  const read = new Map<string, BuildspecText>();
  /** Each text is parsed once: several policies ask, and projects share them. */
  const textOf = (text: string): BuildspecText => {
    const found = read.get(text) ?? parseBuildspec(text);
    read.set(text, found);
    return found;
  };
  return {
    understand: (text, input) => understandBuildspec(textOf(text).buildspec, input),
    variables: (text) => textOf(text).variables,
    commands: (text) => commandsOf(textOf(text).buildspec),
    document: (text) => yamlData(text, "document"),
  };
}
