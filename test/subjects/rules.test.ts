import { expect, it } from "vitest";
import { facts } from "../../engine/index.ts";
import { encode } from "../check-fixture.ts";

/** Whether the rule of a plan with this one resource names its own group. */
async function isSelf(type: string, after: object): Promise<unknown> {
  const resource = { address: `${type}.x`, mode: "managed", type, name: "x" };
  const change = { actions: ["create"], before: null, after, after_unknown: {} };
  const plan = {
    format_version: "1.2",
    resource_changes: [{ ...resource, provider_name: "registry.terraform.io/hashicorp/aws", change }],
    configuration: { root_module: { resources: [{ ...resource, expressions: {} }] } },
  };
  const { subjects } = await facts(encode(plan));
  return subjects.find(({ kind }) => kind === "security-group-rule")?.facts["isSelf"]?.value;
}

const ports = { protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: ["0.0.0.0/0"] };

it("a rule that does not say so does not name its own group", async () => {
  const rule = { ...ports, type: "ingress", security_group_id: "sg-0a" };
  expect(await isSelf("aws_security_group_rule", rule)).toBe(false);
  expect(await isSelf("aws_security_group_rule", { ...rule, self: true })).toBe(true);
  expect(await isSelf("aws_security_group", { ingress: [ports] })).toBe(false);
  expect(await isSelf("aws_security_group", { ingress: [{ ...ports, self: true }] })).toBe(true);
});
