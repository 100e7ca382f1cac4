import { isJsonObject, ownMember } from "../plan/json.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { type Attribute, attribute, type Field, type Normalised } from "./attribute.ts";
import { jsonOfText } from "./json-of-text.ts";
import { parseJsonText } from "./json-text.ts";
import { mapOf, string } from "./schemas.ts";

/** The content of a document of Systems Manager. */
type DocumentText = Attribute<string | null> & {
  /** What it says, with unknown leaves. */
  readonly json: Maybe<object>;
};

const text = attribute(string);

/** Reads the JSON of a document. */
const documentText: Field<string | null, DocumentText> = {
  read(node, deferred) {
    const { state, value, path, sensitive } = text.read(node, deferred);
    return { state, value, path, sensitive, json: jsonOf(value) };
  },
};

function jsonOf(value: Maybe<string | null>): Maybe<object> {
  if (value === null) return new Unknown("unexpected-shape");
  const json = value instanceof Unknown ? (jsonOfText(value) ?? value) : parseJsonText(value);
  if (json instanceof Unknown) return json.reason === "invalid-json" ? notRead : json;
  return isJsonObject(json) ? json : new Unknown("unexpected-shape");
}

const notRead = new Unknown("stated", [], "the content is no JSON that could be read; write it with jsonencode");

/** Whether a document is written in YAML, as far as the plan tells. */
export function isYaml({
  attributes,
}: {
  readonly attributes: Pick<Normalised<typeof ssmDocument>, "document_format">;
}) {
  return attributes.document_format.value === "YAML";
}

export const ssmDocument = {
  name: attribute(string),
  document_type: attribute(string),
  document_format: attribute(string, { default: "JSON" }),
  content: documentText,
  permissions: attribute(mapOf(string), { default: {} }),
};

/** One of the `inputs` of a document; undefined where it is not there. */
export function documentInput(json: Maybe<object>, name: string): unknown {
  if (json instanceof Unknown) return json;
  const inputs = ownMember(json, "inputs");
  return inputs instanceof Unknown ? inputs : ownMember(inputs, name);
}
