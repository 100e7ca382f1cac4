import { matchesGlob } from "../../glob.ts";
import { isJsonObject } from "../../plan/json.ts";
import type { Plan } from "../../plan/read.ts";
import { openReferences } from "../../plan/references.ts";
import type { ProviderConfiguration, RootOutput, RootVariable } from "../../plan/root-values.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { holdsSecretForm } from "../../secrets/forms.ts";
import { isSecretName } from "../../secrets/names.ts";
import { valueKind } from "../../secrets/values.ts";
import { anyOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import type { Settings } from "../settings.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

/** A place in the configuration where a credential may stand in clear. Its values never become facts. */
interface Place {
  readonly place: "provider-argument" | "variable" | "output";
  readonly address: string;
  readonly name: string;
  readonly path: string;
  readonly isSecretName: boolean;
  readonly isMarkedSensitive: boolean;
  readonly value: Maybe<unknown>;
  readonly default: unknown;
}

/** A subject for each argument of a provider that is a credential, each root variable and each output. */
export function credentialSubjects({ plan, settings }: JoinContext): SubjectOf<"configuration-value">[] {
  return places(plan, settings).map((place) =>
    subject(
      "configuration-value",
      { address: place.address, action: null },
      place.place === "provider-argument" ? place.name : null,
      {
        place: derivedFact(place.place),
        name: derivedFact(place.name),
        isSecretName: derivedFact(place.isSecretName),
        isMarkedSensitive: derivedFact(place.isMarkedSensitive, { path: "sensitive" }),
        hasSecretValue: derivedFact(hasSecret(place.value, place, settings), { path: place.path }),
        hasSecretDefault: derivedFact(hasSecret(place.default, place, settings), { path: "default" }),
        hasSecretForm: derivedFact(hasForm(place.value) || hasForm(place.default), { path: place.path }),
      },
    ),
  );
}

/** The values that these subjects call secrets: they may stand elsewhere in the plan too. */
export function recognisedSecrets(plan: Plan, settings: Settings): Set<string> {
  const found = new Set<string>();
  for (const place of places(plan, settings)) {
    for (const value of [place.value, place.default]) {
      for (const { text, isSecret } of leavesOf(value, place, settings)) if (isSecret === true) found.add(text);
    }
  }
  return found;
}

function places(plan: Plan, settings: Settings): Place[] {
  return [
    ...plan.providers.flatMap((provider) => providerPlaces(provider, settings)),
    ...plan.rootVariables.map((variable) => variablePlace(variable, settings)),
    ...plan.outputs.map((output) => outputPlace(output, settings)),
  ];
}

const awsCredentials = ["access_key", "secret_key", "token"];

function providerPlaces({ key, name, literals }: ProviderConfiguration, settings: Settings): Place[] {
  const module = key.includes(":") ? `${key.slice(0, key.indexOf(":"))}.` : "";
  return [...literals].flatMap(([argument, value]): Place[] => {
    const isCredential =
      awsCredentials.includes(argument) || (name !== "aws" && isNamedAsSecret(argument, settings) && !namesFile(value));
    if (!isCredential && !hasForm(value)) return [];
    return [
      {
        place: "provider-argument",
        address: `${module}provider.${key.slice(key.indexOf(":") + 1)}`,
        name: argument,
        path: argument,
        isSecretName: isCredential,
        isMarkedSensitive: false,
        value,
        default: null,
      },
    ];
  });
}

/** Some providers take the path of a file with the credential in the same argument as the credential. */
function namesFile(value: unknown): boolean {
  return typeof value === "string" && /^[^\s"'{}]{1,200}\.(?:json|pem|key|crt|ya?ml|txt)$/.test(value);
}

function variablePlace({ name, isMarkedSensitive, value, default: written }: RootVariable, settings: Settings): Place {
  return {
    place: "variable",
    address: `var.${name}`,
    name,
    path: "value",
    isSecretName: isNamedAsSecret(name, settings),
    isMarkedSensitive,
    value,
    default: written,
  };
}

function outputPlace({ name, isMarkedSensitive, value, references }: RootOutput, settings: Settings): Place {
  return {
    place: "output",
    address: `output.${name}`,
    name,
    path: "value",
    isSecretName: isNamedAsSecret(name, settings),
    isMarkedSensitive,
    value: value instanceof Unknown && areNames(references) ? null : value,
    default: null,
  };
}

/** Whether what an output waits on are ARNs, ids and the like, which AWS makes up and which are no secrets. */
function areNames(references: RootOutput["references"]): boolean {
  return (
    references.length === 1 &&
    openReferences(references).every(
      ({ end }) => "target" in end && /(?:^|_)(?:arn|id|name|url)$/.test(end.target.attribute),
    )
  );
}

function isNamedAsSecret(name: string, { secretNamePatterns, secretNameExceptions }: Settings): boolean {
  return isSecretName(name, secretNamePatterns, secretNameExceptions);
}

/** A text within a value, and whether it is a secret if its place is one. */
interface Leaf {
  readonly text: string;
  readonly isSecret: Maybe<boolean>;
}

/** Whether a value holds a text that is a secret, by the name under which it stands or by its form. */
function hasSecret(value: Maybe<unknown>, place: Place, settings: Settings): Maybe<boolean> {
  if (value instanceof Unknown) return place.isSecretName ? value : hasForm(value);
  return anyOf(leavesOf(value, place, settings).map(({ isSecret }) => isSecret));
}

function leavesOf(value: Maybe<unknown>, place: Place, settings: Settings): Leaf[] {
  if (typeof value === "string") {
    const isSecret = (place.isSecretName && isSecretText(value, place.name, settings)) || holdsSecretForm(value);
    return [{ text: value, isSecret }];
  }
  return textsOf(value).map(({ text, key }) => {
    if (holdsSecretForm(text)) return { text, isSecret: true };
    if (!isSecretText(text, key, settings)) return { text, isSecret: false };
    if (key !== null && isNamedAsSecret(key, settings)) return { text, isSecret: true };
    return { text, isSecret: place.isSecretName ? ofCollection : false };
  });
}

const ofCollection = new Unknown(
  "stated",
  [],
  "it is a collection, and its name does not show which parts are secrets",
);

function isSecretText(text: string, name: string | null, { mockValues }: Settings): boolean {
  const isPlaceholder = /^<[^<>]*>$/.test(text) || mockValues.some((mock) => matchesGlob(text.toLowerCase(), mock));
  return valueKind(text, name) === "text" && !isPlaceholder;
}

/** Of an unknown value false: Terraform refuses an output that is not marked and holds what its provider calls sensitive. */
function hasForm(value: Maybe<unknown>): boolean {
  return textsOf(value).some(({ text }) => holdsSecretForm(text));
}

/** The texts of a value at any depth, each with the key under which it stands in an object. */
function textsOf(value: unknown): { text: string; key: string | null }[] {
  const found: { text: string; key: string | null }[] = [];
  // A stack of our own: a plan may nest deeper than calls can.
  const left: { value: unknown; key: string | null }[] = [{ value, key: null }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value: part, key } = next;
    if (typeof part === "string") found.push({ text: part, key });
    else if (Array.isArray(part)) for (const element of part) left.push({ value: element, key });
    else if (isJsonObject(part)) for (const name of Object.keys(part)) left.push({ value: part[name], key: name });
  }
  return found;
}
