import { namedAmong, namersAmong, type RelatedTo } from "../../joins/related.ts";
import type { Plan, PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type Fact, type Subject } from "../subject.ts";
import type { Relation } from "./relation.ts";
import { recogniseIn, resourceFact } from "./resource-facts.ts";

/** Whether a resource is one of those that a relation counts. */
export type Counts = (resource: PlanResource) => Maybe<boolean>;

/**
 * Subjects with the facts of the resources that are related to them, by the names of the relations.
 * @param counts what counts, by the name of the relation; where it is left out, all that are related count
 */
export function withRelated(
  subjects: readonly Subject[],
  relations: Readonly<Record<string, Relation>>,
  counts: ReadonlyMap<string, Counts>,
  wanted: readonly string[],
  context: JoinContext,
): Subject[] {
  const byAddress = new Map(existing(context.plan).map((resource) => [resource.address, resource]));
  const finders = Object.entries(relations).map(([name, relation]) => ({
    name,
    relation,
    paths: wanted.filter((path) => path.startsWith(`${name}.*.`)),
    find: finderOf(relation, counts.get(name) ?? (() => true), subjects[0]?.type ?? null, context),
  }));
  return subjects.map((subject) => {
    const resource = subject.address === null ? null : (byAddress.get(subject.address) ?? null);
    const facts = finders.flatMap(({ name, relation, paths, find }) => {
      const found = find(resource);
      const note = noteOf(relation, found, counts.has(name));
      return [
        [name, derivedFact<boolean>(presence(relation, found), { note })] as const,
        [`${name}.#`, derivedFact<number>(found.unknown ?? found.certain.length, { note })] as const,
        ...paths.map((path) => [path, listed(path.slice(name.length + 3), found, context)] as const),
      ];
    });
    return { ...subject, facts: { ...subject.facts, ...Object.fromEntries(facts) } };
  });
}

function existing({ resources }: Plan): PlanResource[] {
  return resources.filter(({ mode, willExist }) => mode === "managed" && willExist);
}

/** @param own the type of the subjects; null where they are no resources, so that all of the type are meant */
function finderOf(
  { type, attribute, by, names }: Relation,
  counts: Counts,
  own: string | null,
  { plan, accounts }: JoinContext,
): (resource: PlanResource | null) => RelatedTo {
  const all = existing(plan);
  const others = all.filter((resource) => resource.type === type);
  const mayCount = (resource: PlanResource) => counts(resource) !== false;
  const read = (resource: PlanResource, path: string) => resourceFact(resource.node, path).value;
  const find =
    attribute !== null
      ? namersAmong(
          others.filter(mayCount),
          all.filter((resource) => resource.type === own),
          { attribute, names },
          read,
          accounts,
        )
      : by === null
        ? null
        : namedAmong(others, { attribute: by, names }, read, accounts, mayCount);
  if (find === null) {
    const every = counted({ certain: others.filter(mayCount), possible: 0, unknown: null }, counts);
    return () => every;
  }
  return (resource) =>
    resource === null ? { certain: [], possible: 0, unknown: null } : counted(find(resource), counts);
}

/** Of those that are related for certain, the ones of which the plan does not tell whether they count are possible only. */
function counted(found: RelatedTo, counts: Counts): RelatedTo {
  const open = found.certain.map(counts).filter((each) => each instanceof Unknown);
  const [first] = open;
  if (first === undefined) return found;
  return {
    certain: found.certain.filter((resource) => counts(resource) === true),
    possible: found.possible + open.length,
    unknown: found.unknown ?? first,
  };
}

/** Whether there are as many as there are to be: decided as soon as those that are not certain cannot change it. */
function presence({ atLeast, atMost }: Relation, { certain, possible, unknown }: RelatedTo): Maybe<boolean> {
  const most = certain.length + possible;
  const isTooMany = atMost !== null && certain.length > atMost;
  const isEnough = certain.length >= atLeast && (atMost === null || most <= atMost);
  return isTooMany || most < atLeast ? false : isEnough ? true : (unknown ?? false);
}

/** As many as a sentence names. */
const mostNamed = 3;

/** @param isChosen whether only those count that meet conditions */
function noteOf({ type, attribute, by }: Relation, { certain, possible }: RelatedTo, isChosen: boolean): string {
  const named = certain.slice(0, mostNamed).map(({ address }) => address);
  const rest = certain.length - named.length;
  const more = rest === 0 ? "" : ` and ${rest} more`;
  const [joined, chosen] =
    attribute === null && by === null ? ["in this plan", "meets"] : ["of this plan belongs to it", "and meets"];
  const meets = isChosen ? ` ${chosen} the conditions of "where"` : "";
  const found = certain.length === 0 ? `no ${type} ${joined}${meets}` : `${named.join(", ")}${more}`;
  return possible === 0 ? found : `${found}; of others it cannot be told`;
}

/** An attribute of all that are related, as one list; what may be related besides is an element that is not known. */
function listed(path: string, { certain, unknown }: RelatedTo, { settings }: JoinContext): Fact {
  const facts = certain.map((resource) => ({
    resource,
    fact: resourceFact(resource.node, path, recogniseIn(resource, settings)),
  }));
  const values = facts.flatMap(({ fact: { value } }): unknown[] => (Array.isArray(value) ? value : [value]));
  const [only, ...others] = facts;
  const place =
    only === undefined || others.length > 0 ? { path: null, address: null } : { path, address: only.resource.address };
  const value = [...values, ...(unknown === null ? [] : [unknown])];
  const isOpen = value.length > 0 && value.every((each) => each instanceof Unknown);
  return {
    state: isOpen ? "unknown" : "known",
    value,
    ...place,
    sensitive: facts.some(({ fact }) => fact.sensitive),
    note: null,
  };
}
