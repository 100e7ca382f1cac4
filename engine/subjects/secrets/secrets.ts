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
    const days = own === undefined ? null : daysOf(own);
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

function mayRotate({ references }: Unknown): Unknown {
  return new Unknown("no-join", references, "which secret it rotates");
}

/** AWS ends a name that begins with `name_prefix` by 26 characters of its own. */
function nameFact({ attributes }: Secret) {
  const { name, name_prefix: prefix } = attributes;
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
