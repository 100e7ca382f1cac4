import { buildspecPlace } from "../../buildspec/place.ts";
import { namesAnArn } from "../../iam/actions.ts";
import { oneOf } from "../../joins/join.ts";
import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { partName } from "../../model/part-names.ts";
import type { PlanResource } from "../../plan/read.ts";
import { isMadeUp, targetsOf } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { secretFormsIn } from "../../secrets/forms.ts";
import { isSecretName } from "../../secrets/names.ts";
import { valueKind } from "../../secrets/values.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { formsIn, shellForms } from "../secrets/recognise.ts";
import { isSecretPath } from "../secrets/secret-references.ts";
import { refersToSecret } from "../secrets/secret-sources.ts";
import { derivedFact, type FactOf, type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { type BuildProject, buildProjects } from "./projects.ts";

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
  /** The names of the forms of credentials that were found in it; found in the value where they are left out. */
  readonly forms?: Maybe<readonly string[]>;
}

function valueSubject(held: Held, context: JoinContext): SubjectOf<"pipeline-value"> {
  const { resource, at, place, name, type, value } = held;
  const { secretNamePatterns, secretNameExceptions } = context.settings;
  const stored = storeOf(held, context);
  const isNamedSecret =
    name !== null && test(name.value, (text) => isSecretName(text ?? "", secretNamePatterns, secretNameExceptions));
  // Of a variable that a store fills, the value is only the name of what is stored.
  const isName = type !== null && test(type.value, (text) => text !== "PLAINTEXT");
  const inClear = (holds: Maybe<boolean>, note: string | null = null) =>
    derivedFact(allOf([not(isName), holds]), { path: value.path, note });
  const forms =
    held.forms ??
    (value.value instanceof Unknown ? value.value : formsIn(value.value ?? "", null, false, context.settings));
  const isPointer = value.value instanceof Unknown && pointsToStore(value.value);
  const isOfAws = value.value instanceof Unknown && isMadeUp(value.value);
  const ownName = typeof name?.value === "string" ? name.value : null;
  const formOf = mapAttribute(value, (text) => valueKind(text ?? "", ownName)).value;
  return subject(kind, resource, at, {
    place: derivedFact(place, { path: value.path }),
    name: name === null ? derivedFact(null) : name,
    store: stored.fact,
    isSecretName: derivedFact(anyOf([isNamedSecret, stored.isSecretName]), { path: name?.path ?? value.path }),
    valueKind: derivedFact(isName === true ? "text" : isPointer || isOfAws ? "reference" : formOf, {
      path: value.path,
    }),
    holdsSecretForm: inClear(isPointer || isOfAws ? false : test(forms, (found) => found.length > 0), noteOf(forms)),
    isSensitive: inClear(value.sensitive),
    refersToSecret: inClear(refersToSecret(value.value, context)),
  });
}

function noteOf(forms: Maybe<readonly string[]>): string | null {
  return forms instanceof Unknown || forms.length === 0 ? null : [...new Set(forms)].join(", ");
}

/** Whether an unknown value is the ARN of a secret or parameter of this plan. */
function pointsToStore(value: Unknown): boolean {
  const types = ["aws_secretsmanager_secret", "aws_secretsmanager_secret_version", "aws_ssm_parameter"];
  return namesAnArn(value) && (targetsOf(value.references) ?? []).every(({ type }) => types.includes(type));
}

/** Where the value of a variable is kept, and whether the name of what is kept there is that of a secret. */
interface Stored {
  readonly fact: FactOf<string | null>;
  readonly isSecretName: Maybe<boolean>;
}

function storeOf({ resource, type, value }: Held, context: JoinContext): Stored {
  const kindOf = type?.value ?? null;
  const from = { path: type?.path ?? value.path };
  const isSecret = test(value.value, (text) => isSecretPath(text ?? "", context));
  if (kindOf instanceof Unknown)
    return { fact: derivedFact(kindOf, from), isSecretName: isSecret === false ? false : kindOf };
  if (kindOf === "SECRETS_MANAGER") return { fact: derivedFact("elsewhere", from), isSecretName: false };
  return kindOf === "PARAMETER_STORE"
    ? parameterStore(resource, value, context)
    : { fact: derivedFact("clear", from), isSecretName: false };
}

/** The SSM parameter that fills a variable: only one of this plan shows whether it is stored encrypted. */
function parameterStore(resource: PlanResource, value: Attribute<string | null>, context: JoinContext): Stored {
  const found = context.joins.named("aws_ssm_parameter", value.value, resource);
  const isSecret = (name: Maybe<string | null>) => test(name, (text) => isSecretPath(text ?? "", context));
  const open = (unknown: Unknown): Stored => ({
    fact: derivedFact(unknown, { path: value.path }),
    isSecretName: isSecret(value.value),
  });
  switch (found.kind) {
    case "one": {
      const { attributes, resource: target } = found.match;
      const store = mapAttribute(attributes.type, (text) =>
        text === "SecureString" ? "secure-parameter" : "plain-parameter",
      );
      const note = `joined to ${target.address} by ${found.by}`;
      return {
        fact: derivedFact(store.value, { path: attributes.type.path, address: target.address, note }),
        isSecretName: isSecret(attributes.name.value),
      };
    }
    case "none": {
      const fact = derivedFact("elsewhere", { path: value.path });
      return { fact, isSecretName: isSecret(value.value) };
    }
    case "several":
      return open(oneOf(found.matches));
    case "unknown":
      return open(found.unknown);
  }
}

/** The values that build projects and functions hold in the plan. */
export function pipelineValueSubjects(context: JoinContext): SubjectOf<"pipeline-value">[] {
  return [
    ...buildProjects(context).flatMap((project) => projectValueSubjects(project, context)),
    ...context.model.aws_lambda_function.flatMap((lambda) => lambdaValueSubjects(lambda, context)),
  ];
}

/** All values that a build project holds in the plan. */
function projectValueSubjects(
  { project, buildspec }: BuildProject,
  context: JoinContext,
): SubjectOf<"pipeline-value">[] {
  const { resource, attributes } = project;
  const variables = attributes.environment.only.environment_variable;
  return [
    ...(variables.value instanceof Unknown
      ? [unknownSubject(kind, resource, "environment_variable", variables.value, variables.path)]
      : variables.value.map((variable, at) => {
          if (variable instanceof Unknown)
            return unknownSubject(kind, resource, `environment_variable/${at}`, variable, `${variables.path}[${at}]`);
          const { name, type, value } = variable;
          const label = partName("variables", at, name);
          const place = "codebuild-variable";
          return valueSubject({ resource, at: `environment_variable/${label}`, place, name, type, value }, context);
        })),
    ...buildspecSubjects(resource, buildspec, context),
    ...[attributes.source, attributes.secondary_sources].flatMap((sources) =>
      sourceSubjects(resource, sources, attributes.source.path, context),
    ),
  ];
}

/** The variables of an inline buildspec, and all of its text. */
function buildspecSubjects(
  resource: PlanResource,
  buildspec: Attribute<string | null>,
  context: JoinContext,
): SubjectOf<"pipeline-value">[] {
  // A path or the ARN of an object has no text of its own.
  if (typeof buildspec.value === "string" && buildspecPlace(buildspec.value) !== "inline") return [];
  if (buildspec.state === "unset") return [];
  const base = { resource, type: null };
  const variables = typeof buildspec.value === "string" ? context.buildspecs?.variables(buildspec.value) : undefined;
  const rows =
    variables instanceof Unknown
      ? [unknownSubject(kind, resource, "buildspec/variables", variables, buildspec.path)]
      : (variables ?? []).map(({ name, value }, at) => {
          const named: Attribute<string | null> = { ...buildspec, state: "known", value: name };
          const held = { ...named, value: value ?? "" };
          const label = `buildspec/${partName("variables", at, named)}`;
          return valueSubject({ ...base, at: label, place: "buildspec-variable", name: named, value: held }, context);
        });
  return [
    ...rows,
    valueSubject(
      {
        ...base,
        at: "buildspec",
        place: "buildspec-text",
        name: null,
        value: buildspec,
        forms: buildspec.value instanceof Unknown ? buildspec.value : buildspecForms(buildspec.value ?? "", context),
      },
      context,
    ),
  ];
}

/** What is found in the text of a buildspec, and in which of its commands. */
function buildspecForms(text: string, { buildspecs, settings }: JoinContext): string[] {
  // What a variable fills in later is no credential in clear.
  const written = text.replace(/\$\{[^}]*\}|\$\([^)]*\)|\$\w+/g, "");
  const inCommands = (buildspecs?.commands(text) ?? []).flatMap((entry) =>
    entry.text instanceof Unknown ? [] : shellForms(entry.text, settings).map((form) => `${form} in ${entry.place}`),
  );
  return [...secretFormsIn(written), ...inCommands];
}

function sourceSubjects(
  resource: PlanResource,
  sources: Modelled<"aws_codebuild_project">["attributes"]["secondary_sources"],
  primaryPath: string,
  context: JoinContext,
): SubjectOf<"pipeline-value">[] {
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
function lambdaValueSubjects(
  { resource, attributes }: Modelled<"aws_lambda_function">,
  context: JoinContext,
): SubjectOf<"pipeline-value">[] {
  const variables = attributes.environment.only.variables;
  if (variables.value instanceof Unknown)
    return [unknownSubject(kind, resource, "environment", variables.value, variables.path)];
  return variables.value.map(({ name, value }, at) => {
    const label = `environment/${partName("variables", at, name)}`;
    return valueSubject({ resource, at: label, place: "lambda-variable", name, type: null, value }, context);
  });
}
