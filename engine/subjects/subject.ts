import type { Action } from "../plan/action.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { type FactName, type FactValue, type Kind, kinds } from "./kinds.ts";

/**
 * One fact of a subject. `path` is where it stands: an attribute of the subject's resource, or of `address`. An
 * attribute of the model is a fact.
 */
export interface Fact {
  readonly state: "known" | "unset" | "unknown";
  readonly value: unknown;
  readonly path: string | null;
  /** The resource where it stands, if it is another one. */
  readonly address?: string | null;
  readonly sensitive: boolean;
  /** How the fact came about, for people: "no aws_ecr_lifecycle_policy of this plan names the repository". */
  readonly note?: string | null;
}

/** The one thing that a policy judges. */
export interface Subject {
  /** `resource` is one of any type, whose facts are its attributes. */
  readonly kind: Kind | "resource";
  /** The type of a `resource`, as Terraform names it. */
  readonly type?: string;
  /**
   * Address of its resource exactly as in the plan; `var.x`, `output.x` or `provider.x` where it is none; null for the plan
   * itself.
   */
  readonly address: string | null;
  /** The part of the resource, its steps joined by `/`; null for the resource itself. */
  readonly name: string | null;
  readonly action: Action | null;
  readonly facts: Readonly<Record<string, Fact>>;
}

/** A fact with a value of the type that the kind's schema gives it; elements of lists may be unknown. */
interface TypedFact<T> extends Fact {
  readonly value: Maybe<T extends readonly (infer E)[] ? readonly Maybe<E>[] : T>;
}

type Facts<K extends Kind> = { readonly [N in FactName<K>]: TypedFact<FactValue<K, N>> };

/** A subject of a kind, with the facts of that kind. */
export interface SubjectOf<K extends Kind> extends Subject {
  readonly kind: K;
  readonly facts: Facts<K>;
}

/** Where a subject stands: a resource of the plan, a part of the configuration, or the plan itself. */
type SubjectPlace = Pick<Subject, "address" | "action">;

/** The plan itself, and what no resource of it holds. */
export const planPlace: SubjectPlace = { address: null, action: null };

/** The one way to make a subject that the plan tells. */
export function subject<K extends Kind>(
  kind: K,
  { address, action }: SubjectPlace,
  name: string | null,
  facts: Facts<K>,
): SubjectOf<K> {
  return { kind, address, name, action, facts };
}

/** A fact whose value has a known type. */
export type FactOf<T> = Fact & { readonly value: Maybe<T> };

/** Where people can see a fact. */
interface Origin {
  readonly path?: string | null;
  readonly address?: string | null;
  readonly note?: string | null;
  readonly sensitive?: boolean;
  /** Where the unknown stands that leaves the fact open, if that is elsewhere. */
  readonly placeOf?: (unknown: Unknown) => string | null;
}

/** A fact that is derived; `from` says where people can see it. */
export function derivedFact<T>(value: Maybe<T>, from: Origin = {}): FactOf<T> {
  const open = onlyUnknown(value);
  return {
    state: value instanceof Unknown ? "unknown" : "known",
    value,
    path: (open === null ? null : from.placeOf?.(open)) ?? from.path ?? null,
    address: from.address ?? null,
    sensitive: from.sensitive ?? false,
    note: from.note ?? null,
  };
}

/** What is not told of a value of which nothing else is known. */
function onlyUnknown(value: unknown): Unknown | null {
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
  const [first] = elements;
  return first instanceof Unknown && elements.every((each) => each instanceof Unknown) ? first : null;
}

/** A subject of which the plan tells no fact but those of `known`: it stands for all that a resource hides. */
export function unknownSubject<K extends Kind>(
  kind: K,
  { address, action }: SubjectPlace,
  name: string | null,
  unknown: Unknown,
  path: string,
  known: Partial<SubjectOf<K>["facts"]> = {},
): SubjectOf<K> {
  const fact = derivedFact(unknown, { path });
  const facts = Object.fromEntries(Object.keys(kinds[kind].facts).map((factName) => [factName, fact]));
  return { kind, address, name, action, facts: { ...facts, ...known } };
}
