import { buildspecPlace } from "../../buildspec/place.ts";
import type { Understanding } from "../../buildspec/understand.ts";
import { type Attribute, inBlock, mapAttribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { holdsSecretForm } from "../../secrets/forms.ts";
import { isSecretName } from "../../secrets/names.ts";
import { valueKind } from "../../secrets/values.ts";
import { anyOf, test } from "../../three-valued.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { join } from "../joins/join.ts";
import { isSecretPath } from "../secrets/secret-references.ts";
import { attributeFact, derivedFact, type Subject, subject } from "../subject.ts";
import type { BuildProject } from "./projects.ts";
import { refersToSecret } from "./secret-attributes.ts";

const kind = "pipeline-value";

/** A value with what is known of it. */
interface Held {
  readonly resource: PlanResource;
  /** The name of the subject within its resource. */
  readonly at: string;
  readonly place: string;
  readonly name: Attribute<string | null> | null;
  readonly type: Attribute<string | null> | null;
  readonly value: Attribute<string | null>;
}

function valueSubject({ resource, at, place, name, type, value }: Held, context: JoinContext): Subject {
  const { secretNamePatterns, secretNameExceptions } = context.settings;
  const parameter = parameterOf(value, type?.value ?? null, resource, context);
  const from = { path: value.path, sensitive: value.sensitive };
  return subject(kind, resource, at, {
    place: derivedFact<string | null>(place, from),
    name: name === null ? derivedFact<string | null>(null) : attributeFact(name),
    type: type === null ? derivedFact<string | null>(null) : attributeFact(type),
    isSecretName: derivedFact(
      anyOf([
        name === null
          ? false
          : test(name.value, (text) => isSecretName(text ?? "", secretNamePatterns, secretNameExceptions)),
        parameter.isSecretName,
      ]),
      { path: name?.path ?? value.path },
    ),
    valueKind: { ...attributeFact(mapAttribute(value, (text) => valueKind(text ?? ""))), sensitive: false },
    holdsSecretForm: { ...attributeFact(mapAttribute(value, (text) => holdsSecretForm(text ?? ""))), sensitive: false },
    isSensitive: derivedFact(value.sensitive, { path: value.path }),
    refersToSecret: derivedFact(refersToSecret(value.value), { path: value.path }),
    parameterType: parameter.fact,
  });
}

/** The SSM parameter that fills a variable. */
function parameterOf(
  value: Attribute<string | null>,
  type: Maybe<string | null>,
  resource: PlanResource,
  context: JoinContext,
) {
  const nothing = { fact: derivedFact<string | null>(null), isSecretName: false as Maybe<boolean> };
  if (type instanceof Unknown) return { fact: derivedFact<string | null>(type), isSecretName: type };
  if (type !== "PARAMETER_STORE") return nothing;
  const { aws_ssm_parameter: parameters } = context.model;
  const found = join(value.value, resource, parameters, ({ attributes }) => [
    attributes.name.value,
    attributes.arn.value,
  ]);
  const isSecret = (name: Maybe<string | null>) => test(name, (text) => isSecretPath(text ?? "", context));
  switch (found.kind) {
    case "one": {
      const { attributes, resource: target } = found.match;
      const note = `joined to ${target.address} by ${found.by}`;
      const fact = { ...attributeFact(attributes.type), address: target.address, note };
      return { fact, isSecretName: isSecret(attributes.name.value) };
    }
    case "none": {
      const unnamed = parameters.map(({ attributes }) => attributes.name.value).find((name) => name instanceof Unknown);
      const fact = derivedFact<string | null>(unnamed ?? null, { path: value.path });
      return { fact, isSecretName: isSecret(value.value) };
    }
    case "several":
      return {
        fact: derivedFact<string | null>(
          new Unknown("no-join", [], "the name is that of several parameters of this plan"),
        ),
        isSecretName: isSecret(value.value),
      };
    case "unknown":
      return {
        fact: derivedFact<string | null>(found.unknown, { path: value.path }),
        isSecretName: isSecret(value.value),
      };
  }
}

/** All values that a build project holds in the plan. */
export function projectValueSubjects(
  { project, understanding, buildspec }: BuildProject,
  context: JoinContext,
): Subject[] {
  const { resource, attributes } = project;
  const variables = inBlock(attributes.environment, "environment_variable", (block) => block.environment_variable, []);
  return [
    ...(variables.value instanceof Unknown
      ? [unknownSubject(kind, resource, "environment_variable", variables.value, variables.path)]
      : variables.value.map((variable, at) => {
          if (variable instanceof Unknown)
            return unknownSubject(kind, resource, `environment_variable/${at}`, variable, `${variables.path}[${at}]`);
          const { name, type, value } = variable;
          const label = typeof name.value === "string" ? name.value : at;
          const place = "codebuild-variable";
          return valueSubject({ resource, at: `environment_variable/${label}`, place, name, type, value }, context);
        })),
    ...buildspecSubjects(resource, buildspec, understanding, context),
    ...[attributes.source, attributes.secondary_sources].flatMap((sources) =>
      sourceSubjects(resource, sources, attributes.source.path, context),
    ),
  ];
}

/** The variables of an inline buildspec, and all of its text. */
function buildspecSubjects(
  resource: PlanResource,
  buildspec: Attribute<string | null>,
  understanding: Maybe<Understanding>,
  context: JoinContext,
): Subject[] {
  const base = { resource, type: null };
  const variables =
    understanding instanceof Unknown
      ? []
      : understanding.buildspec.variables.map(({ name, value }) => {
          const at: Attribute<string | null> = { state: "known", value: name, path: buildspec.path, sensitive: false };
          const held = { ...at, value: value ?? "", sensitive: buildspec.sensitive };
          const place = "buildspec-variable";
          return valueSubject({ ...base, at: `buildspec/${name}`, place, name: at, value: held }, context);
        });
  // A path or the ARN of an object has no text of its own.
  if (typeof buildspec.value === "string" && buildspecPlace(buildspec.value) !== "inline") return [];
  if (buildspec.state === "unset") return [];
  // What a variable fills in later is no credential in clear.
  const text = mapAttribute(buildspec, (known) => known?.replace(/\$\{[^}]*\}|\$\([^)]*\)|\$\w+/g, "") ?? null);
  return [
    ...variables,
    valueSubject({ ...base, at: "buildspec", place: "buildspec-text", name: null, value: text }, context),
  ];
}

function sourceSubjects(
  resource: PlanResource,
  sources: Modelled<"aws_codebuild_project">["attributes"]["source"],
  primaryPath: string,
  context: JoinContext,
): Subject[] {
  const name = sources.path === primaryPath ? "source" : "secondary_sources";
  if (sources.value instanceof Unknown) return [unknownSubject(kind, resource, name, sources.value, sources.path)];
  return sources.value.flatMap((source, at) => {
    if (source instanceof Unknown)
      return [unknownSubject(kind, resource, `${name}/${at}`, source, `${sources.path}[${at}]`)];
    const { location: value } = source;
    if (value.state === "unset") return [];
    return [
      valueSubject(
        { resource, at: `${name}/${at}/location`, place: "source-location", name: null, type: null, value },
        context,
      ),
    ];
  });
}

/** The environment variables of a Lambda function. */
export function lambdaValueSubjects(
  { resource, attributes }: Modelled<"aws_lambda_function">,
  context: JoinContext,
): Subject[] {
  const variables = inBlock(attributes.environment, "variables", (block) => block.variables, []);
  if (variables.value instanceof Unknown)
    return [unknownSubject(kind, resource, "environment", variables.value, variables.path)];
  return variables.value.map(({ name, value }) => {
    const named: Attribute<string | null> = { state: "known", value: name, path: value.path, sensitive: false };
    return valueSubject(
      { resource, at: `environment/${name}`, place: "lambda-variable", name: named, type: null, value },
      context,
    );
  });
}
