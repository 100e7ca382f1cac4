import { targetsOf } from "../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import {
  type Attribute,
  attribute,
  block,
  type DeferredData,
  type Field,
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
import { string, strings } from "./schemas.ts";

const principalsBlock = block(
  {
    type: attribute(string),
    identifiers: attribute(strings, { default: [] }),
  },
  { nesting: "set" },
);

/** The data source `aws_iam_policy_document`, as its `read` change in the plan holds it. */
const dataFields = {
  version: attribute(string, { default: "2012-10-17" }),
  source_policy_documents: attribute(strings, { default: [] }),
  override_policy_documents: attribute(strings, { default: [] }),
  source_json: attribute(string),
  override_json: attribute(string),
  statement: block({
    sid: attribute(string),
    effect: attribute(string, { default: "Allow" }),
    actions: attribute(strings),
    not_actions: attribute(strings),
    resources: attribute(strings),
    not_resources: attribute(strings),
    principals: principalsBlock,
    not_principals: principalsBlock,
    condition: block(
      {
        test: attribute(string),
        variable: attribute(string),
        values: attribute(strings, { default: [] }),
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
  const text = attribute(string, options);
  return {
    read(node, deferred) {
      const { state, value, path, sensitive } = text.read(node);
      return { state, value, path, sensitive, document: documentOf(value, path, deferred, deepestChain) };
    },
  };
}

/** The policy of an identity. */
export function identityPolicyText(): Field<string | null, PolicyText> {
  const text = policyText();
  return {
    read(node, deferred) {
      const { state, value, path, sensitive, document } = text.read(node, deferred);
      const read = document instanceof Unknown ? document : ofIdentity(document);
      return { state, value, path, sensitive, document: read };
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
  const data = deferredDocument(text, deferred, left);
  if (data === null) return text;
  const { slots, missing } = rebuild(data, path, deferred, left, false);
  return { version: data.version.value, statements: numbered(slots, path), missing };
}

/** The data source whose document alone a text is; null where it may be anything else. */
function deferredDocument(text: Unknown, deferred: DeferredData | undefined, left: number): DataDocument | null {
  const [target, ...more] = targetsOf(text.references) ?? [];
  if (left === 0 || target === undefined || more.length > 0) return null;
  if (target.type !== "aws_iam_policy_document" || !["json", "minified_json", ""].includes(target.attribute))
    return null;
  const data = deferred?.(target) ?? null;
  return data === null ? null : readFields(data, dataFields, deferred);
}

/** A place in a document that is made of others: a statement, one that the plan hides, or as many as it hides. */
type Slot = Statement | "hidden" | "hidden ones";

interface Rebuilt {
  readonly slots: readonly Slot[];
  readonly missing: Unknown | null;
}

/**
 * Renders the data source as the provider would: statements of the source documents first, then its own, then the
 * overriding ones; of two with one Sid the later takes the place of the earlier, those without a Sid are appended.
 * Source: provider documentation, "Data Source: aws_iam_policy_document".
 * @param isPart whether the document is part of another one
 */
function rebuild(
  data: DataDocument,
  path: string,
  deferred: DeferredData | undefined,
  left: number,
  isPart: boolean,
): Rebuilt {
  const before = [data.source_json.value, ...documentList(data.source_policy_documents.value)];
  const after = [...documentList(data.override_policy_documents.value), data.override_json.value];
  const other = (text: Maybe<string | null>) => (text === null ? [] : [slotsOf(text, path, deferred, left - 1)]);
  const isMerged = isPart || [...before, ...after].some((text) => text !== null);
  const parts = [...before.flatMap(other), ownStatements(data, path, isMerged), ...after.flatMap(other)];
  let slots: Slot[] = [];
  for (const part of parts) slots = merged(slots, part.slots);
  return { slots, missing: parts.find(({ missing }) => missing !== null)?.missing ?? null };
}

function slotsOf(text: Maybe<string>, path: string, deferred: DeferredData | undefined, left: number): Rebuilt {
  const data = text instanceof Unknown && jsonOfText(text) === null ? deferredDocument(text, deferred, left) : null;
  if (data !== null) return rebuild(data, path, deferred, left, true);
  const document = documentOf(text, path, deferred, left);
  if (document instanceof Unknown) return { slots: ["hidden ones"], missing: document };
  return { slots: document.statements, missing: document.missing };
}

function merged(earlier: readonly Slot[], later: readonly Slot[]): Slot[] {
  // What is not told may take the place of any earlier statement that has a Sid.
  const hides = later.some((slot) => typeof slot === "string");
  const slots: Slot[] = hides ? earlier.map((slot) => (sidOf(slot) === null ? slot : "hidden")) : [...earlier];
  const places = new Map(slots.map((slot, at) => [sidOf(slot), at]));
  for (const slot of later) {
    const sid = sidOf(slot);
    const place = sid === null ? undefined : places.get(sid);
    if (place === undefined) slots.push(slot);
    else slots[place] = slot;
  }
  return slots;
}

function sidOf(slot: Slot): string | null {
  return typeof slot === "string" ? null : slot.sid;
}

/** The statements with their positions, which hidden ones keep. */
function numbered(slots: readonly Slot[], path: string): Statement[] {
  const statements: Statement[] = [];
  let behind = "";
  let at = 0;
  for (const [index, slot] of slots.entries()) {
    if (slot === "hidden ones") {
      behind = "n+";
      at = 0;
      continue;
    }
    if (slot !== "hidden")
      statements.push({ ...slot, index, position: `${behind}${at}`, path: `${path}.Statement[${index}]` });
    at += 1;
  }
  return statements;
}

/**
 * The documents of a list. All its unknown elements carry the references of the whole list; where there are as many of
 * one as of the other, each element is one reference, in the order of the source.
 */
function documentList(value: Maybe<readonly Maybe<string>[]>): readonly Maybe<string>[] {
  const list = elementsOf(value);
  const unknown = list.filter((element) => element instanceof Unknown);
  const references = unknown[0]?.references ?? [];
  if (references.length !== unknown.length || targetsOf(references) === null) return list;
  let next = 0;
  return list.map((element) => {
    if (!(element instanceof Unknown)) return element;
    const reference = references[next];
    next += 1;
    return reference === undefined ? element : new Unknown("after-apply", [reference]);
  });
}

/** A statement whose Sid is not told may take the place of one of another document, or give way to one. */
function ownStatements(data: DataDocument, path: string, isMerged: boolean): Rebuilt {
  const { value } = data.statement;
  if (value instanceof Unknown) return { slots: ["hidden ones"], missing: value };
  const whyHidden = (statement: Maybe<DataStatement>): Unknown | null => {
    if (statement instanceof Unknown) return statement;
    return isMerged && statement.sid.value instanceof Unknown ? statement.sid.value : null;
  };
  return {
    slots: value.map((statement, index) =>
      statement instanceof Unknown || whyHidden(statement) !== null ? "hidden" : toStatement(statement, index, path),
    ),
    missing: value.map(whyHidden).find((why) => why !== null) ?? null,
  };
}

function toStatement(data: DataStatement, index: number, path: string): Statement {
  const sid = data.sid.value;
  return {
    index,
    position: `${index}`,
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
