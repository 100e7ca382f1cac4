import { ownMember } from "./json.ts";

/** The lists of a rule within a group that hold sources or destinations, each with what its values are. */
export const sourceLists = {
  cidr_blocks: "range",
  ipv6_cidr_blocks: "range",
  prefix_list_ids: "prefix-list",
  security_groups: "group",
} as const;

/** Where the resources of rules hold the same: the older one in lists but for the group, the newer ones in single values. */
const ownSources = {
  ...sourceLists,
  source_security_group_id: "group",
  cidr_ipv4: "range",
  cidr_ipv6: "range",
  prefix_list_id: "prefix-list",
  referenced_security_group_id: "group",
} as const;

/**
 * Protocol, ports and one source as one text: AWS holds no two rules of a group that have all of it in common.
 * Source: EC2 API Reference, AuthorizeSecurityGroupIngress.
 */
export function sourceKey(rule: unknown, sort: string, source: string): string {
  // A group of another account is written with the account before it.
  const value = sort === "group" ? source.slice(source.lastIndexOf("/") + 1) : source.toLowerCase();
  return `${traffic(rule)} ${sort} ${value}`;
}

/** The key of a rule whose source is its own group. */
export function selfKey(rule: unknown): string {
  return `${traffic(rule)} self`;
}

/** The sources of a resource that is a rule, as keys. */
export function ownSourceKeys(rule: unknown): string[] {
  const group = ownMember(rule, "security_group_id");
  const keys = Object.entries(ownSources).flatMap(([name, sort]) => {
    const value = ownMember(rule, name);
    return (Array.isArray(value) ? value : [value]).flatMap((source: unknown) => {
      if (typeof source !== "string" || source === "") return [];
      return [sort === "group" && source === group ? selfKey(rule) : sourceKey(rule, sort, source)];
    });
  });
  return ownMember(rule, "self") === true ? [...keys, selfKey(rule)] : keys;
}

const protocolNumbers: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
  all: "-1",
};

function traffic(rule: unknown): string {
  const written = String(ownMember(rule, "protocol") ?? ownMember(rule, "ip_protocol")).toLowerCase();
  const protocol = (Object.hasOwn(protocolNumbers, written) ? protocolNumbers[written] : undefined) ?? written;
  return protocol === "-1" ? protocol : `${protocol} ${port(rule, "from_port")} ${port(rule, "to_port")}`;
}

/** The newer resources leave out what is -1 in the older ones. */
function port(rule: unknown, name: string): number {
  const value = ownMember(rule, name);
  return typeof value === "number" ? value : -1;
}
