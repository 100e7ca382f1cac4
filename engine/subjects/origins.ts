import { once } from "../once.ts";
import type { ReadBack } from "../plan/copies.ts";
import type { Plan } from "../plan/read.ts";
import type { Fact, Subject } from "./subject.ts";

/** The attributes that hold what nobody writes and no resource of the plan owns, by the address of their resource. */
const readBackByAddress = once(
  ({ resources }: Plan): ReadonlyMap<string, readonly ReadBack[]> =>
    new Map(resources.flatMap(({ address, readBack }) => (readBack.length === 0 ? [] : [[address, readBack]]))),
);

/** Says of the facts that stand in such attributes where they come from: nobody finds them in the code. */
export function withOrigins(subjects: readonly Subject[], plan: Plan): readonly Subject[] {
  const byAddress = readBackByAddress(plan);
  if (byAddress.size === 0) return subjects;
  const noteOf = ({ path, address }: Fact, own: string | null): string | null => {
    const first = /^\w+/.exec(path ?? "")?.[0];
    const found = byAddress.get(address ?? own ?? "")?.find(({ attribute }) => attribute === first);
    if (found === undefined) return null;
    return found.mayBeDynamic
      ? "it stands in AWS; unless a dynamic block writes it, it is not in the code"
      : "it stands in AWS and not in the code";
  };
  return subjects.map((subject) => {
    const noted = Object.entries(subject.facts).flatMap(([name, fact]): [string, Fact][] => {
      const origin = noteOf(fact, subject.address);
      if (origin === null || fact.state !== "known") return [];
      return [[name, { ...fact, note: fact.note == null ? origin : `${fact.note}; ${origin}` }]];
    });
    return noted.length === 0 ? subject : { ...subject, facts: { ...subject.facts, ...Object.fromEntries(noted) } };
  });
}
