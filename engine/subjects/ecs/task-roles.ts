import { type Join, listed, oneOf } from "../../joins/join.ts";
import { lastPathSegment } from "../../joins/names.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { formatTarget, type Reference } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact } from "../subject.ts";

type Role = Modelled<"aws_iam_role">;
type RoleJoin = Join<Role>;

/** The roles of a task definition: that of the application and that of the agent that starts it. */
export function taskRoleFacts({ resource, attributes }: Modelled<"aws_ecs_task_definition">, context: JoinContext) {
  const { task_role_arn: task, execution_role_arn: execution } = attributes;
  const taskJoin = context.joins.named("aws_iam_role", task.value, resource);
  const executionJoin = context.joins.named("aws_iam_role", execution.value, resource);
  const note = `task_role_arn names ${describe(task, taskJoin)}, execution_role_arn ${describe(execution, executionJoin)}`;
  return {
    hasTaskRole: hasRole(task, taskJoin),
    hasExecutionRole: hasRole(execution, executionJoin),
    rolesAreSame: derivedFact(
      areSame({ value: task.value, found: taskJoin }, { value: execution.value, found: executionJoin }, resource),
      {
        path: task.path,
        note,
      },
    ),
  };
}

function hasRole({ value, path }: Attribute<string | null>, found: RoleJoin) {
  if (!(value instanceof Unknown)) return derivedFact(value !== null, { path });
  // The ARN of a role of this plan is some role, whichever.
  const isManagedHere = found.kind === "one" || found.kind === "several";
  return derivedFact(isManagedHere ? true : value, { path });
}

function describe({ value, state }: Attribute<string | null>, found: RoleJoin): string {
  if (found.kind === "one") return `${found.match.resource.address} by ${found.by}`;
  if (found.kind === "several") return `one of ${listed(found.matches)}`;
  if (value instanceof Unknown) return "a role that is known only after apply";
  return state === "unset" || value === null ? "none" : `${lastPathSegment(value)}, which this plan does not manage`;
}

interface Side {
  readonly value: Maybe<string | null>;
  readonly found: RoleJoin;
}

/** Whether both name one role: by the resource, by name where the resource is not of this plan, by one data source. */
function areSame(one: Side, other: Side, from: PlanResource): Maybe<boolean> {
  if (one.value === null || other.value === null) return false;
  if (!(one.value instanceof Unknown) && !(other.value instanceof Unknown)) return sameText(one.value, other.value);
  const ones = matchesOf(one.found);
  const others = matchesOf(other.found);
  if (ones !== null && others !== null) {
    if (!ones.some((role) => others.includes(role))) return false;
    return ones.length === 1 && others.length === 1
      ? true
      : oneOf([...new Set([...ones, ...others])], `${from.address} names`, referencesOf(one, other));
  }
  // A role of this plan against the name of one that is not: other names are other roles.
  if (ones !== null && isAnother(ones, other.value)) return false;
  if (others !== null && isAnother(others, one.value)) return false;
  return sameDataSource(one.value, other.value)
    ? true
    : new Unknown("no-join", referencesOf(one, other), "whether both are one role");
}

function isAnother(roles: readonly Role[], text: Maybe<string | null>): boolean {
  if (typeof text !== "string") return false;
  const name = lastPathSegment(text);
  return roles.every(({ attributes }) => typeof attributes.name.value === "string" && attributes.name.value !== name);
}

function matchesOf(found: RoleJoin): readonly Role[] | null {
  if (found.kind === "one") return [found.match];
  return found.kind === "several" ? found.matches : null;
}

/** An ARN or a bare name; names of roles are unique within an account, whatever their path. */
function sameText(one: string, other: string): boolean {
  const account = (text: string) => (text.startsWith("arn:") ? (text.split(":")[4] ?? null) : null);
  const [oneAccount, otherAccount] = [account(one), account(other)];
  if (oneAccount !== null && otherAccount !== null && oneAccount !== otherAccount) return false;
  return lastPathSegment(one) === lastPathSegment(other);
}

/** A data source that is read at apply gives one ARN to both. */
function sameDataSource(one: Maybe<string | null>, other: Maybe<string | null>): boolean {
  const source = (value: Maybe<string | null>) => {
    const [reference, ...more] = value instanceof Unknown ? value.references : [];
    if (reference === undefined || more.length > 0 || !("target" in reference.end)) return null;
    const { target } = reference.end;
    return target.mode === "data" &&
      target.type === "aws_iam_role" &&
      target.pairKey === null &&
      target.attribute === "arn"
      ? formatTarget(target)
      : null;
  };
  const name = source(one);
  return name !== null && name === source(other);
}

function referencesOf(one: Side, other: Side): readonly Reference[] {
  return [one.value, other.value].flatMap((value) => (value instanceof Unknown ? value.references : []));
}
