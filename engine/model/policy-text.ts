import * as z from "zod";
import { openReferences } from "../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import {
  type Attribute,
  attribute,
  block,
  type DeferredData,
  type Field,
  listOf,
  type Normalised,
  readFields,
} from "./attribute.ts";
import { jsonOfText } from "./json-of-text.ts";
import { parseJsonText } from "./json-text.ts";
import {
  type Condition,
  ofIdentity,
  type PolicyDocument,
  type Principal,
  principalType,
  readPolicyDocument,
  type Statement,
  type StatementList,
} from "./policy-document.ts";

const principalsBlock = block(
  {
    type: attribute(z.string()),
    identifiers: attribute(listOf(z.string()), { default: [] }),
  },
  { nesting: "set" },
);

/** The data source `aws_iam_policy_document`, as its `read` change in the plan holds it. */
const dataFields = {
  version: attribute(z.string(), { default: "2012-10-17" }),
  source_policy_documents: attribute(listOf(z.string()), { default: [] }),
  override_policy_documents: attribute(listOf(z.string()), { default: [] }),
  source_json: attribute(z.string()),
  override_json: attribute(z.string()),
  statement: block({
    sid: attribute(z.string()),
    effect: attribute(z.string(), { default: "Allow" }),
    actions: attribute(listOf(z.string())),
    not_actions: attribute(listOf(z.string())),
    resources: attribute(listOf(z.string())),
    not_resources: attribute(listOf(z.string())),
    principals: principalsBlock,
    not_principals: principalsBlock,
    condition: block(
      {
        test: attribute(z.string()),
        variable: attribute(z.string()),
        values: attribute(listOf(z.string()), { default: [] }),
      },
      { nesting: "set" },
    ),
  }),
};

type DataDocument = Normalised<typeof dataFields>;
type DataStatement =
  DataDocument["statement"]["value"] extends Maybe<readonly (infer E)[]> ? Exclude<E, Unknown> : never;

/** An attribute that holds a policy document. */
export interface PolicyText extends Attribute<string | null> {
  readonly document: Maybe<PolicyDocument>;
}

/** Reads the document with the attribute: from its JSON text, or from the `aws_iam_policy_document` that it waits for. */
export function policyText(options: { kind?: "optional-computed" } = {}): Field<string | null, PolicyText> {
  const text = attribute(z.string(), options);
  return {
    read(node, deferred) {
      const found = text.read(node);
      return { ...found, document: documentOf(found.value, found.path, deferred, deepestChain) };
    },
  };
}

/** The policy of an identity. */
export function identityPolicyText(): Field<string | null, PolicyText> {
  const text = policyText();
  return {
    read(node, deferred) {
      const found = text.read(node, deferred);
      const { document } = found;
      return document instanceof Unknown ? found : { ...found, document: ofIdentity(document) };
    },
  };
}

export const deepestChain = 16;

function documentOf(
  text: Maybe<string | null>,
  path: string,
  deferred: DeferredData | undefined,
  left: number,
): Maybe<PolicyDocument> {
  // An empty text is what the provider makes of a document without statements, and of an empty inline_policy block.
  if (typeof text === "string" && text !== "") return readPolicyDocument(parseJsonText(text), path);
  if (text === null || text === "") return { version: null, statements: [], missing: null };
  const template = jsonOfText(text);
  if (template !== null) return readPolicyDocument(template, path);
  const [reference, ...more] = openReferences(text.references);
  if (left === 0 || reference === undefined || more.length > 0 || "deadEnd" in reference.end) return text;
  const { target } = reference.end;
  if (target.type !== "aws_iam_policy_document" || !["json", "minified_json", ""].includes(target.attribute))
    return text;
  const data = deferred?.(target) ?? null;
  return data === null ? text : rebuild(readFields(data, dataFields, deferred), path, deferred, left);
}

/**
 * Renders the data source as the provider would: statements of the source documents first, then its own, then the
 * overriding ones; of two with one Sid the later replaces the earlier, those without a Sid are appended.
 * Source: provider documentation, "Data Source: aws_iam_policy_document".
 */
function rebuild(data: DataDocument, path: string, deferred: DeferredData | undefined, left: number): PolicyDocument {
  const before = [data.source_json.value, ...documentList(data.source_policy_documents.value)];
  const after = [...documentList(data.override_policy_documents.value), data.override_json.value];
  const parts = [
    ...before.filter((part) => part !== null).map((part) => documentOf(part, path, deferred, left - 1)),
    ownStatements(data, path),
    ...after.filter((part) => part !== null).map((part) => documentOf(part, path, deferred, left - 1)),
  ];
  let merged: Statement[] = [];
  let missing: Unknown | null = null;
  for (const part of parts) {
    const hidden = part instanceof Unknown ? part : part.missing;
    if (hidden !== null) {
      missing ??= hidden;
      // What is not told may replace any earlier statement that has a Sid.
      merged = merged.filter(({ sid }) => sid === null);
    }
    if (part instanceof Unknown) continue;
    const replaced = new Set(part.statements.flatMap(({ sid }) => (sid === null ? [] : [sid])));
    merged = [...merged.filter(({ sid }) => sid === null || !replaced.has(sid)), ...part.statements];
  }
  const statements = merged.map((statement, index) => ({ ...statement, index, path: `${path}.Statement[${index}]` }));
  return { version: data.version.value, statements, missing };
}

/**
 * The documents of a list. All its unknown elements carry the references of the whole list; where there are as many of
 * one as of the other, each element is one reference, in the order of the source.
 */
function documentList(value: Maybe<readonly Maybe<string>[]>): readonly Maybe<string>[] {
  const list = elementsOf(value);
  const unknown = list.filter((element) => element instanceof Unknown);
  const references = openReferences(unknown[0]?.references ?? []);
  if (references.length !== unknown.length) return list;
  let next = 0;
  return list.map((element) => {
    if (!(element instanceof Unknown)) return element;
    const reference = references[next];
    next += 1;
    return reference === undefined ? element : new Unknown("after-apply", [reference]);
  });
}

function ownStatements(data: DataDocument, path: string): Maybe<PolicyDocument> {
  const { value } = data.statement;
  if (value instanceof Unknown) return value;
  const known = value.flatMap((statement) => (statement instanceof Unknown ? [] : [statement]));
  const unknown = value.find((statement) => statement instanceof Unknown);
  return {
    version: data.version.value,
    statements: known.map((statement, index) => toStatement(statement, index, path)),
    missing: unknown instanceof Unknown ? unknown : null,
  };
}

function toStatement(data: DataStatement, index: number, path: string): Statement {
  const sid = data.sid.value;
  return {
    index,
    sid: typeof sid === "string" ? sid : null,
    path: `${path}.Statement[${index}]`,
    effect: data.effect.value,
    actions: toList(data.actions.value),
    notActions: toList(data.not_actions.value),
    resources: toList(data.resources.value),
    notResources: toList(data.not_resources.value),
    principals: toPrincipals(data.principals.value),
    notPrincipals: toPrincipals(data.not_principals.value),
    conditions: toConditions(data.condition.value),
  };
}

/** The data source has an empty list where the rendered statement has no member. */
function toList(value: Maybe<readonly Maybe<string>[] | null>): StatementList {
  return value instanceof Unknown || (value !== null && value.length > 0) ? value : null;
}

function toPrincipals(value: DataStatement["principals"]["value"]): Maybe<readonly Principal[]> | null {
  if (value instanceof Unknown) return value;
  if (value.length === 0) return null;
  const principals: Principal[] = [];
  for (const part of value) {
    if (part instanceof Unknown) return part;
    const type = part.type.value;
    if (type instanceof Unknown) return type;
    for (const identifier of elementsOf(part.identifiers.value))
      principals.push({ type: principalType(type ?? ""), value: identifier });
  }
  return principals;
}

function toConditions(value: DataStatement["condition"]["value"]): Maybe<readonly Condition[]> {
  if (value instanceof Unknown) return value;
  const conditions: Condition[] = [];
  for (const part of value) {
    if (part instanceof Unknown) return part;
    const operator = part.test.value;
    const key = part.variable.value;
    if (operator instanceof Unknown) return operator;
    if (key instanceof Unknown) return key;
    conditions.push({ operator: operator ?? "", key: key ?? "", values: part.values.value });
  }
  return conditions;
}
