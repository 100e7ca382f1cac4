import type { Attribute } from "../../model/attribute.ts";
import type { AnyModelled, Model, Modelled, ModelledType } from "../../model/model.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { Invocation } from "../invocations.ts";
import type { Joinable } from "../join.ts";
import type { Launch } from "../launches.ts";
import type { Name } from "../names.ts";
import type { Task } from "../tasks.ts";

/** Where something is named. */
export interface Place {
  readonly path: string;
  readonly value: Maybe<string | null>;
  /** Whether people see it: what nobody wrote is a default. */
  readonly isShown: boolean;
  /** What the name is unique within, where it is so within something only. */
  readonly within?: Maybe<string | null>;
  /** The region of what is named; null where it is that of the resource. */
  readonly region?: Maybe<string | null>;
  /** The type of what is named, for people, where the row names several. */
  readonly type?: string;
  /** Whether an unknown value hides more than the name, so that what it refers to may be no name. */
  readonly isWhole?: boolean;
  /** Whether it stands for what a list holds besides its references, all of which was known when the plan was made. */
  readonly isKnownMore?: boolean;
}

/** What a link is read from: the resources of the model and their parts. */
export interface Sources {
  readonly model: Model;
  readonly ofType: (type: string) => readonly AnyModelled[];
  readonly launches: () => readonly Launch[];
  readonly invocations: () => readonly Invocation[];
  readonly tasks: () => readonly Task[];
}

interface Options {
  /**
   * Where people see the joins: in `plimsoll facts` and the picture, in one of them, or nowhere. That is only for a place that
   * another row shows already, and that policies read in another way.
   */
  readonly shown?: "everywhere" | "facts" | "picture" | "nowhere";
  /** Whether a value that names nothing of the plan says nothing: what it names may be of another type. */
  readonly isOfManyTypes?: boolean;
  /** The attributes that a reference may be of to name the target here as it stands, where they are fewer than elsewhere. */
  readonly referredBy?: readonly string[];
  /** Whether a name that the plan does not tell can only be one of the same provider configuration. */
  readonly isNear?: boolean;
  /** What a source does with its target, for people: it names it, unless the row says otherwise. */
  readonly verb?: string;
}

/** Which places of which sources name what. */
export interface Link<S extends Joinable, N extends Name> extends Options {
  readonly to: N;
  readonly read: (sources: Sources) => readonly { readonly source: S; readonly places: readonly Place[] }[];
}

type LinkKey<T extends ModelledType> = {
  [K in keyof Modelled<T>["attributes"]]: Modelled<T>["attributes"][K] extends
    | Attribute<string | null>
    | Attribute<readonly Maybe<string>[]>
    ? K
    : never;
}[keyof Modelled<T>["attributes"]];

/** An attribute names something, or each element of it does. */
export function link<T extends ModelledType, N extends Name>(
  type: T,
  attribute: LinkKey<T>,
  to: N,
  options?: Options,
): Link<Modelled<T>, N>;
export function link(type: string, attribute: string, to: Name, options: Options = {}): Link<AnyModelled, Name> {
  return linkFrom(
    (sources) => sources.ofType(type),
    ({ attributes }) => placesOf(attributes[attribute]),
    to,
    options,
  );
}

export function linkFrom<S extends Joinable, N extends Name>(
  list: (sources: Sources) => readonly S[],
  places: (source: S) => readonly Place[],
  to: N,
  options: Options = {},
): Link<S, N> {
  return { ...options, to, read: (sources) => list(sources).map((source) => ({ source, places: places(source) })) };
}

/** Of a list with an unknown element the provider knows nothing: that is one place. */
export function placesOf(attribute: Attribute<unknown> | undefined): Place[] {
  if (attribute === undefined) return [];
  const { value, path, state } = attribute;
  if (value instanceof Unknown || typeof value === "string") return [{ value, path, isShown: state !== "unset" }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((element: unknown, at) =>
    element instanceof Unknown || typeof element === "string"
      ? [{ value: element, path: `${path}[${at}]`, isShown: true }]
      : [],
  );
}

export function written(value: Maybe<string | null>, path: string): Place {
  return { value, path, isShown: true };
}

/** The blocks that the plan tells. */
export function known<B>(blocks: Attribute<readonly Maybe<B>[]>): B[] {
  return blocks.value instanceof Unknown
    ? []
    : blocks.value.flatMap((block) => (block instanceof Unknown ? [] : [block]));
}

/** What an unknown value refers to, of some types. */
export function references({ references: all, reason }: Unknown, path: string, types: readonly string[]): Place[] {
  return all
    .filter(({ end }) => "target" in end && types.includes(end.target.type))
    .map((reference) => written(new Unknown(reason, [reference]), path));
}

/** Arguments that take the name of an object of IAM or of a repository, and no ARN of it. */
export const byName = { referredBy: ["name", "id"] } as const;
/** Arguments that take an ARN alone, which is the id too where the provider says so. */
export const byArn = { referredBy: ["arn", "id"] } as const;
export const nowhere = { shown: "nowhere" } as const;
export const inFacts = { shown: "facts" } as const;
export const picture = { shown: "picture" } as const;
