import { formatKey, parseTraversal, type TraversalStep } from "../plan/address.ts";
import { ownMember } from "../plan/json.ts";
import { type AttributeValues, elementName, elementsOf } from "./attribute-values.ts";
import { elementNameKeys } from "./source.ts";

/**
 * Makes the paths that `Source.locate` takes: providers sort lists, so an element of a list is named where it has a name
 * that no other one has, `container_definitions["web"].image` for `container_definitions[1].image`.
 */
export function pathNamer(values: AttributeValues): (address: string, path: string) => string {
  return (address, path) => {
    let value = values.of(address);
    let named = "";
    for (const step of parseTraversal(path) ?? []) {
      const { text, below } = stepInto(values.opened(value), step);
      named += text.startsWith("[") || named === "" ? text : `.${text}`;
      value = below;
    }
    return named === "" ? path : named;
  };
}

/** What stands behind a step, and the step with the name of the element. */
function stepInto(value: unknown, step: TraversalStep): { text: string; below: unknown } {
  if ("name" in step) return { text: step.name, below: ownMember(value, step.name) };
  const elements = elementsOf(value);
  const below = typeof step.key === "number" ? elements[step.key] : undefined;
  const name = elementName(below, elementNameKeys);
  const isOnly = name !== null && elements.filter((other) => elementName(other, elementNameKeys) === name).length === 1;
  return { text: formatKey(isOnly ? name : step.key), below };
}
