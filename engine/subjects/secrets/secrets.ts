import type { Modelled } from "../../model/model.ts";
import { longestGapInDays } from "../../model/schedule-expression.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { secretNamedBy } from "../joins/relations.ts";
import { attributeFact, derivedFact, type Subject, subject } from "../subject.ts";

type Secret = Modelled<"aws_secretsmanager_secret">;
type Rotation = Modelled<"aws_secretsmanager_secret_rotation">;

/** The secrets, each with the rotation that the plan gives it. */
export function secretSubjects(context: JoinContext): Subject[] {
  const { model } = context;
  const rotations = model.aws_secretsmanager_secret_rotation.map((rotation) => ({
    rotation,
    found: secretNamedBy(rotation.attributes.secret_id.value, rotation.resource, context),
  }));
  return model.aws_secretsmanager_secret.map((secret) => {
    const own = rotations.find(({ found }) => found.kind === "one" && found.match === secret);
    const unclear = rotations.find(
      ({ found }) => found.kind === "unknown" || (found.kind === "several" && found.matches.includes(secret)),
    );
    const days = own === undefined ? null : daysOf(own.rotation);
    return subject("secret", secret.resource, null, {
      name: nameFact(secret),
      isRotated:
        own !== undefined
          ? derivedFact(true, { path: "secret_id", address: own.rotation.resource.address })
          : unclear === undefined
            ? derivedFact(false, { note: "no aws_secretsmanager_secret_rotation of this plan names the secret" })
            : derivedFact<boolean>(mayRotate(unclear.found), {
                path: "secret_id",
                address: unclear.rotation.resource.address,
              }),
      rotationDays: days ?? derivedFact<number>(unclear === undefined ? 0 : mayRotate(unclear.found)),
    });
  });
}

function mayRotate(found: ReturnType<typeof secretNamedBy>): Unknown {
  const detail = "which secret it rotates";
  return new Unknown("no-join", found.kind === "unknown" ? found.unknown.references : [], detail);
}

/** AWS ends a name that begins with `name_prefix` by 26 characters of its own. */
function nameFact({ attributes }: Secret) {
  const { name, name_prefix: prefix } = attributes;
  if (!(name.value instanceof Unknown) || typeof prefix.value !== "string" || prefix.value === "")
    return attributeFact(name);
  return { ...attributeFact({ ...prefix, value: `${prefix.value}…` }), note: "AWS makes the rest of the name" };
}

function daysOf({ resource, attributes }: Rotation) {
  const at = { path: attributes.rotation_rules.path, address: resource.address };
  const rules = attributes.rotation_rules.value;
  const [first] = rules instanceof Unknown ? [rules] : rules;
  if (first === undefined || first instanceof Unknown)
    return derivedFact<number>(first ?? new Unknown("no-join", [], "it has no rotation_rules"), at);
  const { automatically_after_days: days, schedule_expression: schedule } = first;
  if (schedule.state === "unset" && days.value !== null)
    return { ...attributeFact({ ...days, value: days.value }), address: resource.address };
  const from = { path: schedule.path, address: resource.address };
  if (schedule.value instanceof Unknown || schedule.value === null)
    return derivedFact<number>(schedule.value ?? new Unknown("no-join", [], "no interval is set"), from);
  return derivedFact<number>(intervalOf(schedule.value), from);
}

function intervalOf(expression: string): Maybe<number> {
  return longestGapInDays(expression) ?? new Unknown("no-join", [], "the schedule does not go on for ever");
}
