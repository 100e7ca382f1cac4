import type { Attribute } from "../../model/attribute.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";

type Tags = Readonly<Record<string, Maybe<string | null>>>;

interface Tagged {
  readonly tags: Attribute<Tags>;
  readonly tags_all: Attribute<Tags | null>;
}

/** The value of a tag, null where there is none. A resource that writes no tags has none of its own. */
export function tagOf({ tags, tags_all: all }: Tagged, name: string): Maybe<string | null> {
  const { value } = all.value instanceof Unknown || all.value === null ? tags : { value: all.value };
  if (value instanceof Unknown) return value;
  return Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}
