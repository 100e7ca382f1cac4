import { isYaml } from "../../model/documents.ts";
import { withLeaves } from "../../model/json-of-text.ts";
import type { Modelled } from "../../model/model.ts";
import { isAssignedText } from "../../plan/assigned.ts";
import { isJsonObject } from "../../plan/json.ts";
import { holdsMark, markAt } from "../../plan/marked-text.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";

/** What a document of Systems Manager says, in JSON or YAML, with unknown leaves. */
export function documentContent(
  document: Modelled<"aws_ssm_document">,
  { buildspecs }: Pick<JoinContext, "buildspecs">,
): Maybe<object> {
  const { json, value } = document.attributes.content;
  if (!isYaml(document) || !(json instanceof Unknown) || buildspecs === null) return json;
  const marked = markedYaml(value);
  if (marked === null) return value instanceof Unknown ? value : json;
  const read = buildspecs.document(marked.text);
  if (read instanceof Unknown) return read;
  const found = withLeaves(read, marked.leaves, 0);
  return isJsonObject(found) ? found : new Unknown("unexpected-shape");
}

/** The text with a mark for each part that AWS assigns, which stays a part of its scalar; null where anything else is not known. */
function markedYaml(
  value: Maybe<string | null>,
): { readonly text: string; readonly leaves: readonly Unknown[] } | null {
  if (value === null) return null;
  if (!(value instanceof Unknown)) return holdsMark(value) ? null : { text: value, leaves: [] };
  const leaves: Unknown[] = [];
  const texts = (value.known.parts ?? [value]).map((part) => {
    if (typeof part === "string") return holdsMark(part) ? null : part;
    if (!isAssignedText(part)) return null;
    leaves.push(part);
    return markAt(leaves.length - 1);
  });
  return texts.every((text) => text !== null) ? { text: texts.join(""), leaves } : null;
}
