import type { Modelled } from "../../model/model.ts";
import { referencesOf } from "../../plan/absence.ts";
import { constantOf } from "../../plan/configuration.ts";
import { memberNode, type PlanNode } from "../../plan/node.ts";
import type { PlanResource } from "../../plan/read.ts";
import { isVariable, type Reference } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { variableAt } from "../../plan/variables.ts";
import { test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { originOf, standsIn } from "./secret-origin.ts";

/** The attributes that fill a secret store or set a password, where a resource writes them. */
export function secretMaterialSubjects(context: JoinContext): SubjectOf<"secret-material">[] {
  const { model } = context;
  const rows = (resources: readonly { readonly resource: PlanResource }[], attributes: readonly string[]) =>
    resources.flatMap(({ resource }) => materialSubjects(resource, attributes, true, context));
  return [
    ...model.aws_ssm_parameter.flatMap((parameter) =>
      materialSubjects(parameter.resource, ["value", "value_wo"], isSecureString(parameter), context),
    ),
    ...rows(model.aws_secretsmanager_secret_version, ["secret_string", "secret_binary", "secret_string_wo"]),
    ...rows(model.aws_codebuild_source_credential, ["token"]),
    ...rows(model.aws_db_instance, ["password", "password_wo"]),
  ];
}

function isSecureString({ attributes }: Modelled<"aws_ssm_parameter">): Maybe<boolean> {
  return test(attributes.type.value, (type) => type === "SecureString");
}

function materialSubjects(
  resource: PlanResource,
  attributes: readonly string[],
  isSecretStore: Maybe<boolean>,
  context: JoinContext,
): SubjectOf<"secret-material">[] {
  const written = attributes
    .map((attribute) => materialOf(resource, attribute, context))
    .filter((each) => each !== null);
  const row = (attribute: string | null, material: Omit<Material, "attribute">) =>
    subject("secret-material", resource, attribute, {
      attribute: derivedFact(attribute),
      isSecretStore: derivedFact(isSecretStore, { path: "type" }),
      isWritten: derivedFact(material.isWritten, { path: attribute, note: material.note }),
      isPlaceholder: derivedFact(material.isPlaceholder, { path: attribute }),
      isWriteOnly: derivedFact(material.isWriteOnly, { path: attribute }),
    });
  if (written.length === 0)
    return [row(null, { isWritten: false, isPlaceholder: false, isWriteOnly: false, note: null })];
  return written.map((material) => row(material.attribute, material));
}

interface Material {
  readonly attribute: string;
  readonly isWritten: Maybe<boolean>;
  readonly isPlaceholder: Maybe<boolean>;
  readonly isWriteOnly: boolean;
  readonly note: string | null;
}

/** What is told of one attribute; null where it is not written, or is null. */
function materialOf(resource: PlanResource, attribute: string, context: JoinContext): Material | null {
  const isWriteOnly = attribute.endsWith("_wo");
  const node = memberNode(resource.node, attribute);
  const references = referencesOf(node);
  if (node.expressions?.length === 0 || isNull(node, isWriteOnly, references, context)) return null;
  const value = textOf(node, references, context);
  const origin = references === null ? new Unknown("not-in-configuration") : originOf(node, references, value, context);
  const stated = { attribute, isWriteOnly, isPlaceholder: test(value, (text) => standsIn(text, context)) };
  if (origin instanceof Unknown) return { ...stated, isWritten: origin, note: null };
  return { ...stated, isWritten: origin !== null, note: origin };
}

/**
 * Whether there is no value. Neither plan nor state holds a write-only one, and the provider fills in others (`value` of a
 * parameter), so there only the expression tells: a literal null, or one variable that is null.
 */
function isNull(
  node: PlanNode,
  isWriteOnly: boolean,
  references: readonly Reference[] | null,
  context: JoinContext,
): boolean {
  if (node.value !== null && node.value !== undefined) return false;
  if (references === null || (!isWriteOnly && node.unknown !== true)) return node.unknown !== true;
  if (references.length === 0) return constantOf(node.expressions?.[0]) === null;
  return onlyVariable(references, context) === null;
}

/** The text that the attribute will have: from the plan, or, where that keeps none, the literal or the one variable. */
function textOf(node: PlanNode, references: readonly Reference[] | null, context: JoinContext): Maybe<string> {
  if (typeof node.value === "string") return node.value;
  const literal = constantOf(node.expressions?.[0]);
  if (typeof literal === "string" || typeof literal === "number") return String(literal);
  const value = onlyVariable(references ?? [], context);
  return typeof value === "string" ? value : new Unknown("after-apply", references ?? []);
}

/** The value of the variable, where the expression refers to nothing else; else undefined. */
function onlyVariable(references: readonly Reference[], { plan }: JoinContext): unknown {
  const [first, ...others] = references.map(({ end }) => end);
  return first !== undefined && others.length === 0 && isVariable(first)
    ? variableAt(plan.variables, first).value
    : undefined;
}
