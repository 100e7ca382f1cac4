import { isAssignedText } from "../plan/assigned.ts";
import { formatTarget } from "../plan/references.ts";
import { Unknown } from "../plan/unknown.ts";
import { type Attribute, attribute, type Field } from "./attribute.ts";
import { string } from "./schemas.ts";

const written = attribute(string);

/**
 * A buildspec in whose text nothing is unknown but what AWS assigns is a text with a variable of the shell for each of
 * these: nobody sets it, so that its value is told as little as that of any other variable which is not set.
 */
export const buildspecText: Field<string | null> = {
  read: (node, deferred) => withVariables(written.read(node, deferred)),
};

function withVariables(attribute: Attribute<string | null>): Attribute<string | null> {
  const { value } = attribute;
  if (!(value instanceof Unknown)) return attribute;
  const names = new Map<string, string>();
  const { json, parts } = value.known;
  // The ARN of an object is none.
  if (json === undefined && parts === null) return attribute;
  const text = json === undefined ? textOf(value, names) : jsonText(json, names);
  return text === null ? attribute : { ...attribute, state: "known", value: text };
}

/** Null where anything else is not known; `names` takes the variables. */
function textOf(text: Unknown, names: Map<string, string>): string | null {
  const parts = (text.known.parts ?? [text]).map((part) =>
    typeof part === "string" ? part : variableFor(part, names),
  );
  return parts.every((part) => part !== null) ? parts.join("") : null;
}

function variableFor(part: Unknown, names: Map<string, string>): string | null {
  const [reference] = part.references;
  if (!isAssignedText(part) || reference === undefined || !("target" in reference.end)) return null;
  const target = formatTarget(reference.end.target);
  const name = names.get(target) ?? `\${PLIMSOLL_ASSIGNED_${names.size}}`;
  names.set(target, name);
  return name;
}

/** JSON is YAML. */
function jsonText(json: unknown, names: Map<string, string>): string | null {
  let isWhole = true;
  const text = JSON.stringify(json, (_name, part: unknown) => {
    const written = part instanceof Unknown ? textOf(part, names) : null;
    isWhole &&= !(part instanceof Unknown) || written !== null;
    return written ?? part;
  });
  return isWhole ? text : null;
}
