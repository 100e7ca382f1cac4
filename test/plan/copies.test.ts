import { describe, expect, it } from "vitest";
import { readPlan } from "../../engine/plan/read.ts";
import { checkAll, encode, planBytes, planDocument } from "../check-fixture.ts";

type Values = Readonly<Record<string, unknown>>;

interface Change {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before: Values | null;
  readonly after: Values | null;
  readonly unknown?: Values;
  readonly expressions?: Values;
  readonly provider?: string;
}

/** What a plan of these changes leaves of an attribute of the first resource, and which attributes were read back. */
function left(attribute: string, ...changes: readonly Change[]) {
  const parts = changes.map((change) => {
    const [type = "", name = ""] = change.address.split(".");
    return { ...change, mode: "managed", type, name };
  });
  const plan = readPlan({
    format_version: "1.2",
    resource_changes: parts.map(({ address, mode, type, name, actions, before, after, unknown }) => ({
      address,
      mode,
      type,
      name,
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: { actions, before, after, after_unknown: unknown ?? {}, after_sensitive: false },
    })),
    configuration: {
      root_module: {
        resources: parts
          .filter(({ after }) => after !== null)
          .map(({ address, mode, type, name, expressions, provider }) => ({
            address,
            mode,
            type,
            name,
            expressions: expressions ?? {},
            provider_config_key: provider ?? "aws",
          })),
      },
    },
  });
  const resource = plan.resources.find(({ address }) => address === changes[0]?.address);
  const values: unknown = resource?.node.value;
  return {
    value: Object.entries(values ?? {}).find(([name]) => name === attribute)?.[1],
    readBack: resource?.readBack.map((each) => each.attribute),
  };
}

const same = (address: string, values: Values, more: Partial<Change> = {}): Change => ({
  address,
  actions: ["no-op"],
  before: values,
  after: values,
  ...more,
});
const deleted = (address: string, values: Values, actions: readonly string[] = ["delete"]): Change => ({
  address,
  actions,
  before: values,
  after: null,
});
const created = (address: string, values: Values): Change => ({
  address,
  actions: ["create"],
  before: null,
  after: values,
});

const port = { protocol: "tcp", from_port: 22, to_port: 22 };
const nothing = { cidr_blocks: [], ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [], self: false };
const element = (sources: Values) => ({ ...nothing, ...port, description: "", ...sources });
const group = (ingress: readonly Values[], more: Partial<Change> = {}) =>
  same("aws_security_group.a", { id: "sg-1", ingress, egress: [] }, more);
const rule = (sources: Values) => ({ type: "ingress", security_group_id: "sg-1", ...port, ...sources });
const newRule = (sources: Values) => ({
  security_group_id: "sg-1",
  ip_protocol: "6",
  from_port: 22,
  to_port: 22,
  ...sources,
});

describe("rules of a security group", () => {
  it.each<[string, Change]>([
    ["unchanged", same("aws_security_group_rule.r", rule({ cidr_blocks: ["0.0.0.0/0"] }))],
    ["deleted", deleted("aws_security_group_rule.r", rule({ cidr_blocks: ["0.0.0.0/0"] }))],
    ["new", created("aws_security_group_rule.r", rule({ cidr_blocks: ["0.0.0.0/0"] }))],
    ["of the newer type", deleted("aws_vpc_security_group_ingress_rule.r", newRule({ cidr_ipv4: "0.0.0.0/0" }))],
  ])("one that is %s is no rule of the group", (_, owner) => {
    expect(left("ingress", group([element({ cidr_blocks: ["0.0.0.0/0"] })]), owner)).toEqual({
      value: [],
      readBack: [],
    });
  });

  it.each<[string, Change]>([
    ["is forgotten", deleted("aws_security_group_rule.r", rule({ cidr_blocks: ["0.0.0.0/0"] }), ["forget"])],
    [
      "has another port",
      deleted("aws_security_group_rule.r", { ...rule({ cidr_blocks: ["0.0.0.0/0"] }), to_port: 23 }),
    ],
    [
      "is for egress",
      deleted("aws_security_group_rule.r", { ...rule({ cidr_blocks: ["0.0.0.0/0"] }), type: "egress" }),
    ],
    [
      "is of another group",
      deleted("aws_security_group_rule.r", { ...rule({ cidr_blocks: ["0.0.0.0/0"] }), security_group_id: "sg-2" }),
    ],
  ])("one that %s leaves it to the group", (_, owner) => {
    const ingress = [element({ cidr_blocks: ["0.0.0.0/0"] })];
    expect(left("ingress", group(ingress), owner)).toEqual({ value: ingress, readBack: ["ingress"] });
  });

  it("what nobody owns of an element stays", () => {
    const all = element({
      cidr_blocks: ["0.0.0.0/0", "10.0.0.0/8"],
      ipv6_cidr_blocks: ["::/0"],
      security_groups: ["111122223333/sg-9"],
      self: true,
    });
    const owners = [
      same("aws_security_group_rule.a", rule({ cidr_blocks: ["10.0.0.0/8"], self: true })),
      same("aws_vpc_security_group_ingress_rule.b", newRule({ referenced_security_group_id: "sg-9" })),
      deleted("aws_vpc_security_group_ingress_rule.c", newRule({ cidr_ipv6: "::/0" })),
    ];
    expect(left("ingress", group([all]), ...owners)).toEqual({
      value: [element({ cidr_blocks: ["0.0.0.0/0"] })],
      readBack: ["ingress"],
    });
  });

  it("all traffic has no ports, and the group itself is a source by its id", () => {
    const everything = { ...element({ self: true }), protocol: "-1", from_port: 0, to_port: 0 };
    const owner = newRule({ ip_protocol: "-1", from_port: null, to_port: null, referenced_security_group_id: "sg-1" });
    expect(left("ingress", group([everything]), same("aws_vpc_security_group_ingress_rule.r", owner)).value).toEqual(
      [],
    );
  });

  it("what is written stays, whoever owns the like", () => {
    const ingress = [element({ cidr_blocks: ["0.0.0.0/0"] })];
    const owner = same("aws_security_group_rule.r", rule({ cidr_blocks: ["0.0.0.0/0"] }));
    const written = group(ingress, { expressions: { ingress: { constant_value: ingress } } });
    expect(left("ingress", written, owner)).toEqual({ value: ingress, readBack: [] });
    // A dynamic block leaves no expression, but what it adds did not stand there before.
    const dynamic = { ...group(ingress), actions: ["update"], before: { id: "sg-1", ingress: [], egress: [] } };
    expect(left("ingress", dynamic, owner)).toEqual({ value: ingress, readBack: [] });
  });
});

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const inline = [
  { name: "all", policy: '{"Statement":[]}' },
  { name: "read", policy: '{"Statement":[]}' },
];
const role = (more: Partial<Change> = {}) =>
  same(
    "aws_iam_role.a",
    { id: "task", name: "task", inline_policy: inline, managed_policy_arns: [administrator] },
    more,
  );

describe("policies of a role", () => {
  it("belong to the resources that hold them", () => {
    const owner = deleted("aws_iam_role_policy.p", { role: "task", name: "all" });
    expect(left("inline_policy", role(), owner)).toEqual({
      value: [inline[1]],
      readBack: ["inline_policy", "managed_policy_arns"],
    });
    const attachment = { role: "task", policy_arn: administrator };
    expect(left("managed_policy_arns", role(), deleted("aws_iam_role_policy_attachment.p", attachment)).value).toEqual(
      [],
    );
    const elsewhere = { roles: ["other"], policy_arn: administrator };
    expect(left("managed_policy_arns", role(), same("aws_iam_policy_attachment.p", elsewhere)).value).toEqual([]);
  });

  it("are taken away by what is exclusive, and stay with its list as it will be", () => {
    const before = { role_name: "task", policy_names: ["all"] };
    const exclusive = { ...same("aws_iam_role_policies_exclusive.p", before), actions: ["update"] };
    const after = { role_name: "task", policy_names: ["read"] };
    expect(left("inline_policy", role(), { ...exclusive, after }).value).toEqual([inline[1]]);
    const unknown = { ...exclusive, after: { role_name: "task" }, unknown: { policy_names: true } };
    expect(left("inline_policy", role(), unknown).value).toEqual(inline);
    expect(left("inline_policy", role(), deleted("aws_iam_role_policies_exclusive.p", before)).value).toEqual(inline);
  });

  it("of another account are none of the role's", () => {
    const owner = same("aws_iam_role_policy.p", { role: "task", name: "all" }, { provider: "aws.other" });
    expect(left("inline_policy", role(), owner).value).toEqual(inline);
  });
});

describe("a copy that policies of the pack do not judge at its owner", () => {
  const bucket = same("aws_s3_bucket.a", { id: "b", bucket: "b", policy: "old" });
  it("stays while it is true, is gone with its owner, and is not known while that changes", () => {
    expect(left("policy", bucket, same("aws_s3_bucket_policy.p", { bucket: "b", policy: "old" })).value).toBe("old");
    expect(left("policy", bucket, deleted("aws_s3_bucket_policy.p", { bucket: "b", policy: "old" })).value).toBe(null);
    const changed = { ...same("aws_s3_bucket_policy.p", { bucket: "b", policy: "old" }), actions: ["update"] };
    expect(left("policy", bucket, { ...changed, after: { bucket: "b", policy: "new" } })).toEqual({
      value: undefined,
      readBack: [],
    });
  });
});

describe("twin arguments", () => {
  const rule = (state: string, expressions: Values) =>
    same("aws_cloudwatch_event_rule.r", { is_enabled: true, state }, { expressions });
  it("only the written one counts", () => {
    expect(left("state", rule("DISABLED", { is_enabled: { constant_value: true } })).value).toBe(null);
    expect(left("state", rule("DISABLED", { state: { constant_value: "DISABLED" } })).value).toBe("DISABLED");
    expect(left("state", rule("DISABLED", {})).value).toBe("DISABLED");
  });
});

it("a rule that no resource of the plan owns is judged, and the finding says where it stands", async () => {
  const plan = planDocument("later-plans/group-rules");
  const changes = plan.resource_changes.filter(({ type }) => type === "aws_security_group");
  const report = await checkAll(encode({ ...plan, planned_values: undefined, resource_changes: changes }));
  // Nothing in this plan has the group.
  const [finding] = report.findings.filter(({ policy, verdict }) => policy === "NET-001" && verdict === "unknown");
  expect(finding?.subject).toMatchObject({ address: "aws_security_group.web", name: "ingress[0]" });
  expect(finding?.message).toContain("it stands in AWS; unless a dynamic block writes it, it is not in the code");
});

describe("an argument that is null or empty", () => {
  it("says nothing, also where a module's variable is it", async () => {
    const { findings } = await checkAll(planBytes("later-plans/unset-arguments"));
    const failing = findings.filter(({ verdict }) => verdict === "fail");
    const of = (policy: string) =>
      failing.filter((each) => each.policy === policy).map(({ subject }) => subject.address);
    // What a call of the module gives is written, and stays.
    expect(of("IAM-007")).toEqual(["module.kept.aws_iam_role.this"]);
    expect(of("SM-001")).toEqual([]);
    expect(of("NET-001")).toEqual([]);
    expect(of("NET-005")).toEqual(["aws_ecs_service.api"]);
  });

  it("is written where a variable has another default, or is one expression among others", () => {
    const owner = deleted("aws_secretsmanager_secret_policy.p", { secret_arn: "arn", policy: "old" });
    const secret = (policy: unknown) =>
      same("aws_secretsmanager_secret.a", { id: "arn", arn: "arn", policy: "old" }, { expressions: { policy } });
    expect(left("policy", secret({ constant_value: null }), owner).value).toBe(null);
    expect(left("policy", secret({ constant_value: "" }), owner).value).toBe(null);
    expect(left("policy", secret({ constant_value: "old" }), owner).value).toBe("old");
    expect(left("policy", secret({ references: ["local.policy"] }), owner).value).toBe("old");
    expect(left("policy", secret({}), owner).value).toBe("old");
  });
});
