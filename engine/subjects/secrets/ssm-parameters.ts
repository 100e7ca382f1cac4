import { oneOf } from "../../joins/join.ts";
import { reverse } from "../../joins/reverse.ts";
import type { Modelled } from "../../model/model.ts";
import { referencesOf } from "../../plan/absence.ts";
import { ownMember } from "../../plan/json.ts";
import { isSensitive, memberNode } from "../../plan/node.ts";
import { openReferences, type Reference } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { valueKind } from "../../secrets/values.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { type Candidate, recognisedFacts } from "./recognise.ts";
import { isSecretPath, type SecretReferences, secretReferences } from "./secret-references.ts";
import { secretSources } from "./secret-sources.ts";

export function ssmParameterSubjects(context: JoinContext): SubjectOf<"ssm-parameter">[] {
  const references = secretReferences(context);
  const unread = firstUnknownMapping(references);
  const namedFrom = reverse(
    references.mappings.map((source) => ({ source, join: source.parameter })),
    ({ source }, matches) => oneOf(matches, `${source.resource.address} ${source.name} maps`),
  );
  return context.model.aws_ssm_parameter.map((parameter) => {
    const { resource, attributes } = parameter;
    const { certain, possible } = namedFrom(parameter);
    const mappedBy = certain.map(({ source }) => source);
    const note =
      mappedBy.length === 0
        ? null
        : `mapped as a secret by ${mappedBy.map((mapping) => `${mapping.resource.address} ${mapping.name}`).join(", ")}`;
    const previous = ownMember(resource.before, "type");
    return subject("ssm-parameter", resource, null, {
      name: attributes.name,
      type: attributes.type,
      dataType: attributes.data_type,
      isSecretName: derivedFact(hasSecretName(attributes.name.value, context), { path: "name" }),
      isMappedAsSecret: derivedFact(mappedBy.length > 0 ? true : (possible[0]?.unknown ?? unread ?? false), { note }),
      isPublic: derivedFact(isPublicName(attributes.name.value), { path: "name" }),
      previousType: derivedFact(typeof previous === "string" ? previous : null, { path: "type" }),
      ...valueFacts(parameter, context),
    });
  });
}

/**
 * Of a name that is made at apply the segments that are written out are known: whatever the rest will be, `/…/password`
 * stays the name of a secret. Only a configuration in JSON syntax leaves the text in the plan.
 */
function hasSecretName(name: Maybe<string | null>, context: JoinContext): Maybe<boolean> {
  if (!(name instanceof Unknown)) return isSecretPath(name ?? "", context);
  const text = name.known.template?.text ?? "";
  // A quote may hide a slash within an interpolation.
  const written = text.includes('"') ? [] : text.replace(/\$\{[^{}]*\}/g, "${}").split("/");
  return written.some((segment) => !/[$%{}]/.test(segment) && isSecretPath(segment, context)) ? true : name;
}

/** AWS publishes parameters under `/aws/`. What is written before the first interpolation decides already. */
function isPublicName(name: Maybe<string | null>): Maybe<boolean> {
  const root = "/aws/";
  if (!(name instanceof Unknown)) return name?.startsWith(root) === true;
  const start = /^[^$%]*/.exec(name.known.template?.text ?? "")?.[0] ?? "";
  if (start.startsWith(root)) return true;
  return root.startsWith(start) ? name : false;
}

/** What the value gives away of itself; a SecureString's is another matter. */
function valueFacts({ resource, attributes }: Modelled<"aws_ssm_parameter">, context: JoinContext) {
  const { value, insecure_value: insecure } = attributes;
  // The provider takes exactly one of the two, and fills in the other.
  const isWritten = (one: typeof value, other: typeof value) =>
    !(one.value instanceof Unknown && typeof other.value === "string");
  const written = [
    // It marks every `value`, so that the mark says nothing; of `insecure_value` it is exact.
    { attribute: value, countVariables: true, isWritten: isWritten(value, insecure) },
    {
      attribute: insecure,
      countVariables: isSensitive(memberNode(resource.node, "insecure_value")),
      isWritten: isWritten(insecure, value),
    },
  ].filter((each) => each.isWritten);
  const candidates = written.flatMap(({ attribute }): Candidate[] =>
    attribute.value === null
      ? []
      : [{ path: attribute.path, place: attribute.path, value: attribute.value, name: null }],
  );
  const sources = written.flatMap(({ attribute, countVariables }) => {
    const known = attribute.value;
    if (known === null || (typeof known === "string" && valueKind(known) !== "text")) return [];
    const references = referencesOf(memberNode(resource.node, attribute.path)) ?? [];
    // Variables are known when the plan is made: what is unknown for all that was made of them by a function.
    if (known instanceof Unknown && isMadeOfVariables(references)) return [{ source: known, path: attribute.path }];
    return secretSources(references, countVariables, context).map((source) => ({ source, path: attribute.path }));
  });
  return {
    ...recognisedFacts(candidates, context.settings),
    secretSources: derivedFact(
      sources.map(({ source }) => source),
      { path: sources[0]?.path ?? (value.state === "unset" ? insecure.path : value.path) },
    ),
  };
}

function isMadeOfVariables(references: readonly Reference[]): boolean {
  return references.length > 0 && openReferences(references).length === 0;
}

/** The first place where parameters may be mapped as secrets without the plan telling which. */
function firstUnknownMapping({ unread }: SecretReferences): Unknown | null {
  const [first] = unread.flatMap(({ facts }) =>
    facts.variable.value instanceof Unknown ? [facts.variable.value] : [],
  );
  const remark = "some container definitions that may map it as a secret are unknown";
  return first === undefined ? null : new Unknown("no-join", first.references, remark);
}
