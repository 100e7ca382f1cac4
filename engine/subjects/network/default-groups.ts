import { type Join, oneOf } from "../../joins/join.ts";
import { anySource } from "../../joins/reverse.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { targetsOf } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf, not } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { type SecurityGroup, securityGroupRules } from "./rules.ts";

const kind = "default-group-use";
const no = derivedFact(false);

/** Where the default security group of a VPC counts: the group, the tasks that get it, and VPCs where nobody manages it. */
export function defaultGroupSubjects(context: JoinContext): SubjectOf<"default-group-use">[] {
  const { model, joins } = context;
  return [
    ...joins
      .launches()
      .filter(({ network }) => network.value !== null)
      .map((launch) => {
        const { path } = launch.network;
        const uses = getsDefaultGroup(joins.each(launch, "usedGroup"), context);
        return subject(kind, launch.resource, null, {
          givesTasksDefaultGroup: derivedFact(uses, { path: `${path}[0].security_groups` }),
          isOpenDefaultGroup: no,
          isUnmanagedVpc: no,
        });
      }),
    ...model.aws_default_security_group.map((group) => {
      const { resource, attributes } = group;
      return subject(kind, resource, null, {
        givesTasksDefaultGroup: no,
        isOpenDefaultGroup: derivedFact(
          anyOf([
            holdsRule(attributes.ingress.value),
            holdsRule(attributes.egress.value),
            openedByRules(context)(group),
          ]),
          { path: "ingress" },
        ),
        isUnmanagedVpc: no,
      });
    }),
    ...model.aws_vpc.map((vpc) =>
      subject(kind, vpc.resource, null, {
        givesTasksDefaultGroup: no,
        isOpenDefaultGroup: no,
        isUnmanagedVpc: derivedFact(isUnmanaged(vpc, context)),
      }),
    ),
  ];
}

/** Without a group of its own an interface gets the default group of its VPC. Source: EC2 API Reference, CreateNetworkInterface. */
function getsDefaultGroup(
  groups: readonly { readonly value: Maybe<string | null>; readonly join: Join<SecurityGroup> }[],
  context: JoinContext,
): Maybe<boolean> {
  if (groups.length === 0) return true;
  return anyOf(
    groups.map(({ value, join: group }): Maybe<boolean> => {
      if (namesDefaultGroup(value, context)) return true;
      if (group.kind === "unknown") return group.unknown;
      if (group.kind === "one") return group.match.resource.type === "aws_default_security_group";
      if (group.kind === "none") return false;
      const isDefault = group.matches.map(({ resource }) => resource.type === "aws_default_security_group");
      if (!isDefault.includes(true)) return false;
      return isDefault.includes(false) ? oneOf(group.matches) : true;
    }),
  );
}

/** `aws_vpc.main.default_security_group_id`, or the id itself where the VPC exists. */
function namesDefaultGroup(value: Maybe<string | null>, context: JoinContext): boolean {
  if (!(value instanceof Unknown)) return value !== null && defaultGroupIds(context).has(value);
  const targets = targetsOf(value.references);
  return (
    targets?.every(({ type, attribute }) => type === "aws_vpc" && attribute === "default_security_group_id") === true
  );
}

const defaultGroupIds = once(
  ({ model }: JoinContext): ReadonlySet<unknown> =>
    new Set(model.aws_vpc.map(({ attributes }) => attributes.default_security_group_id.value)),
);

/** Whether rules of their own open each default group, which Terraform adds to those that the group holds itself. */
const openedByRules = once((context: JoinContext) => {
  const opened = new Map<SecurityGroup, Maybe<boolean>>();
  let open: Unknown | null = null;
  for (const { name, group } of securityGroupRules(context).rules) {
    if (name !== null) continue;
    if (group.kind === "one") opened.set(group.match, true);
    else if (group.kind === "unknown") open ??= group.unknown;
    else if (group.kind === "several")
      for (const match of group.matches) if (!opened.has(match)) opened.set(match, oneOf(group.matches));
  }
  return (group: SecurityGroup): Maybe<boolean> => anyOf([opened.get(group) ?? false, open ?? false]);
});

/** Rules that are not written are removed, as `aws_default_security_group` adopts the group and empties it. */
function holdsRule(rules: Maybe<readonly unknown[]>): Maybe<boolean> {
  return rules instanceof Unknown ? rules : rules.length > 0;
}

function isUnmanaged(vpc: Modelled<"aws_vpc">, context: JoinContext): Maybe<boolean> {
  return not(anySource(context.joins.to(vpc, "defaultGroupVpc")));
}
