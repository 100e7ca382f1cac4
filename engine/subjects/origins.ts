import { once } from "../once.ts";
import type { Plan } from "../plan/read.ts";
import type { Fact, Subject } from "./subject.ts";

/** How what stands in an attribute came there, other than by the code; null where the plan tells nothing of it. */
type Origin = (attribute: string) => string | null;

/** By address, of the resources of which there is something to say. */
const originsByAddress = once(({ resources, drift }: Plan): ReadonlyMap<string, Origin> => {
  const told = resources.filter(
    ({ readBack, address, willExist }) => willExist && (readBack.length > 0 || drift.has(address)),
  );
  return new Map(
    told.map(({ address, readBack }) => {
      const found = new Map(readBack.map(({ attribute, mayBeDynamic }) => [attribute, standsInAws(mayBeDynamic)]));
      const drifted = drift.get(address);
      return [
        address,
        (attribute) => {
          const notes = [found.get(attribute), driftNote(drifted, attribute)].filter((note) => note != null);
          return notes.length === 0 ? null : notes.join("; ");
        },
      ];
    }),
  );
});

function standsInAws(mayBeDynamic: boolean): string {
  return mayBeDynamic
    ? "it stands in AWS; unless a dynamic block writes it, it is not in the code"
    : "it stands in AWS and not in the code";
}

function driftNote(drifted: ReadonlySet<string> | "deleted" | undefined, attribute: string): string | null {
  if (drifted === "deleted") return "the object was deleted outside of Terraform";
  return drifted?.has(attribute) === true ? `${attribute} was changed outside of Terraform` : null;
}

/** Says of facts that come from elsewhere than the code where they come from: nobody finds them there. */
export function withOrigins(subjects: readonly Subject[], plan: Plan): readonly Subject[] {
  const byAddress = originsByAddress(plan);
  if (byAddress.size === 0) return subjects;
  const originOf = ({ path, address }: Fact, own: string | null): string | null => {
    const attribute = /^\w+/.exec(path ?? "")?.[0];
    return attribute === undefined ? null : (byAddress.get(address ?? own ?? "")?.(attribute) ?? null);
  };
  return subjects.map((subject) => {
    const noted = Object.entries(subject.facts).flatMap(([name, fact]): [string, Fact][] => {
      const origin = originOf(fact, subject.address);
      if (origin === null) return [];
      return [[name, { ...fact, note: fact.note == null ? origin : `${fact.note}; ${origin}` }]];
    });
    return noted.length === 0 ? subject : { ...subject, facts: { ...subject.facts, ...Object.fromEntries(noted) } };
  });
}
