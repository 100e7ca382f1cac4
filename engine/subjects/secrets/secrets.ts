import type { Modelled } from "../../model/model.ts";
import { longestGapInDays } from "../../model/schedule-expression.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

type Secret = Modelled<"aws_secretsmanager_secret">;
type Rotation = Modelled<"aws_secretsmanager_secret_rotation">;

/** The secrets, each with the rotation that the plan gives it. */
export function secretSubjects(context: JoinContext): SubjectOf<"secret">[] {
  return context.model.aws_secretsmanager_secret.map((secret) => {
    const { certain, possible } = context.joins.to(secret, "secretRotation");
    const own = certain[0]?.source;
    const [unclear] = possible;
    const days = longestOf(certain.map(({ source }) => source));
    return subject("secret", secret.resource, null, {
      name: nameFact(secret),
      isRotated:
        own !== undefined
          ? derivedFact(true, { path: "secret_id", address: own.resource.address })
          : unclear === undefined
            ? derivedFact(false, { note: "no aws_secretsmanager_secret_rotation of this plan names the secret" })
            : derivedFact(mayRotate(unclear.unknown), {
                path: "secret_id",
                address: unclear.source.resource.address,
              }),
      rotationDays: days ?? derivedFact(unclear === undefined ? 0 : mayRotate(unclear.unknown)),
    });
  });
}

/** Of several rotations of one secret the apply leaves any, so the longest interval counts. */
function longestOf(rotations: readonly Rotation[]) {
  const all = rotations.map(daysOf);
  const [first = null] = all;
  const longest = all.reduce((most, each) => {
    if (most === null || most.value instanceof Unknown || each.value instanceof Unknown)
      return most?.value instanceof Unknown ? most : each;
    return each.value > most.value ? each : most;
  }, first);
  if (longest === null || rotations.length < 2) return longest;
  const others = rotations.map(({ resource }) => resource.address).join(" and ");
  return { ...longest, note: `${others} rotate the same secret, and the apply may leave either` };
}

function mayRotate({ references }: Unknown): Unknown {
  return new Unknown("no-join", references, "which secret it rotates");
}

/** The provider ends a name that begins with `name_prefix` by 26 digits of its own, and begins one with `terraform-` itself. */
function nameFact({ attributes }: Secret) {
  const { name, name_prefix: prefix } = attributes;
  const isMade =
    name.value instanceof Unknown && name.value.references.length === 0 && name.value.reason === "computed";
  if (isMade && prefix.state === "unset")
    return derivedFact("terraform-…", { path: "name", note: "the provider makes the name" });
  if (!(name.value instanceof Unknown) || typeof prefix.value !== "string") return name;
  return { ...{ ...prefix, value: `${prefix.value}…` }, note: "AWS makes the rest of the name" };
}

function daysOf({ resource, attributes }: Rotation) {
  const at = { path: attributes.rotation_rules.path, address: resource.address };
  const rules = attributes.rotation_rules.value;
  const [first] = elementsOf(rules);
  if (first === undefined || first instanceof Unknown)
    return derivedFact(first ?? new Unknown("no-join", [], "it has no rotation_rules"), at);
  const { automatically_after_days: days, schedule_expression: schedule } = first;
  if (schedule.state === "unset" && days.value !== null)
    return { ...{ ...days, value: days.value }, address: resource.address };
  const from = { path: schedule.path, address: resource.address };
  if (schedule.value instanceof Unknown || schedule.value === null)
    return derivedFact(schedule.value ?? new Unknown("no-join", [], "no interval is set"), from);
  return derivedFact(intervalOf(schedule.value), from);
}

function intervalOf(expression: string): Maybe<number> {
  return longestGapInDays(expression) ?? new Unknown("no-join", [], "the schedule does not go on for ever");
}
