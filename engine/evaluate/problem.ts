import type { ParameterValues, Policy } from "../policy/policy.ts";
import { type Placeholder, problemParts } from "../policy/problem-text.ts";
import type { Subject } from "../subjects/subject.ts";

/** A problem text of a policy with the values of a subject in it; the report decides which of them may be shown. */
export type FilledText = readonly (FilledPart | { readonly optional: readonly FilledPart[] })[];

export type FilledPart = string | FilledValue;

export interface FilledValue {
  readonly value: unknown;
  readonly sensitive: boolean;
  /** Whether it stands in backticks. */
  readonly isCode: boolean;
}

/** Makes what fills the problem texts of a policy, given by their places, with the values of a subject. */
export function problemFiller(
  policy: Policy,
  parameters: ParameterValues,
): (places: readonly number[], subject: Subject) => FilledText[] {
  const texts = policy.problem.map(({ text }) => problemParts(text));
  return (places, subject) =>
    places.map((place) =>
      (texts[place] ?? []).map((part) =>
        typeof part === "object" && "optional" in part
          ? { optional: part.optional.map((own) => filled(own, parameters, subject)) }
          : filled(part, parameters, subject),
      ),
    );
}

function filled(part: string | Placeholder, parameters: ParameterValues, subject: Subject): FilledPart {
  if (typeof part === "string") return part;
  const { of, name, isCode } = part;
  if (of === "subject") return { value: subject.name ?? subject.address ?? "the plan", sensitive: false, isCode };
  if (of === "parameter") return { value: parameters[name], sensitive: false, isCode };
  const fact = Object.hasOwn(subject.facts, name) ? subject.facts[name] : undefined;
  return { value: fact?.value, sensitive: fact?.sensitive ?? false, isCode };
}
