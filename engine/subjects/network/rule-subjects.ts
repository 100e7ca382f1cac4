import { isPrivateRange, parseRange } from "../../network/address-ranges.ts";
import { isMarkedAt } from "../../plan/marks.ts";
import { targetsOf } from "../../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf, map, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { isUndone } from "./group-forms.ts";
import { groupUses } from "./group-uses.ts";
import { type Rule, securityGroupRules } from "./rules.ts";
import { servicesInRanges } from "./task-ranges.ts";
import { isUsed } from "./used-groups.ts";

const kind = "security-group-rule";

export function ruleSubjects(context: JoinContext): SubjectOf<"security-group-rule">[] {
  const { rules, unread } = securityGroupRules(context);
  return [
    ...rules.map((rule) => ruleSubject(rule, context)),
    ...unread.map(({ resource, direction, unknown }) => {
      const row = unknownSubject(kind, resource, direction, unknown, direction);
      return { ...row, facts: { ...row.facts, direction: derivedFact<string | null>(direction) } };
    }),
  ];
}

function ruleSubject(rule: Rule, context: JoinContext): SubjectOf<"security-group-rule"> {
  const { resource, name, direction, group, groupId, path, cidrs, isSelf } = rule;
  const from = { path };
  const { users, isTaskGroup, isLoadBalancerGroup, segments } = groupUses(context)(group, groupId);
  const sure = users.filter((user) => !(user instanceof Unknown));
  const note = sure.length === 0 ? null : `used by ${sure.join(", ")}`;
  return subject(kind, resource, name, {
    direction: derivedFact(direction),
    publicCidrs: derivedFact(ranges(cidrs, false), from),
    privateCidrs: derivedFact(ranges(cidrs, true), from),
    ports: derivedFact(ports(rule), { sensitive: hidesPorts(rule) }),
    portCount: derivedFact(map(ports(rule), countPorts), { sensitive: hidesPorts(rule) }),
    isAllTraffic: derivedFact(isAllTraffic(rule)),
    isSelf: derivedFact(isSelf),
    isTaskGroup: derivedFact(isTaskGroup, { note }),
    isLoadBalancerGroup: derivedFact(isLoadBalancerGroup),
    isUsedGroup: derivedFact(isUsed(rule, [isTaskGroup, isLoadBalancerGroup], context)),
    launchPoints: derivedFact(users, { note }),
    launchPointCount: derivedFact(countOf(users), { note }),
    segments: derivedFact(segments),
    isUndone: derivedFact(isUndoneRule(rule, context)),
    servicesInRanges: derivedFact(servicesInRanges(rule, users, context), from),
    namesWholeVpc: derivedFact(anyOf(elementsOf(cidrs).map(isVpcRange)), from),
  });
}

function isUndoneRule({ group, direction }: Rule, context: JoinContext): Maybe<boolean> {
  if (group.kind !== "one" || direction instanceof Unknown) return false;
  return isUndone(context)(group.match, direction);
}

/** The ranges of one sort; what is unknown may be of either. */
function ranges(cidrs: Rule["cidrs"], isPrivate: boolean): Maybe<string>[] {
  return elementsOf(cidrs).flatMap((cidr): Maybe<string>[] => {
    if (cidr instanceof Unknown) return isVpcRange(cidr) === true && !isPrivate ? [] : [cidr];
    const parsed = parseRange(cidr);
    if (parsed === null) return [new Unknown("unexpected-shape")];
    return isPrivateRange(parsed) === isPrivate ? [cidr] : [];
  });
}

/** The range of a VPC that gets it at apply, from an address pool. */
function isVpcRange(cidr: Maybe<string>): Maybe<boolean> {
  if (!(cidr instanceof Unknown)) return false;
  const targets = targetsOf(cidr.references);
  return targets?.every(({ type, attribute }) => type === "aws_vpc" && attribute === "cidr_block") === true
    ? true
    : cidr;
}

function isAllTraffic({ protocol }: Rule): Maybe<boolean> {
  return test(protocol, (name) => name === "-1" || name === "all");
}

/** Of the two ports of a range either may be marked. */
function hidesPorts({ resource, name }: Rule): boolean {
  const within = name === null ? "" : `${name}.`;
  return ["from_port", "to_port"].some((port) => isMarkedAt(resource.node, `${within}${port}`));
}

/** Source: EC2 API Reference, IpPermission: protocols other than TCP and UDP have no ports, and -1 has all. */
function ports(rule: Rule): Maybe<string | null> {
  const { protocol, from, to } = rule;
  if (protocol instanceof Unknown) return protocol;
  if (isAllTraffic(rule) === true) return "0-65535";
  if (!["tcp", "udp", "6", "17"].includes(protocol?.toLowerCase() ?? "")) return null;
  if (from instanceof Unknown) return from;
  if (to instanceof Unknown) return to;
  // The newer rule resources leave both out for all ports; -1 says the same.
  if (from === null || from === -1) return "0-65535";
  return `${from}-${to ?? from}`;
}

function countPorts(range: string | null): number {
  const [from, to] = (range ?? "").split("-").map(Number);
  return from === undefined || to === undefined ? 0 : Math.max(0, to - from + 1);
}

/** Where it is not told which launch points use a group, at least so many do. */
function countOf(users: readonly Maybe<string>[]): Maybe<number> {
  return users.find((user) => user instanceof Unknown) ?? users.length;
}
