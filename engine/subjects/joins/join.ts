import { formatModule } from "../../plan/address.ts";
import type { PlanResource } from "../../plan/read.ts";
import type { Target } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";

/** Anything that stands for one resource of the plan. */
export interface Joinable {
  readonly resource: PlanResource;
}

/**
 * What an attribute of one resource says of another. `one` is exact, or paired by equal instance key; `several` means
 * one of these, the plan does not tell which; `none` means that it is known and names nothing in this plan.
 */
export type Join<C> =
  | {
      readonly kind: "one";
      readonly match: C;
      readonly by: "value" | "reference" | "reference and equal key" | "provider configuration";
    }
  | { readonly kind: "several"; readonly matches: readonly C[]; readonly by: "value" | "reference" }
  | { readonly kind: "none" }
  | { readonly kind: "unknown"; readonly unknown: Unknown };

/**
 * Finds what `value` (an attribute of `from`) names among the candidates: by equal known value first, then by the
 * reference that its expression makes. `keysOf` gives the values by which a candidate may be named; `clean` brings a
 * value to the form of the keys (an ARN to its name, for instance).
 */
export function join<C extends Joinable>(
  value: Maybe<string | null>,
  from: PlanResource,
  candidates: readonly C[],
  keysOf: (candidate: C) => readonly Maybe<string | null>[],
  clean: (value: string) => string = (text) => text,
): Join<C> {
  if (value === null) return { kind: "none" };
  if (value instanceof Unknown) return joinByReference(value, candidates);
  const wanted = clean(value);
  const matches = candidates.filter(
    (candidate) =>
      sameProvider(candidate.resource, from) && keysOf(candidate).some((key) => key === wanted || key === value),
  );
  const [match] = matches;
  if (match === undefined) return unnamed(from, candidates, keysOf);
  return matches.length === 1 ? { kind: "one", match, by: "value" } : { kind: "several", matches, by: "value" };
}

/**
 * Where no candidate has the value, one whose name is decided at apply may have it. What the provider makes up itself, an
 * ARN or a generated name, is not what somebody wrote.
 */
function unnamed<C extends Joinable>(
  from: PlanResource,
  candidates: readonly C[],
  keysOf: (candidate: C) => readonly Maybe<string | null>[],
): Join<C> {
  const keys = candidates.filter(({ resource }) => sameProvider(resource, from)).flatMap(keysOf);
  const open = keys.find((key) => key instanceof Unknown && key.reason !== "computed");
  return open instanceof Unknown ? { kind: "unknown", unknown: open } : { kind: "none" };
}

/** Whether what an attribute names is this candidate. */
export function isNamed<C extends Joinable>(found: Join<C>, candidate: C): Maybe<boolean> {
  switch (found.kind) {
    case "one":
      return found.match === candidate;
    case "several":
      if (!found.matches.includes(candidate)) return false;
      return new Unknown(
        "no-join",
        [],
        `which of ${found.matches.map(({ resource }) => resource.address).join(", ")} is meant`,
      );
    case "unknown":
      return found.unknown;
    case "none":
      return false;
  }
}

/** Two regions or accounts may hold the same names: only resources of one provider configuration are compared. */
export function sameProvider(one: PlanResource, other: PlanResource): boolean {
  if (one.region !== null && other.region !== null && one.region !== other.region) return false;
  return one.providerKey === null || other.providerKey === null || one.providerKey === other.providerKey;
}

function joinByReference<C extends Joinable>(unknown: Unknown, candidates: readonly C[]): Join<C> {
  const targets: Target[] = [];
  for (const reference of unknown.references) {
    if ("target" in reference.end) targets.push(reference.end.target);
    // Variables are known when the plan is made: what is unknown comes from elsewhere.
    else if (reference.end.deadEnd !== "variable") return { kind: "unknown", unknown };
  }
  const [only] = targets;
  if (only === undefined) return { kind: "unknown", unknown };
  const found = targets.map((target) => instancesOf(target, candidates));
  if (found.some((instances) => instances.length === 0)) return { kind: "unknown", unknown };
  const matches = [...new Set(found.flat())];
  const [match] = matches;
  if (match === undefined || matches.length > 1) return { kind: "several", matches, by: "reference" };
  const isPaired = only.key === null && only.pairKey !== null && match.resource.key === only.pairKey;
  return { kind: "one", match, by: isPaired ? "reference and equal key" : "reference" };
}

/** The candidates that a target may mean: one where it or the pairing names the instance, else all of the resource. */
export function instancesOf<C extends Joinable>(target: Target, candidates: readonly C[]): readonly C[] {
  const module = formatModule(target.module);
  const all = candidates.filter(
    ({ resource }) =>
      resource.type === target.type &&
      resource.name === target.name &&
      resource.mode === target.mode &&
      resource.moduleAddress === module,
  );
  if (target.key !== null) return all.filter(({ resource }) => resource.key === target.key);
  const paired = target.pairKey === null ? [] : all.filter(({ resource }) => resource.key === target.pairKey);
  return paired.length > 0 ? paired : all;
}
