import { expect, it } from "vitest";
import { isRestrictedBy } from "../../engine/iam/restrictions.ts";
import { later, shown, statement } from "./statement.ts";

it.each<[unknown, unknown, string]>([
  ["203.0.113.0/24", true, "a network"],
  ["203.0.113.7", true, "one address"],
  ["198.51.0.0/16", true, "the widest that counts"],
  ["52.0.0.0/8", false, "a wider one"],
  ["0.0.0.0/0", false, "every address"],
  ["::ffff:0.0.0.0/96", false, "every address of IPv4, mapped into IPv6"],
  ["2001:db8::/32", true, "the widest of IPv6 that counts"],
  ["2000::/3", false, "every address of IPv6 that is routed"],
  [["203.0.113.0/24", "0.0.0.0/0"], false, "one of a list that is open opens the whole"],
  ["*", false, "a wildcard"],
  [later, "unknown", "nothing tells"],
])("aws:SourceIp %j restricts: %s, as %s", (values, expected) => {
  const allowing = statement({ Action: "*", Condition: { IpAddress: { "aws:SourceIp": values } } });
  expect(shown(isRestrictedBy(allowing, ["network"]))).toBe(expected);
});
