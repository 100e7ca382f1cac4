import type { PlanDocument, StateModule } from "./envelope.ts";
import { isJsonObject, ownMember } from "./json.ts";

/**
 * All strings that the plan marks as sensitive, wherever they stand: the same value often stands elsewhere without a
 * mark (`tags_all`, a variable's value, a literal of the configuration), so the report compares by value.
 */
export function sensitiveStrings(document: PlanDocument): Set<string> {
  const found = new Set<string>();
  for (const { change } of document.resource_changes ?? []) {
    collect(change.after, change.after_sensitive, found);
    collect(change.before, change.before_sensitive, found);
  }
  for (const change of Object.values(isJsonObject(document.output_changes) ? document.output_changes : {})) {
    collect(ownMember(change, "after"), ownMember(change, "after_sensitive"), found);
    collect(ownMember(change, "before"), ownMember(change, "before_sensitive"), found);
  }
  const declared = document.configuration?.root_module?.variables ?? {};
  for (const [name, variable] of Object.entries(declared)) {
    if (variable.sensitive !== true) continue;
    collect(ownMember(ownMember(document.variables, name), "value"), true, found);
    collect(variable.default, true, found);
  }
  collectState(document.prior_state?.values?.root_module, found);
  for (const provider of Object.values(document.configuration?.provider_config ?? {})) {
    for (const name of ["access_key", "secret_key", "token"]) {
      collect(ownMember(ownMember(provider.expressions, name), "constant_value"), true, found);
    }
  }
  found.delete("");
  return found;
}

function collectState(module: StateModule | undefined, found: Set<string>): void {
  for (const resource of module?.resources ?? []) collect(resource.values, resource.sensitive_values, found);
  for (const child of module?.child_modules ?? []) collectState(child, found);
}

function collect(value: unknown, mask: unknown, found: Set<string>): void {
  // A stack of our own: a plan may nest deeper than calls can.
  const left: Masked[] = [{ value, mask }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next.value !== "string") for (const part of maskedParts(next)) left.push(part);
    else if (next.mask === true) {
      found.add(next.value);
      // Roles and policies are shown by the name at the end of their ARN.
      if (next.value.startsWith("arn:")) found.add(next.value.slice(next.value.lastIndexOf("/") + 1));
    }
  }
}

/** A value with the mask that the plan has of it. */
export interface Masked {
  readonly value: unknown;
  readonly mask: unknown;
}

/** The marked parts of a value under a mask: `true` on a whole collection means all of it. */
export function maskedParts({ value, mask }: Masked): Masked[] {
  if (!mayMark(mask)) return [];
  const whole = mask === true;
  const parts = Array.isArray(value)
    ? value.map((element: unknown, at) => ({ value: element, mask: whole || (Array.isArray(mask) && mask[at]) }))
    : Object.keys(isJsonObject(value) ? value : {}).map((key) => ({
        value: ownMember(value, key),
        mask: whole || ownMember(mask, key),
      }));
  return parts.filter((part) => mayMark(part.mask));
}

function mayMark(mask: unknown): boolean {
  return mask === true || (typeof mask === "object" && mask !== null);
}
