import { groupBy } from "../group-by.ts";
import { once } from "../once.ts";
import { isMarkedAt } from "../plan/marks.ts";
import type { Plan } from "../plan/read.ts";
import { isVerbatim } from "./kinds.ts";
import type { Fact, Subject } from "./subject.ts";

const resourcesByAddress = once(({ resources }: Plan) => groupBy(resources, ({ address }) => address));

/**
 * Marks the facts that say what stands at a place which the plan marks as sensitive: what is worked out of a text is as
 * secret as the text. A flag says only whether something holds, and a word of ours only what sort of value it is.
 */
export function withMarks(subjects: readonly Subject[], plan: Plan): Subject[] {
  const byAddress = resourcesByAddress(plan);
  const isMarked = ({ path, address }: Fact, own: string | null) =>
    path !== null && (byAddress.get(address ?? own ?? "") ?? []).some(({ node }) => isMarkedAt(node, path));
  return subjects.map((subject) => {
    const { kind, address } = subject;
    if (kind === "resource") return subject;
    const marked = Object.entries(subject.facts).filter(
      ([name, fact]) => !fact.sensitive && fact.state !== "unset" && isVerbatim(kind, name) && isMarked(fact, address),
    );
    if (marked.length === 0) return subject;
    const facts = Object.fromEntries(marked.map(([name, fact]) => [name, { ...fact, sensitive: true }]));
    return { ...subject, facts: { ...subject.facts, ...facts } };
  });
}
