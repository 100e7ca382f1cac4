import { groupBy } from "../group-by.ts";
import { once } from "../once.ts";
import { isMarkedAt } from "../plan/marks.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import { Unknown } from "../plan/unknown.ts";
import { isVerbatim } from "./kinds.ts";
import { markedQuotes } from "./marked-words.ts";
import type { Fact, Subject } from "./subject.ts";

const resourcesByAddress = once(({ resources }: Plan) => groupBy(resources, ({ address }) => address));

/**
 * Marks the facts that say what stands at a place which the plan marks as sensitive: what is worked out of a text is as
 * secret as the text, in the sentences on it too. A flag says only whether something holds, and a word of ours only what
 * sort of value it is.
 */
export function withMarks(subjects: readonly Subject[], plan: Plan): Subject[] {
  const byAddress = resourcesByAddress(plan);
  return subjects.map((subject) => {
    const { kind, address } = subject;
    if (kind === "resource") return subject;
    const changed = Object.entries(subject.facts).flatMap(([name, fact]) => {
      const resources = byAddress.get(fact.address ?? address ?? "") ?? [];
      const marked = isVerbatim(kind, name) ? withMark(fact, resources) : fact;
      const found = withoutQuotes(marked, resources);
      return found === fact ? [] : [[name, found] as const];
    });
    return changed.length === 0 ? subject : { ...subject, facts: { ...subject.facts, ...Object.fromEntries(changed) } };
  });
}

function withMark(fact: Fact, resources: readonly PlanResource[]): Fact {
  const { path, sensitive, state } = fact;
  if (sensitive || state === "unset" || path === null) return fact;
  return resources.some(({ node }) => isMarkedAt(node, path)) ? { ...fact, sensitive: true } : fact;
}

const hidden = "(sensitive)";

/** A fact whose note and whose unknown parts quote nothing of what is marked in the resource where it stands. */
function withoutQuotes(fact: Fact, resources: readonly PlanResource[]): Fact {
  const quotes = (sentence: string | null) =>
    sentence !== null && resources.some((resource) => markedQuotes(resource)(sentence));
  const told = (part: unknown): unknown =>
    part instanceof Unknown && quotes(part.detail) ? new Unknown(part.reason, part.references, hidden) : part;
  const { value, note } = fact;
  const found = Array.isArray(value) && value.some((part) => part !== told(part)) ? value.map(told) : told(value);
  if (found === value && !quotes(note ?? null)) return fact;
  return { ...fact, value: found, ...(quotes(note ?? null) ? { note: hidden } : {}) };
}
